// Optimizer steps over all parameters in one call, in PyTorch's order of operations.
#include "guard.h"

#include <cmath>

using namespace lethe;

namespace {

at::Tensor gradient_of(const lethe_tensor* parameters, const lethe_tensor* gradients, int32_t i) {
  return gradients == nullptr ? parameters[i]->value.grad() : or_undefined(gradients[i]);
}

}  // namespace

int32_t lethe_sgd_step(const lethe_tensor* parameters, const lethe_tensor* gradients, const lethe_tensor* momenta, int64_t* steps,
    int32_t count, double learning_rate, double momentum, double dampening, double weight_decay, int32_t nesterov) {
  return guard([&] {
    const at::NoGradGuard no_grad;
    TORCH_CHECK(momentum == 0 || momenta != nullptr, "momentum needs a buffer for each parameter");
    for (int32_t i = 0; i < count; ++i) {
      auto step = gradient_of(parameters, gradients, i);
      if (!step.defined()) continue;
      auto& parameter = parameters[i]->value;
      if (weight_decay != 0) step = step.add(parameter, weight_decay);
      if (momentum != 0) {
        auto& buffer = momenta[i]->value;
        if (steps[i] == 0) {
          buffer.copy_(step);
        } else {
          buffer.mul_(momentum).add_(step, 1 - dampening);
        }
        step = nesterov != 0 ? step.add(buffer, momentum) : buffer;
      }
      parameter.add_(step, -learning_rate);
      ++steps[i];
    }
  });
}

int32_t lethe_adam_step(const lethe_tensor* parameters, const lethe_tensor* gradients, const lethe_tensor* first_moments,
    const lethe_tensor* second_moments, int64_t* steps, int32_t count, double learning_rate, double beta1, double beta2, double eps,
    double weight_decay, int32_t decoupled) {
  return guard([&] {
    const at::NoGradGuard no_grad;
    for (int32_t i = 0; i < count; ++i) {
      auto gradient = gradient_of(parameters, gradients, i);
      if (!gradient.defined()) continue;
      auto& parameter = parameters[i]->value;
      if (weight_decay != 0) {
        if (decoupled != 0) {
          parameter.mul_(1 - learning_rate * weight_decay);
        } else {
          gradient = gradient.add(parameter, weight_decay);
        }
      }
      auto& first = first_moments[i]->value;
      auto& second = second_moments[i]->value;
      first.mul_(beta1).add_(gradient, 1 - beta1);
      second.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
      const auto taken = static_cast<double>(++steps[i]);
      const auto correction1 = 1 - std::pow(beta1, taken);
      const auto correction2 = 1 - std::pow(beta2, taken);
      const auto denominator = second.sqrt().div_(std::sqrt(correction2)).add_(eps);
      parameter.addcdiv_(first, denominator, -learning_rate / correction1);
    }
  });
}

int32_t lethe_zero_grads(const lethe_tensor* parameters, int32_t count, int32_t set_to_none) {
  return guard([&] {
    for (int32_t i = 0; i < count; ++i) {
      auto& gradient = parameters[i]->value.mutable_grad();
      if (!gradient.defined()) continue;
      if (set_to_none != 0) {
        gradient.reset();
      } else {
        gradient.detach_();
        gradient.zero_();
      }
    }
  });
}

// Optimizer steps over all parameters in one call. On the CPU a step is one pass over memory; elsewhere, and for half
// precision, it is PyTorch's sequence of operations.
#include "guard.h"

#include <ATen/TensorIterator.h>

#include <cmath>

using namespace lethe;

namespace {

at::Tensor gradient_of(const lethe_tensor* parameters, const lethe_tensor* gradients, int32_t i) {
  auto gradient = gradients == nullptr ? parameters[i]->value.grad() : or_undefined(gradients[i]);
  if (gradient.defined()) {
    const auto& parameter = parameters[i]->value;
    TORCH_CHECK(gradient.sizes() == parameter.sizes(), "gradient ", i, " has sizes ", gradient.sizes(), ", its parameter ",
        parameter.sizes());
  }
  return gradient;
}

template <typename... State>
bool one_pass(const at::Tensor& parameter, const at::Tensor& gradient, const State&... state) {
  const auto dtype = parameter.scalar_type();
  const auto fits = [&](const at::Tensor& tensor) {
    return tensor.device().is_cpu() && tensor.layout() == at::kStrided && tensor.scalar_type() == dtype;
  };
  return (dtype == at::kFloat || dtype == at::kDouble) && fits(parameter) && fits(gradient) && (fits(state) && ...);
}

// Calls update(parameter, gradient, state...) for each element, with references to what is written.
template <typename T, typename Update, typename... State>
void each_element(Update update, const at::Tensor& parameter, const at::Tensor& gradient, const State&... state) {
  at::TensorIteratorConfig config;
  config.set_check_mem_overlap(false).resize_outputs(false);
  config.add_output(parameter);
  (config.add_output(state), ...);
  config.add_input(gradient);
  auto iterator = config.build();
  constexpr size_t states = sizeof...(State);
  iterator.for_each([update](char** data, const int64_t* strides, int64_t count) {
    const auto all = [&](auto at_index) {
      for (int64_t i = 0; i < count; ++i) {
        auto& value = *at_index(0, i);
        const auto slope = *at_index(states + 1, i);
        if constexpr (states == 0) update(value, slope);
        if constexpr (states == 1) update(value, slope, *at_index(1, i));
        if constexpr (states == 2) update(value, slope, *at_index(1, i), *at_index(2, i));
      }
    };
    bool dense = true;
    for (size_t k = 0; k < states + 2; ++k) dense = dense && strides[k] == static_cast<int64_t>(sizeof(T));
    if (dense) {
      all([data](size_t k, int64_t i) { return reinterpret_cast<T*>(data[k]) + i; });
    } else {
      all([data, strides](size_t k, int64_t i) { return reinterpret_cast<T*>(data[k] + i * strides[k]); });
    }
  });
  parameter.unsafeGetTensorImpl()->bump_version();
  (state.unsafeGetTensorImpl()->bump_version(), ...);
}

template <typename Body>
void for_dtype(const at::Tensor& tensor, Body body) {
  if (tensor.scalar_type() == at::kFloat) {
    body(float());
  } else {
    body(double());
  }
}

struct Sgd {
  double rate, momentum, dampening, decay;
  bool nesterov;

  // first: the running sum is empty, the gradient becomes its start.
  void step(const at::Tensor& parameter, at::Tensor gradient, const at::Tensor& buffer, bool first) const {
    if (momentum == 0 ? one_pass(parameter, gradient) : one_pass(parameter, gradient, buffer)) {
      for_dtype(parameter, [&](auto zero) { fused<decltype(zero)>(parameter, gradient, buffer, first); });
      return;
    }
    if (decay != 0) gradient = gradient.add(parameter, decay);
    if (momentum != 0) {
      if (first) {
        buffer.copy_(gradient);
      } else {
        buffer.mul_(momentum).add_(gradient, 1 - dampening);
      }
      gradient = nesterov ? gradient.add(buffer, momentum) : buffer;
    }
    parameter.add_(gradient, -rate);
  }

  template <typename T>
  void fused(const at::Tensor& parameter, const at::Tensor& gradient, const at::Tensor& buffer, bool first) const {
    const auto eta = static_cast<T>(rate), mu = static_cast<T>(momentum), lambda = static_cast<T>(decay);
    const auto keep = first ? T(0) : mu, take = first ? T(1) : static_cast<T>(1 - dampening);
    if (momentum == 0) {
      each_element<T>([=](T& value, T slope) { value -= eta * (slope + lambda * value); }, parameter, gradient);
    } else if (nesterov) {
      each_element<T>([=](T& value, T slope, T& sum) {
        slope += lambda * value;
        sum = keep * sum + take * slope;
        value -= eta * (slope + mu * sum);
      }, parameter, gradient, buffer);
    } else {
      each_element<T>([=](T& value, T slope, T& sum) {
        sum = keep * sum + take * (slope + lambda * value);
        value -= eta * sum;
      }, parameter, gradient, buffer);
    }
  }
};

struct Adam {
  double rate, beta1, beta2, eps, decay;
  bool decoupled;

  // steps counts this one.
  void step(const at::Tensor& parameter, at::Tensor gradient, const at::Tensor& first, const at::Tensor& second, int64_t steps) const {
    const auto correction1 = 1 - std::pow(beta1, static_cast<double>(steps));
    const auto root2 = std::sqrt(1 - std::pow(beta2, static_cast<double>(steps)));
    if (one_pass(parameter, gradient, first, second)) {
      for_dtype(parameter, [&](auto zero) { fused<decltype(zero)>(parameter, gradient, first, second, correction1, root2); });
      return;
    }
    if (decoupled) {
      parameter.mul_(1 - rate * decay);
    } else if (decay != 0) {
      gradient = gradient.add(parameter, decay);
    }
    first.mul_(beta1).add_(gradient, 1 - beta1);
    second.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
    parameter.addcdiv_(first, second.sqrt().div_(root2).add_(eps), -rate / correction1);
  }

  template <typename T>
  void fused(const at::Tensor& parameter, const at::Tensor& gradient, const at::Tensor& first, const at::Tensor& second,
      double correction1, double root2) const {
    const auto keep1 = static_cast<T>(beta1), take1 = static_cast<T>(1 - beta1);
    const auto keep2 = static_cast<T>(beta2), take2 = static_cast<T>(1 - beta2);
    const auto shrink = static_cast<T>(decoupled ? 1 - rate * decay : 1), lambda = static_cast<T>(decoupled ? 0 : decay);
    const auto eta = static_cast<T>(rate / correction1), root = static_cast<T>(root2), small = static_cast<T>(eps);
    each_element<T>([=](T& value, T slope, T& mean, T& square) {
      slope += lambda * value;
      mean = keep1 * mean + take1 * slope;
      square = keep2 * square + take2 * slope * slope;
      value = shrink * value - eta * mean / (std::sqrt(square) / root + small);
    }, parameter, gradient, first, second);
  }
};

}  // namespace

int32_t lethe_sgd_step(const lethe_tensor* parameters, const lethe_tensor* gradients, const lethe_tensor* momenta, int64_t* steps,
    int32_t count, double learning_rate, double momentum, double dampening, double weight_decay, int32_t nesterov) {
  return guard([&] {
    const at::NoGradGuard no_grad;
    TORCH_CHECK(momentum == 0 || momenta != nullptr, "momentum needs a buffer for each parameter");
    const Sgd sgd{learning_rate, momentum, dampening, weight_decay, nesterov != 0};
    for (int32_t i = 0; i < count; ++i) {
      const auto gradient = gradient_of(parameters, gradients, i);
      if (!gradient.defined()) continue;
      sgd.step(parameters[i]->value, gradient, momentum == 0 ? at::Tensor() : momenta[i]->value, steps[i] == 0);
      ++steps[i];
    }
  });
}

int32_t lethe_adam_step(const lethe_tensor* parameters, const lethe_tensor* gradients, const lethe_tensor* first_moments,
    const lethe_tensor* second_moments, int64_t* steps, int32_t count, double learning_rate, double beta1, double beta2, double eps,
    double weight_decay, int32_t decoupled) {
  return guard([&] {
    const at::NoGradGuard no_grad;
    const Adam adam{learning_rate, beta1, beta2, eps, weight_decay, decoupled != 0};
    for (int32_t i = 0; i < count; ++i) {
      const auto gradient = gradient_of(parameters, gradients, i);
      if (!gradient.defined()) continue;
      adam.step(parameters[i]->value, gradient, first_moments[i]->value, second_moments[i]->value, steps[i] + 1);
      ++steps[i];
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

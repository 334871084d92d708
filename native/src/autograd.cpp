// Gradients, and the thread-local modes that decide what is recorded and in which precision.
#include "guard.h"

#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

using namespace lethe;

namespace {

#if LETHE_TORCH_AT_LEAST(2, 4)
bool autocast_on(at::DeviceType type) { return at::autocast::is_autocast_enabled(type); }
at::ScalarType autocast_dtype(at::DeviceType type) { return at::autocast::get_autocast_dtype(type); }
void set_autocast(at::DeviceType type, bool on, at::ScalarType dtype) {
  at::autocast::set_autocast_enabled(type, on);
  at::autocast::set_autocast_dtype(type, dtype);
}
#else
bool autocast_on(at::DeviceType type) {
  return type == at::DeviceType::CUDA ? at::autocast::is_enabled() : at::autocast::is_cpu_enabled();
}
at::ScalarType autocast_dtype(at::DeviceType type) {
  return type == at::DeviceType::CUDA ? at::autocast::get_autocast_gpu_dtype() : at::autocast::get_autocast_cpu_dtype();
}
void set_autocast(at::DeviceType type, bool on, at::ScalarType dtype) {
  if (type == at::DeviceType::CUDA) {
    at::autocast::set_enabled(on);
    at::autocast::set_autocast_gpu_dtype(dtype);
  } else {
    at::autocast::set_cpu_enabled(on);
    at::autocast::set_autocast_cpu_dtype(dtype);
  }
}
#endif

}  // namespace

int32_t lethe_set_grad_enabled(int32_t on, int32_t* previous) {
  return guard([&] {
    *previous = at::GradMode::is_enabled() ? 1 : 0;
    at::GradMode::set_enabled(on != 0);
  });
}

int32_t lethe_is_grad_enabled(int32_t* result) {
  return guard([&] { *result = at::GradMode::is_enabled() ? 1 : 0; });
}

int32_t lethe_requires_grad(lethe_tensor tensor, int32_t* result) {
  return guard([&] { *result = tensor->value.requires_grad() ? 1 : 0; });
}

int32_t lethe_set_requires_grad(lethe_tensor tensor, int32_t on) {
  return guard([&] {
    TORCH_CHECK(on != 0 || tensor->value.is_leaf(), "requires_grad can only be switched off for leaf tensors; use detach()");
    tensor->value.set_requires_grad(on != 0);
  });
}

int32_t lethe_is_leaf(lethe_tensor tensor, int32_t* result) {
  return guard([&] { *result = tensor->value.is_leaf() ? 1 : 0; });
}

int32_t lethe_backward(lethe_tensor tensor, lethe_tensor gradient, int32_t retain_graph, int32_t create_graph) {
  return guard([&] {
    torch::autograd::backward({tensor->value}, {or_undefined(gradient)}, retain_graph != 0 || create_graph != 0, create_graph != 0);
  });
}

int32_t lethe_get_grad(lethe_tensor tensor, lethe_tensor* result) {
  return guard([&] {
    const auto& gradient = tensor->value.grad();
    *result = gradient.defined() ? give(gradient) : nullptr;
  });
}

int32_t lethe_set_grad(lethe_tensor tensor, lethe_tensor gradient) {
  return guard([&] { tensor->value.mutable_grad() = or_undefined(gradient); });
}

int32_t lethe_grad(const lethe_tensor* outputs, int32_t output_count, const lethe_tensor* inputs, int32_t input_count,
    const lethe_tensor* gradients, int32_t retain_graph, int32_t create_graph, int32_t allow_unused, lethe_tensor* results) {
  return guard([&] {
    const auto heads = gradients == nullptr ? std::vector<at::Tensor>() : list_of(gradients, output_count);
    const auto found = torch::autograd::grad(list_of(outputs, output_count), list_of(inputs, input_count), heads,
        retain_graph != 0 || create_graph != 0, create_graph != 0, allow_unused != 0);
    std::vector<std::unique_ptr<lethe_tensor_s>> kept;
    for (const auto& tensor : found) kept.emplace_back(tensor.defined() ? give(tensor) : nullptr);
    for (size_t i = 0; i < kept.size(); ++i) results[i] = kept[i].release();
  });
}

int32_t lethe_autocast_enter(int32_t device_type, int32_t dtype, int32_t on, int32_t* previous_on, int32_t* previous_dtype) {
  return guard([&] {
    const auto type = static_cast<at::DeviceType>(device_type);
    *previous_on = autocast_on(type) ? 1 : 0;
    *previous_dtype = static_cast<int32_t>(autocast_dtype(type));
    set_autocast(type, on != 0, static_cast<at::ScalarType>(dtype));
    at::autocast::increment_nesting();
  });
}

int32_t lethe_autocast_exit(int32_t device_type, int32_t previous_on, int32_t previous_dtype) {
  return guard([&] {
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
    set_autocast(static_cast<at::DeviceType>(device_type), previous_on != 0, static_cast<at::ScalarType>(previous_dtype));
  });
}

int32_t lethe_is_autocast_enabled(int32_t device_type, int32_t* result) {
  return guard([&] { *result = autocast_on(static_cast<at::DeviceType>(device_type)) ? 1 : 0; });
}

// What every translation unit shares: the handles, the one guard, and the differences between libtorch 1.13 and 2.x.
#pragma once

#include "lethe_torch.h"

#include <ATen/ATen.h>
#include <torch/csrc/api/include/torch/version.h>

#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

#define LETHE_TORCH_AT_LEAST(major, minor) \
  (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

struct lethe_tensor_s {
  explicit lethe_tensor_s(at::Tensor tensor);
  ~lethe_tensor_s();
  lethe_tensor_s(const lethe_tensor_s&) = delete;
  lethe_tensor_s& operator=(const lethe_tensor_s&) = delete;
  at::Tensor value;
};

struct lethe_generator_s {
  at::Generator value;
};

namespace lethe {

// libtorch's optional: c10::optional, which some 2.x release made an alias of std::optional and a later one removed.
template <typename T>
struct template_of;
template <template <typename> class Optional, typename T>
struct template_of<Optional<T>> {
  template <typename U>
  using type = Optional<U>;
};
template <typename T>
using optional = template_of<decltype(std::declval<at::TensorOptions>().device_opt())>::type<T>;

enum Status : int32_t { ok = 0, torch_error = 1, out_of_memory = 2, index_error = 3, other_error = 4 };

int32_t fail(Status status, const char* message) noexcept;

// Runs the body; no exception leaves it.
template <typename Body>
int32_t guard(Body&& body) noexcept {
  try {
    body();
    return ok;
  } catch (const c10::OutOfMemoryError& error) {
    return fail(out_of_memory, error.what_without_backtrace());
  } catch (const c10::IndexError& error) {
    return fail(index_error, error.what_without_backtrace());
  } catch (const c10::Error& error) {
    return fail(torch_error, error.what_without_backtrace());
  } catch (const std::bad_alloc&) {
    return fail(out_of_memory, "out of memory");
  } catch (const std::exception& error) {
    return fail(other_error, error.what());
  } catch (...) {
    return fail(other_error, "unknown native error");
  }
}

inline lethe_tensor give(at::Tensor tensor) { return new lethe_tensor_s(std::move(tensor)); }

inline at::Tensor or_undefined(lethe_tensor tensor) { return tensor == nullptr ? at::Tensor() : tensor->value; }

inline optional<at::Tensor> optional_tensor(lethe_tensor tensor) {
  if (tensor == nullptr) return {};
  return tensor->value;
}

inline at::IntArrayRef sizes_of(const int64_t* sizes, int32_t dims) {
  return at::IntArrayRef(sizes, static_cast<size_t>(dims));
}

inline at::Scalar scalar(double value, int32_t integral) {
  return integral != 0 ? at::Scalar(static_cast<int64_t>(value)) : at::Scalar(value);
}

inline optional<at::ScalarType> optional_dtype(int32_t dtype) {
  if (dtype < 0) return {};
  return static_cast<at::ScalarType>(dtype);
}

inline at::Device device(int32_t type, int32_t index) {
  return at::Device(static_cast<at::DeviceType>(type), static_cast<at::DeviceIndex>(index));
}

inline at::TensorOptions options(int32_t dtype, int32_t device_type, int32_t device_index) {
  return at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)).device(device(device_type, device_index));
}

inline at::MemoryFormat memory_format(int32_t format) {
  switch (format) {
    case 0: return at::MemoryFormat::Contiguous;
    case 2: return at::MemoryFormat::ChannelsLast;
    default: return at::MemoryFormat::Preserve;
  }
}

inline std::vector<at::Tensor> list_of(const lethe_tensor* tensors, int32_t count) {
  std::vector<at::Tensor> list;
  list.reserve(static_cast<size_t>(count));
  for (int32_t i = 0; i < count; ++i) list.push_back(or_undefined(tensors[i]));
  return list;
}

}  // namespace lethe

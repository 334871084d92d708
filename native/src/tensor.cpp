// Lifetime, inspection and factories of tensors.
#include "guard.h"

#include <cstring>

using namespace lethe;

int32_t lethe_tensor_free(lethe_tensor tensor) {
  return guard([&] { delete tensor; });
}

int32_t lethe_tensor_alias(lethe_tensor tensor, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value); });
}

int32_t lethe_tensor_from_data(const void* data, int64_t byte_count, int32_t dtype, const int64_t* sizes, int32_t dims,
    lethe_tensor* result) {
  return guard([&] {
    const at::NoGradGuard no_grad;
    auto tensor = at::empty(sizes_of(sizes, dims), static_cast<at::ScalarType>(dtype));
    const auto expected = static_cast<int64_t>(tensor.nbytes());
    TORCH_CHECK(byte_count == expected, "the shape and type need ", expected, " bytes, but ", byte_count, " were given");
    if (byte_count > 0) std::memcpy(tensor.data_ptr(), data, static_cast<size_t>(byte_count));
    *result = give(std::move(tensor));
  });
}

int32_t lethe_tensor_copy_to(lethe_tensor tensor, void* buffer, int64_t byte_count) {
  return guard([&] {
    const auto source = tensor->value.detach().cpu().contiguous();
    const auto expected = static_cast<int64_t>(source.nbytes());
    TORCH_CHECK(byte_count == expected, "the tensor has ", expected, " bytes, but the buffer holds ", byte_count);
    if (byte_count > 0) std::memcpy(buffer, source.data_ptr(), static_cast<size_t>(byte_count));
  });
}

int32_t lethe_tensor_dim(lethe_tensor tensor, int32_t* result) {
  return guard([&] { *result = static_cast<int32_t>(tensor->value.dim()); });
}

int32_t lethe_tensor_sizes(lethe_tensor tensor, int64_t* buffer, int32_t dims) {
  return guard([&] {
    TORCH_CHECK(dims == tensor->value.dim(), "the tensor has ", tensor->value.dim(), " dimensions, not ", dims);
    for (int32_t i = 0; i < dims; ++i) buffer[i] = tensor->value.size(i);
  });
}

int32_t lethe_tensor_strides(lethe_tensor tensor, int64_t* buffer, int32_t dims) {
  return guard([&] {
    TORCH_CHECK(dims == tensor->value.dim(), "the tensor has ", tensor->value.dim(), " dimensions, not ", dims);
    for (int32_t i = 0; i < dims; ++i) buffer[i] = tensor->value.stride(i);
  });
}

int32_t lethe_tensor_numel(lethe_tensor tensor, int64_t* result) {
  return guard([&] { *result = tensor->value.numel(); });
}

int32_t lethe_tensor_dtype(lethe_tensor tensor, int32_t* result) {
  return guard([&] { *result = static_cast<int32_t>(tensor->value.scalar_type()); });
}

int32_t lethe_tensor_device(lethe_tensor tensor, int32_t* device_type, int32_t* device_index) {
  return guard([&] {
    const auto where = tensor->value.device();
    *device_type = static_cast<int32_t>(where.type());
    *device_index = static_cast<int32_t>(where.index());
  });
}

int32_t lethe_tensor_is_contiguous(lethe_tensor tensor, int32_t format, int32_t* result) {
  return guard([&] { *result = tensor->value.is_contiguous(memory_format(format)) ? 1 : 0; });
}

int32_t lethe_tensor_is_same(lethe_tensor tensor, lethe_tensor other, int32_t* result) {
  return guard([&] { *result = tensor->value.is_same(other->value) ? 1 : 0; });
}

int32_t lethe_tensor_item_double(lethe_tensor tensor, double* result) {
  return guard([&] { *result = tensor->value.item().toDouble(); });
}

int32_t lethe_tensor_item_int64(lethe_tensor tensor, int64_t* result) {
  return guard([&] { *result = tensor->value.item().toLong(); });
}

int32_t lethe_tensor_equal(lethe_tensor tensor, lethe_tensor other, int32_t* result) {
  return guard([&] { *result = tensor->value.equal(other->value) ? 1 : 0; });
}

int32_t lethe_empty(const int64_t* sizes, int32_t dims, int32_t dtype, int32_t device_type, int32_t device_index,
    lethe_tensor* result) {
  return guard([&] { *result = give(at::empty(sizes_of(sizes, dims), options(dtype, device_type, device_index))); });
}

int32_t lethe_full(const int64_t* sizes, int32_t dims, double value, int32_t integral, int32_t dtype, int32_t device_type,
    int32_t device_index, lethe_tensor* result) {
  return guard([&] {
    *result = give(at::full(sizes_of(sizes, dims), scalar(value, integral), options(dtype, device_type, device_index)));
  });
}

int32_t lethe_full_like(lethe_tensor tensor, double value, int32_t integral, int32_t dtype, lethe_tensor* result) {
  return guard([&] {
    at::TensorOptions wanted;
    if (dtype >= 0) wanted = wanted.dtype(static_cast<at::ScalarType>(dtype));
    *result = give(at::full_like(tensor->value, scalar(value, integral), wanted));
  });
}

int32_t lethe_empty_like(lethe_tensor tensor, int32_t dtype, lethe_tensor* result) {
  return guard([&] {
    at::TensorOptions wanted;
    if (dtype >= 0) wanted = wanted.dtype(static_cast<at::ScalarType>(dtype));
    *result = give(at::empty_like(tensor->value, wanted));
  });
}

int32_t lethe_arange(double start, double end, double step, int32_t dtype, int32_t device_type, int32_t device_index,
    lethe_tensor* result) {
  return guard([&] {
    const auto wanted = options(dtype, device_type, device_index);
    const auto integral = at::isIntegralType(static_cast<at::ScalarType>(dtype), /*includeBool=*/false) ? 1 : 0;
    *result = give(at::arange(scalar(start, integral), scalar(end, integral), scalar(step, integral), wanted));
  });
}

int32_t lethe_linspace(double start, double end, int64_t steps, int32_t dtype, int32_t device_type, int32_t device_index,
    lethe_tensor* result) {
  return guard([&] { *result = give(at::linspace(start, end, steps, options(dtype, device_type, device_index))); });
}

int32_t lethe_eye(int64_t rows, int64_t columns, int32_t dtype, int32_t device_type, int32_t device_index, lethe_tensor* result) {
  return guard([&] { *result = give(at::eye(rows, columns, options(dtype, device_type, device_index))); });
}

int32_t lethe_rand(const int64_t* sizes, int32_t dims, lethe_generator generator, int32_t dtype, int32_t device_type,
    int32_t device_index, lethe_tensor* result) {
  return guard([&] {
    *result = give(at::rand(sizes_of(sizes, dims), generator->value, options(dtype, device_type, device_index)));
  });
}

int32_t lethe_randn(const int64_t* sizes, int32_t dims, lethe_generator generator, int32_t dtype, int32_t device_type,
    int32_t device_index, lethe_tensor* result) {
  return guard([&] {
    *result = give(at::randn(sizes_of(sizes, dims), generator->value, options(dtype, device_type, device_index)));
  });
}

int32_t lethe_randint(int64_t low, int64_t high, const int64_t* sizes, int32_t dims, lethe_generator generator, int32_t dtype,
    int32_t device_type, int32_t device_index, lethe_tensor* result) {
  return guard([&] {
    *result = give(at::randint(low, high, sizes_of(sizes, dims), generator->value, options(dtype, device_type, device_index)));
  });
}

int32_t lethe_randperm(int64_t count, lethe_generator generator, int32_t dtype, int32_t device_type, int32_t device_index,
    lethe_tensor* result) {
  return guard([&] { *result = give(at::randperm(count, generator->value, options(dtype, device_type, device_index))); });
}

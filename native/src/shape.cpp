// Views, copies and selections.
#include "guard.h"

using namespace lethe;

int32_t lethe_reshape(lethe_tensor tensor, const int64_t* sizes, int32_t dims, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.reshape(sizes_of(sizes, dims))); });
}

int32_t lethe_view(lethe_tensor tensor, const int64_t* sizes, int32_t dims, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.view(sizes_of(sizes, dims))); });
}

int32_t lethe_permute(lethe_tensor tensor, const int64_t* sizes, int32_t dims, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.permute(sizes_of(sizes, dims))); });
}

int32_t lethe_expand(lethe_tensor tensor, const int64_t* sizes, int32_t dims, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.expand(sizes_of(sizes, dims))); });
}

int32_t lethe_repeat(lethe_tensor tensor, const int64_t* sizes, int32_t dims, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.repeat(sizes_of(sizes, dims))); });
}

int32_t lethe_transpose(lethe_tensor tensor, int64_t first, int64_t second, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.transpose(first, second)); });
}

int32_t lethe_narrow(lethe_tensor tensor, int64_t dim, int64_t start, int64_t length, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.narrow(dim, start, length)); });
}

int32_t lethe_select(lethe_tensor tensor, int64_t dim, int64_t index, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.select(dim, index)); });
}

int32_t lethe_slice(lethe_tensor tensor, int64_t dim, int64_t start, int64_t end, int64_t step, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.slice(dim, start, end, step)); });
}

int32_t lethe_index_select(lethe_tensor tensor, int64_t dim, lethe_tensor index, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.index_select(dim, index->value)); });
}

int32_t lethe_index(lethe_tensor tensor, lethe_tensor index, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.index({index->value})); });
}

int32_t lethe_gather(lethe_tensor tensor, int64_t dim, lethe_tensor index, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.gather(dim, index->value)); });
}

int32_t lethe_flatten(lethe_tensor tensor, int64_t start, int64_t end, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.flatten(start, end)); });
}

int32_t lethe_unsqueeze(lethe_tensor tensor, int64_t dim, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.unsqueeze(dim)); });
}

int32_t lethe_squeeze(lethe_tensor tensor, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.squeeze()); });
}

int32_t lethe_squeeze_dim(lethe_tensor tensor, int64_t dim, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.squeeze(dim)); });
}

int32_t lethe_flip(lethe_tensor tensor, const int64_t* sizes, int32_t dims, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.flip(sizes_of(sizes, dims))); });
}

int32_t lethe_roll(lethe_tensor tensor, int64_t shift, int64_t dim, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.roll(shift, dim)); });
}

int32_t lethe_tril(lethe_tensor tensor, int64_t diagonal, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.tril(diagonal)); });
}

int32_t lethe_triu(lethe_tensor tensor, int64_t diagonal, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.triu(diagonal)); });
}

int32_t lethe_cat(const lethe_tensor* tensors, int32_t count, int64_t dim, lethe_tensor* result) {
  return guard([&] { *result = give(at::cat(list_of(tensors, count), dim)); });
}

int32_t lethe_stack(const lethe_tensor* tensors, int32_t count, int64_t dim, lethe_tensor* result) {
  return guard([&] { *result = give(at::stack(list_of(tensors, count), dim)); });
}

int32_t lethe_contiguous(lethe_tensor tensor, int32_t format, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.contiguous(memory_format(format))); });
}

int32_t lethe_clone(lethe_tensor tensor, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.clone()); });
}

int32_t lethe_detach(lethe_tensor tensor, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.detach()); });
}

int32_t lethe_to(lethe_tensor tensor, int32_t dtype, int32_t device_type, int32_t device_index, int32_t format, int32_t copy,
    lethe_tensor* result) {
  return guard([&] {
    const auto& source = tensor->value;
    auto wanted = at::TensorOptions().dtype(dtype < 0 ? source.scalar_type() : static_cast<at::ScalarType>(dtype));
    wanted = wanted.device(device_type < 0 ? source.device() : device(device_type, device_index));
    *result = give(source.to(wanted, /*non_blocking=*/false, copy != 0, memory_format(format)));
  });
}

int32_t lethe_where(lethe_tensor condition, lethe_tensor tensor, lethe_tensor other, lethe_tensor* result) {
  return guard([&] { *result = give(at::where(condition->value, tensor->value, other->value)); });
}

int32_t lethe_masked_fill(lethe_tensor tensor, lethe_tensor mask, double value, int32_t integral, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.masked_fill(mask->value, scalar(value, integral))); });
}

int32_t lethe_one_hot(lethe_tensor tensor, int64_t classes, lethe_tensor* result) {
  return guard([&] { *result = give(at::one_hot(tensor->value, classes)); });
}

int32_t lethe_nonzero(lethe_tensor tensor, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.nonzero()); });
}

int32_t lethe_bincount(lethe_tensor tensor, int64_t minimum_length, lethe_tensor* result) {
  return guard([&] { *result = give(at::bincount(tensor->value, {}, minimum_length)); });
}

int32_t lethe_pad(lethe_tensor tensor, const int64_t* padding, int32_t padding_count, double value, lethe_tensor* result) {
  return guard([&] { *result = give(at::constant_pad_nd(tensor->value, sizes_of(padding, padding_count), value)); });
}

int32_t lethe_unfold(lethe_tensor tensor, int64_t dim, int64_t size, int64_t step, lethe_tensor* result) {
  return guard([&] { *result = give(tensor->value.unfold(dim, size, step)); });
}

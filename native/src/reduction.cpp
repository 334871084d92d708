// Reductions, order statistics and matrix products.
#include "guard.h"

using namespace lethe;

namespace {

template <typename Pair>
void give_pair(Pair&& pair, lethe_tensor* values, lethe_tensor* indices) {
  auto first = std::make_unique<lethe_tensor_s>(std::get<0>(pair));
  *indices = give(std::get<1>(pair));
  *values = first.release();
}

std::vector<int64_t> all_or(const at::Tensor& tensor, const int64_t* dims, int32_t count) {
  std::vector<int64_t> chosen(dims, dims + count);
  if (count == 0) {
    for (int64_t i = 0; i < tensor.dim(); ++i) chosen.push_back(i);
  }
  return chosen;
}

optional<int64_t> optional_dim(int32_t has_dim, int64_t dim) {
  if (has_dim == 0) return {};
  return dim;
}

}  // namespace

int32_t lethe_sum(lethe_tensor tensor, const int64_t* dims, int32_t dim_count, int32_t keepdim, int32_t dtype,
    lethe_tensor* result) {
  return guard([&] {
    const auto wanted = optional_dtype(dtype);
    *result = give(dim_count == 0 && keepdim == 0 ? at::sum(tensor->value, wanted)
                                                  : at::sum(tensor->value, all_or(tensor->value, dims, dim_count), keepdim != 0, wanted));
  });
}

int32_t lethe_mean(lethe_tensor tensor, const int64_t* dims, int32_t dim_count, int32_t keepdim, int32_t dtype,
    lethe_tensor* result) {
  return guard([&] {
    const auto wanted = optional_dtype(dtype);
    *result = give(dim_count == 0 && keepdim == 0 ? at::mean(tensor->value, wanted)
                                                  : at::mean(tensor->value, all_or(tensor->value, dims, dim_count), keepdim != 0, wanted));
  });
}

int32_t lethe_var(lethe_tensor tensor, const int64_t* dims, int32_t dim_count, int32_t keepdim, int32_t correction,
    lethe_tensor* result) {
  return guard([&] {
    TORCH_CHECK(correction == 0 || correction == 1, "correction must be 0 or 1, not ", correction);
    *result = give(at::var(tensor->value, all_or(tensor->value, dims, dim_count), correction == 1, keepdim != 0));
  });
}

int32_t lethe_norm(lethe_tensor tensor, double p, const int64_t* dims, int32_t dim_count, int32_t keepdim, lethe_tensor* result) {
  return guard([&] {
    *result = give(at::norm(tensor->value, optional<at::Scalar>(p), all_or(tensor->value, dims, dim_count), keepdim != 0));
  });
}

int32_t lethe_logsumexp(lethe_tensor tensor, const int64_t* dims, int32_t dim_count, int32_t keepdim, lethe_tensor* result) {
  return guard([&] { *result = give(at::logsumexp(tensor->value, all_or(tensor->value, dims, dim_count), keepdim != 0)); });
}

int32_t lethe_amax(lethe_tensor tensor, const int64_t* dims, int32_t dim_count, int32_t keepdim, lethe_tensor* result) {
  return guard([&] { *result = give(at::amax(tensor->value, sizes_of(dims, dim_count), keepdim != 0)); });
}

int32_t lethe_amin(lethe_tensor tensor, const int64_t* dims, int32_t dim_count, int32_t keepdim, lethe_tensor* result) {
  return guard([&] { *result = give(at::amin(tensor->value, sizes_of(dims, dim_count), keepdim != 0)); });
}

int32_t lethe_prod(lethe_tensor tensor, lethe_tensor* result) {
  return guard([&] { *result = give(at::prod(tensor->value)); });
}

int32_t lethe_cumsum(lethe_tensor tensor, int64_t dim, lethe_tensor* result) {
  return guard([&] { *result = give(at::cumsum(tensor->value, dim)); });
}

int32_t lethe_max_dim(lethe_tensor tensor, int64_t dim, int32_t keepdim, lethe_tensor* values, lethe_tensor* indices) {
  return guard([&] { give_pair(at::max(tensor->value, dim, keepdim != 0), values, indices); });
}

int32_t lethe_min_dim(lethe_tensor tensor, int64_t dim, int32_t keepdim, lethe_tensor* values, lethe_tensor* indices) {
  return guard([&] { give_pair(at::min(tensor->value, dim, keepdim != 0), values, indices); });
}

int32_t lethe_argmax(lethe_tensor tensor, int32_t has_dim, int64_t dim, int32_t keepdim, lethe_tensor* result) {
  return guard([&] { *result = give(at::argmax(tensor->value, optional_dim(has_dim, dim), keepdim != 0)); });
}

int32_t lethe_argmin(lethe_tensor tensor, int32_t has_dim, int64_t dim, int32_t keepdim, lethe_tensor* result) {
  return guard([&] { *result = give(at::argmin(tensor->value, optional_dim(has_dim, dim), keepdim != 0)); });
}

int32_t lethe_any(lethe_tensor tensor, lethe_tensor* result) {
  return guard([&] { *result = give(at::any(tensor->value)); });
}

int32_t lethe_all(lethe_tensor tensor, lethe_tensor* result) {
  return guard([&] { *result = give(at::all(tensor->value)); });
}

int32_t lethe_sort(lethe_tensor tensor, int64_t dim, int32_t descending, lethe_tensor* values, lethe_tensor* indices) {
  return guard([&] { give_pair(at::sort(tensor->value, optional<bool>(true), dim, descending != 0), values, indices); });
}

int32_t lethe_topk(lethe_tensor tensor, int64_t k, int64_t dim, int32_t largest, int32_t sorted, lethe_tensor* values,
    lethe_tensor* indices) {
  return guard([&] { give_pair(at::topk(tensor->value, k, dim, largest != 0, sorted != 0), values, indices); });
}

int32_t lethe_matmul(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result) {
  return guard([&] { *result = give(at::matmul(tensor->value, other->value)); });
}

int32_t lethe_mm(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result) {
  return guard([&] { *result = give(at::mm(tensor->value, other->value)); });
}

int32_t lethe_bmm(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result) {
  return guard([&] { *result = give(at::bmm(tensor->value, other->value)); });
}

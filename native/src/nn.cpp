// Layers and losses.
#include "guard.h"

using namespace lethe;

int32_t lethe_softmax(lethe_tensor tensor, int64_t dim, int32_t dtype, lethe_tensor* result) {
  return guard([&] { *result = give(at::softmax(tensor->value, dim, optional_dtype(dtype))); });
}

int32_t lethe_log_softmax(lethe_tensor tensor, int64_t dim, int32_t dtype, lethe_tensor* result) {
  return guard([&] { *result = give(at::log_softmax(tensor->value, dim, optional_dtype(dtype))); });
}

int32_t lethe_linear(lethe_tensor tensor, lethe_tensor weight, lethe_tensor bias, lethe_tensor* result) {
  return guard([&] { *result = give(at::linear(tensor->value, weight->value, optional_tensor(bias))); });
}

int32_t lethe_conv2d(lethe_tensor tensor, lethe_tensor weight, lethe_tensor bias, int64_t stride_h, int64_t stride_w,
    int64_t padding_h, int64_t padding_w, int64_t dilation_h, int64_t dilation_w, int64_t groups, lethe_tensor* result) {
  return guard([&] {
    const int64_t stride[] = {stride_h, stride_w};
    const int64_t padding[] = {padding_h, padding_w};
    const int64_t dilation[] = {dilation_h, dilation_w};
    *result = give(at::conv2d(tensor->value, weight->value, optional_tensor(bias), at::IntArrayRef(stride),
        at::IntArrayRef(padding), at::IntArrayRef(dilation), groups));
  });
}

int32_t lethe_batch_norm(lethe_tensor tensor, lethe_tensor weight, lethe_tensor bias, lethe_tensor running_mean,
    lethe_tensor running_var, int32_t training, double momentum, double eps, lethe_tensor* result) {
  return guard([&] {
    *result = give(at::batch_norm(tensor->value, optional_tensor(weight), optional_tensor(bias), optional_tensor(running_mean),
        optional_tensor(running_var), training != 0, momentum, eps, /*cudnn_enabled=*/true));
  });
}

int32_t lethe_layer_norm(lethe_tensor tensor, const int64_t* sizes, int32_t dims, lethe_tensor weight, lethe_tensor bias,
    double eps, lethe_tensor* result) {
  return guard([&] {
    *result = give(at::layer_norm(tensor->value, sizes_of(sizes, dims), optional_tensor(weight), optional_tensor(bias), eps));
  });
}

int32_t lethe_max_pool2d(lethe_tensor tensor, int64_t kernel_h, int64_t kernel_w, int64_t stride_h, int64_t stride_w,
    int64_t padding_h, int64_t padding_w, int64_t dilation_h, int64_t dilation_w, int32_t ceil_mode, lethe_tensor* result) {
  return guard([&] {
    const int64_t kernel[] = {kernel_h, kernel_w};
    const int64_t stride[] = {stride_h, stride_w};
    const int64_t padding[] = {padding_h, padding_w};
    const int64_t dilation[] = {dilation_h, dilation_w};
    *result = give(at::max_pool2d(tensor->value, kernel, stride, padding, dilation, ceil_mode != 0));
  });
}

int32_t lethe_avg_pool2d(lethe_tensor tensor, int64_t kernel_h, int64_t kernel_w, int64_t stride_h, int64_t stride_w,
    int64_t padding_h, int64_t padding_w, int32_t ceil_mode, int32_t count_include_pad, lethe_tensor* result) {
  return guard([&] {
    const int64_t kernel[] = {kernel_h, kernel_w};
    const int64_t stride[] = {stride_h, stride_w};
    const int64_t padding[] = {padding_h, padding_w};
    *result = give(at::avg_pool2d(tensor->value, kernel, stride, padding, ceil_mode != 0, count_include_pad != 0));
  });
}

int32_t lethe_adaptive_avg_pool2d(lethe_tensor tensor, int64_t height, int64_t width, lethe_tensor* result) {
  return guard([&] {
    const int64_t size[] = {height, width};
    *result = give(at::adaptive_avg_pool2d(tensor->value, size));
  });
}

int32_t lethe_dropout(lethe_tensor tensor, double p, lethe_generator generator, lethe_tensor* result) {
  return guard([&] {
    TORCH_CHECK(p >= 0 && p <= 1, "the share dropped must be between 0 and 1, not ", p);
    auto mask = at::empty_like(tensor->value.detach()).bernoulli_(1 - p, generator->value);
    if (p < 1) mask.div_(1 - p);
    *result = give(at::mul(tensor->value, mask));
  });
}

int32_t lethe_cross_entropy(lethe_tensor tensor, lethe_tensor target, lethe_tensor weight, int32_t reduction,
    int64_t ignore_index, double label_smoothing, lethe_tensor* result) {
  return guard([&] {
    *result = give(at::cross_entropy_loss(tensor->value, target->value, optional_tensor(weight), reduction, ignore_index,
        label_smoothing));
  });
}

int32_t lethe_nll_loss(lethe_tensor tensor, lethe_tensor target, lethe_tensor weight, int32_t reduction, int64_t ignore_index,
    lethe_tensor* result) {
  return guard([&] {
    *result = give(at::nll_loss_nd(tensor->value, target->value, optional_tensor(weight), reduction, ignore_index));
  });
}

int32_t lethe_mse_loss(lethe_tensor tensor, lethe_tensor target, int32_t reduction, lethe_tensor* result) {
  return guard([&] { *result = give(at::mse_loss(tensor->value, target->value, reduction)); });
}

int32_t lethe_l1_loss(lethe_tensor tensor, lethe_tensor target, int32_t reduction, lethe_tensor* result) {
  return guard([&] { *result = give(at::l1_loss(tensor->value, target->value, reduction)); });
}

int32_t lethe_kl_div(lethe_tensor tensor, lethe_tensor target, int32_t reduction, int32_t log_target, lethe_tensor* result) {
  return guard([&] { *result = give(at::kl_div(tensor->value, target->value, reduction, log_target != 0)); });
}

int32_t lethe_binary_cross_entropy_with_logits(lethe_tensor tensor, lethe_tensor target, int32_t reduction,
    lethe_tensor* result) {
  return guard([&] {
    *result = give(at::binary_cross_entropy_with_logits(tensor->value, target->value, {}, {}, reduction));
  });
}

/*
 * The whole interface between Lethe and libtorch. This file is the single source of truth; src/Lethe.Torch/Native mirrors it.
 *
 * Rules:
 *  - Every function returns a status: 0 ok, 1 torch error, 2 out of memory, 3 index out of range, 4 anything else.
 *    lethe_last_error() then returns the message of the calling thread, valid until that thread's next failing call.
 *  - Results are written to trailing out-parameters, and only when the status is 0.
 *  - Handles passed in are borrowed, handles passed out are new references that the caller frees. An optional tensor is null.
 *  - Only pointers, fixed-width integers and doubles cross. Truth values are int32 0 or 1.
 *  - A scalar is (value, integral): with integral = 1 the value stands for an integer and does not promote integer tensors.
 *  - dtypes are those of at::ScalarType: 0 uint8, 1 int8, 2 int16, 3 int32, 4 int64, 5 half, 6 float, 7 double, 11 bool, 15 bfloat16;
 *    -1 means "as the input". Devices are (device_type, device_index): 0 cpu, 1 cuda; type -1 means "as the input", index -1 "current".
 *    Memory formats: 0 contiguous, 1 preserve, 2 channels_last.
 *  - No function draws from a global random generator.
 */
#ifndef LETHE_TORCH_H
#define LETHE_TORCH_H

#include <stdint.h>

#if defined(__GNUC__)
#define LETHE_API __attribute__((visibility("default")))
#else
#define LETHE_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct lethe_tensor_s* lethe_tensor;
typedef struct lethe_generator_s* lethe_generator;
typedef struct lethe_script_s* lethe_script;

/* family: runtime -- versions, threads, capabilities */
LETHE_API const char* lethe_last_error(void);
/* libtorch's version, for example 1.13.1. The returned texts are static. */
LETHE_API int32_t lethe_version(const char** result);
LETHE_API int32_t lethe_build_info(const char** result);
/* ATen's instruction set in use: DEFAULT, AVX2, AVX512, ... */
LETHE_API int32_t lethe_cpu_capability(const char** result);
/* 1 when the processor multiplies bfloat16 (AVX512_BF16 or AMX). */
LETHE_API int32_t lethe_has_bf16_cpu(int32_t* result);
LETHE_API int32_t lethe_cuda_device_count(int32_t* result);
/* Process-wide; call once, on the thread that computes. */
LETHE_API int32_t lethe_set_num_threads(int32_t threads);
LETHE_API int32_t lethe_get_num_threads(int32_t* result);
LETHE_API int32_t lethe_set_deterministic(int32_t on);
/* Tensor handles that were passed out and not yet freed. */
LETHE_API int32_t lethe_live_tensors(int64_t* result);

/* family: generator -- explicit random streams */
LETHE_API int32_t lethe_generator_new(uint64_t seed, int32_t device_type, int32_t device_index, lethe_generator* result);
LETHE_API int32_t lethe_generator_free(lethe_generator generator);
/* The state is a tensor of bytes. */
LETHE_API int32_t lethe_generator_get_state(lethe_generator generator, lethe_tensor* result);
LETHE_API int32_t lethe_generator_set_state(lethe_generator generator, lethe_tensor state);

/* family: tensor -- lifetime and inspection */
LETHE_API int32_t lethe_tensor_free(lethe_tensor tensor);
/* A second handle of the same tensor. */
LETHE_API int32_t lethe_tensor_alias(lethe_tensor tensor, lethe_tensor* result);
/* Copies; byte_count must be exactly the product of the sizes times the element size. */
LETHE_API int32_t lethe_tensor_from_data(const void* data, int64_t byte_count, int32_t dtype, const int64_t* sizes, int32_t dims,
    lethe_tensor* result);
/* Writes the contiguous elements; byte_count must be exact. */
LETHE_API int32_t lethe_tensor_copy_to(lethe_tensor tensor, void* buffer, int64_t byte_count);
LETHE_API int32_t lethe_tensor_dim(lethe_tensor tensor, int32_t* result);
/* dims must equal the tensor's. */
LETHE_API int32_t lethe_tensor_sizes(lethe_tensor tensor, int64_t* buffer, int32_t dims);
LETHE_API int32_t lethe_tensor_strides(lethe_tensor tensor, int64_t* buffer, int32_t dims);
LETHE_API int32_t lethe_tensor_numel(lethe_tensor tensor, int64_t* result);
LETHE_API int32_t lethe_tensor_dtype(lethe_tensor tensor, int32_t* result);
LETHE_API int32_t lethe_tensor_device(lethe_tensor tensor, int32_t* device_type, int32_t* device_index);
LETHE_API int32_t lethe_tensor_is_contiguous(lethe_tensor tensor, int32_t memory_format, int32_t* result);
/* 1 when both handles name one tensor object. */
LETHE_API int32_t lethe_tensor_is_same(lethe_tensor tensor, lethe_tensor other, int32_t* result);
LETHE_API int32_t lethe_tensor_item_double(lethe_tensor tensor, double* result);
LETHE_API int32_t lethe_tensor_item_int64(lethe_tensor tensor, int64_t* result);
/* Same sizes and elements. */
LETHE_API int32_t lethe_tensor_equal(lethe_tensor tensor, lethe_tensor other, int32_t* result);

/* family: factory -- new tensors; a negative dtype in the _like functions keeps the input's */
LETHE_API int32_t lethe_empty(const int64_t* sizes, int32_t dims, int32_t dtype, int32_t device_type, int32_t device_index,
    lethe_tensor* result);
LETHE_API int32_t lethe_full(const int64_t* sizes, int32_t dims, double value, int32_t integral, int32_t dtype, int32_t device_type,
    int32_t device_index, lethe_tensor* result);
LETHE_API int32_t lethe_full_like(lethe_tensor tensor, double value, int32_t integral, int32_t dtype, lethe_tensor* result);
LETHE_API int32_t lethe_empty_like(lethe_tensor tensor, int32_t dtype, lethe_tensor* result);
LETHE_API int32_t lethe_arange(double start, double end, double step, int32_t dtype, int32_t device_type, int32_t device_index,
    lethe_tensor* result);
LETHE_API int32_t lethe_linspace(double start, double end, int64_t steps, int32_t dtype, int32_t device_type, int32_t device_index,
    lethe_tensor* result);
LETHE_API int32_t lethe_eye(int64_t rows, int64_t columns, int32_t dtype, int32_t device_type, int32_t device_index, lethe_tensor* result);
LETHE_API int32_t lethe_rand(const int64_t* sizes, int32_t dims, lethe_generator generator, int32_t dtype, int32_t device_type,
    int32_t device_index, lethe_tensor* result);
LETHE_API int32_t lethe_randn(const int64_t* sizes, int32_t dims, lethe_generator generator, int32_t dtype, int32_t device_type,
    int32_t device_index, lethe_tensor* result);
LETHE_API int32_t lethe_randint(int64_t low, int64_t high, const int64_t* sizes, int32_t dims, lethe_generator generator, int32_t dtype,
    int32_t device_type, int32_t device_index, lethe_tensor* result);
LETHE_API int32_t lethe_randperm(int64_t count, lethe_generator generator, int32_t dtype, int32_t device_type, int32_t device_index,
    lethe_tensor* result);

/* family: shape -- views, copies and selections */
LETHE_API int32_t lethe_reshape(lethe_tensor tensor, const int64_t* sizes, int32_t dims, lethe_tensor* result);
LETHE_API int32_t lethe_view(lethe_tensor tensor, const int64_t* sizes, int32_t dims, lethe_tensor* result);
LETHE_API int32_t lethe_permute(lethe_tensor tensor, const int64_t* sizes, int32_t dims, lethe_tensor* result);
LETHE_API int32_t lethe_expand(lethe_tensor tensor, const int64_t* sizes, int32_t dims, lethe_tensor* result);
LETHE_API int32_t lethe_repeat(lethe_tensor tensor, const int64_t* sizes, int32_t dims, lethe_tensor* result);
LETHE_API int32_t lethe_transpose(lethe_tensor tensor, int64_t first, int64_t second, lethe_tensor* result);
LETHE_API int32_t lethe_narrow(lethe_tensor tensor, int64_t dim, int64_t start, int64_t length, lethe_tensor* result);
LETHE_API int32_t lethe_select(lethe_tensor tensor, int64_t dim, int64_t index, lethe_tensor* result);
LETHE_API int32_t lethe_slice(lethe_tensor tensor, int64_t dim, int64_t start, int64_t end, int64_t step, lethe_tensor* result);
LETHE_API int32_t lethe_index_select(lethe_tensor tensor, int64_t dim, lethe_tensor index, lethe_tensor* result);
/* Advanced indexing of dimension 0, or a mask (bool). */
LETHE_API int32_t lethe_index(lethe_tensor tensor, lethe_tensor index, lethe_tensor* result);
LETHE_API int32_t lethe_gather(lethe_tensor tensor, int64_t dim, lethe_tensor index, lethe_tensor* result);
LETHE_API int32_t lethe_flatten(lethe_tensor tensor, int64_t start, int64_t end, lethe_tensor* result);
LETHE_API int32_t lethe_unsqueeze(lethe_tensor tensor, int64_t dim, lethe_tensor* result);
LETHE_API int32_t lethe_squeeze(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_squeeze_dim(lethe_tensor tensor, int64_t dim, lethe_tensor* result);
LETHE_API int32_t lethe_flip(lethe_tensor tensor, const int64_t* sizes, int32_t dims, lethe_tensor* result);
LETHE_API int32_t lethe_roll(lethe_tensor tensor, int64_t shift, int64_t dim, lethe_tensor* result);
LETHE_API int32_t lethe_tril(lethe_tensor tensor, int64_t diagonal, lethe_tensor* result);
LETHE_API int32_t lethe_triu(lethe_tensor tensor, int64_t diagonal, lethe_tensor* result);
LETHE_API int32_t lethe_cat(const lethe_tensor* tensors, int32_t count, int64_t dim, lethe_tensor* result);
LETHE_API int32_t lethe_stack(const lethe_tensor* tensors, int32_t count, int64_t dim, lethe_tensor* result);
LETHE_API int32_t lethe_contiguous(lethe_tensor tensor, int32_t memory_format, lethe_tensor* result);
LETHE_API int32_t lethe_clone(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_detach(lethe_tensor tensor, lethe_tensor* result);
/* memory_format 1 preserves. */
LETHE_API int32_t lethe_to(lethe_tensor tensor, int32_t dtype, int32_t device_type, int32_t device_index, int32_t memory_format,
    int32_t copy, lethe_tensor* result);
LETHE_API int32_t lethe_where(lethe_tensor condition, lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);
LETHE_API int32_t lethe_masked_fill(lethe_tensor tensor, lethe_tensor mask, double value, int32_t integral, lethe_tensor* result);
LETHE_API int32_t lethe_one_hot(lethe_tensor tensor, int64_t classes, lethe_tensor* result);
LETHE_API int32_t lethe_nonzero(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_bincount(lethe_tensor tensor, int64_t minimum_length, lethe_tensor* result);
/* Constant padding, last dimension first, as PyTorch's pad. */
LETHE_API int32_t lethe_pad(lethe_tensor tensor, const int64_t* padding, int32_t padding_count, double value, lethe_tensor* result);
LETHE_API int32_t lethe_unfold(lethe_tensor tensor, int64_t dim, int64_t size, int64_t step, lethe_tensor* result);

/* family: pointwise -- elementwise functions of one or two tensors, with broadcasting */
LETHE_API int32_t lethe_neg(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_exp(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_log(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_log1p(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_expm1(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_sqrt(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_rsqrt(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_square(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_reciprocal(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_abs(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_sign(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_sin(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_cos(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_tanh(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_sigmoid(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_floor(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_ceil(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_round(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_erf(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_isnan(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_isfinite(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_logical_not(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_relu(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_silu(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_softplus(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_gelu(lethe_tensor tensor, lethe_tensor* result);
/* tensor + alpha * other; alpha must be whole for integer tensors. */
LETHE_API int32_t lethe_add(lethe_tensor tensor, lethe_tensor other, double alpha, lethe_tensor* result);
LETHE_API int32_t lethe_mul(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);
LETHE_API int32_t lethe_div(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);
LETHE_API int32_t lethe_maximum(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);
LETHE_API int32_t lethe_minimum(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);
LETHE_API int32_t lethe_pow(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);
LETHE_API int32_t lethe_eq(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);
LETHE_API int32_t lethe_ne(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);
LETHE_API int32_t lethe_lt(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);
LETHE_API int32_t lethe_le(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);
LETHE_API int32_t lethe_gt(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);
LETHE_API int32_t lethe_ge(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);
LETHE_API int32_t lethe_logical_and(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);
LETHE_API int32_t lethe_logical_or(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);
LETHE_API int32_t lethe_logical_xor(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);
LETHE_API int32_t lethe_add_scalar(lethe_tensor tensor, double value, int32_t integral, lethe_tensor* result);
LETHE_API int32_t lethe_mul_scalar(lethe_tensor tensor, double value, int32_t integral, lethe_tensor* result);
LETHE_API int32_t lethe_div_scalar(lethe_tensor tensor, double value, int32_t integral, lethe_tensor* result);
LETHE_API int32_t lethe_pow_scalar(lethe_tensor tensor, double value, int32_t integral, lethe_tensor* result);
LETHE_API int32_t lethe_eq_scalar(lethe_tensor tensor, double value, int32_t integral, lethe_tensor* result);
LETHE_API int32_t lethe_ne_scalar(lethe_tensor tensor, double value, int32_t integral, lethe_tensor* result);
LETHE_API int32_t lethe_lt_scalar(lethe_tensor tensor, double value, int32_t integral, lethe_tensor* result);
LETHE_API int32_t lethe_le_scalar(lethe_tensor tensor, double value, int32_t integral, lethe_tensor* result);
LETHE_API int32_t lethe_gt_scalar(lethe_tensor tensor, double value, int32_t integral, lethe_tensor* result);
LETHE_API int32_t lethe_ge_scalar(lethe_tensor tensor, double value, int32_t integral, lethe_tensor* result);
/* value - tensor */
LETHE_API int32_t lethe_scalar_sub(lethe_tensor tensor, double value, int32_t integral, lethe_tensor* result);
/* value / tensor */
LETHE_API int32_t lethe_scalar_div(lethe_tensor tensor, double value, int32_t integral, lethe_tensor* result);
/* A NaN bound is absent. */
LETHE_API int32_t lethe_clamp(lethe_tensor tensor, double minimum, double maximum, lethe_tensor* result);

/* family: reduction -- over all (dims = 0) or given dimensions */
LETHE_API int32_t lethe_sum(lethe_tensor tensor, const int64_t* dims, int32_t dim_count, int32_t keepdim, int32_t dtype,
    lethe_tensor* result);
LETHE_API int32_t lethe_mean(lethe_tensor tensor, const int64_t* dims, int32_t dim_count, int32_t keepdim, int32_t dtype,
    lethe_tensor* result);
LETHE_API int32_t lethe_var(lethe_tensor tensor, const int64_t* dims, int32_t dim_count, int32_t keepdim, int32_t correction,
    lethe_tensor* result);
LETHE_API int32_t lethe_norm(lethe_tensor tensor, double p, const int64_t* dims, int32_t dim_count, int32_t keepdim, lethe_tensor* result);
LETHE_API int32_t lethe_logsumexp(lethe_tensor tensor, const int64_t* dims, int32_t dim_count, int32_t keepdim, lethe_tensor* result);
LETHE_API int32_t lethe_amax(lethe_tensor tensor, const int64_t* dims, int32_t dim_count, int32_t keepdim, lethe_tensor* result);
LETHE_API int32_t lethe_amin(lethe_tensor tensor, const int64_t* dims, int32_t dim_count, int32_t keepdim, lethe_tensor* result);
LETHE_API int32_t lethe_prod(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_cumsum(lethe_tensor tensor, int64_t dim, lethe_tensor* result);
LETHE_API int32_t lethe_max_dim(lethe_tensor tensor, int64_t dim, int32_t keepdim, lethe_tensor* values, lethe_tensor* indices);
LETHE_API int32_t lethe_min_dim(lethe_tensor tensor, int64_t dim, int32_t keepdim, lethe_tensor* values, lethe_tensor* indices);
LETHE_API int32_t lethe_argmax(lethe_tensor tensor, int32_t has_dim, int64_t dim, int32_t keepdim, lethe_tensor* result);
LETHE_API int32_t lethe_argmin(lethe_tensor tensor, int32_t has_dim, int64_t dim, int32_t keepdim, lethe_tensor* result);
LETHE_API int32_t lethe_any(lethe_tensor tensor, lethe_tensor* result);
LETHE_API int32_t lethe_all(lethe_tensor tensor, lethe_tensor* result);
/* Stable. */
LETHE_API int32_t lethe_sort(lethe_tensor tensor, int64_t dim, int32_t descending, lethe_tensor* values, lethe_tensor* indices);
LETHE_API int32_t lethe_topk(lethe_tensor tensor, int64_t k, int64_t dim, int32_t largest, int32_t sorted, lethe_tensor* values,
    lethe_tensor* indices);
LETHE_API int32_t lethe_matmul(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);
LETHE_API int32_t lethe_mm(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);
LETHE_API int32_t lethe_bmm(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result);

/* family: nn -- layers and losses; reduction: 0 none, 1 mean, 2 sum */
LETHE_API int32_t lethe_softmax(lethe_tensor tensor, int64_t dim, int32_t dtype, lethe_tensor* result);
LETHE_API int32_t lethe_log_softmax(lethe_tensor tensor, int64_t dim, int32_t dtype, lethe_tensor* result);
LETHE_API int32_t lethe_linear(lethe_tensor tensor, lethe_tensor weight, lethe_tensor bias, lethe_tensor* result);
LETHE_API int32_t lethe_conv2d(lethe_tensor tensor, lethe_tensor weight, lethe_tensor bias, int64_t stride_h, int64_t stride_w,
    int64_t padding_h, int64_t padding_w, int64_t dilation_h, int64_t dilation_w, int64_t groups, lethe_tensor* result);
LETHE_API int32_t lethe_batch_norm(lethe_tensor tensor, lethe_tensor weight, lethe_tensor bias, lethe_tensor running_mean,
    lethe_tensor running_var, int32_t training, double momentum, double eps, lethe_tensor* result);
LETHE_API int32_t lethe_layer_norm(lethe_tensor tensor, const int64_t* sizes, int32_t dims, lethe_tensor weight, lethe_tensor bias,
    double eps, lethe_tensor* result);
LETHE_API int32_t lethe_max_pool2d(lethe_tensor tensor, int64_t kernel_h, int64_t kernel_w, int64_t stride_h, int64_t stride_w,
    int64_t padding_h, int64_t padding_w, int64_t dilation_h, int64_t dilation_w, int32_t ceil_mode, lethe_tensor* result);
LETHE_API int32_t lethe_avg_pool2d(lethe_tensor tensor, int64_t kernel_h, int64_t kernel_w, int64_t stride_h, int64_t stride_w,
    int64_t padding_h, int64_t padding_w, int32_t ceil_mode, int32_t count_include_pad, lethe_tensor* result);
LETHE_API int32_t lethe_adaptive_avg_pool2d(lethe_tensor tensor, int64_t height, int64_t width, lethe_tensor* result);
/* A Bernoulli mask from the generator, scaled by 1 / (1 - p). */
LETHE_API int32_t lethe_dropout(lethe_tensor tensor, double p, lethe_generator generator, lethe_tensor* result);
LETHE_API int32_t lethe_cross_entropy(lethe_tensor tensor, lethe_tensor target, lethe_tensor weight, int32_t reduction,
    int64_t ignore_index, double label_smoothing, lethe_tensor* result);
LETHE_API int32_t lethe_nll_loss(lethe_tensor tensor, lethe_tensor target, lethe_tensor weight, int32_t reduction, int64_t ignore_index,
    lethe_tensor* result);
LETHE_API int32_t lethe_mse_loss(lethe_tensor tensor, lethe_tensor target, int32_t reduction, lethe_tensor* result);
LETHE_API int32_t lethe_l1_loss(lethe_tensor tensor, lethe_tensor target, int32_t reduction, lethe_tensor* result);
LETHE_API int32_t lethe_kl_div(lethe_tensor tensor, lethe_tensor target, int32_t reduction, int32_t log_target, lethe_tensor* result);
LETHE_API int32_t lethe_binary_cross_entropy_with_logits(lethe_tensor tensor, lethe_tensor target, int32_t reduction, lethe_tensor* result);

/* family: autograd -- gradients and the modes of the calling thread */
LETHE_API int32_t lethe_set_grad_enabled(int32_t on, int32_t* previous);
LETHE_API int32_t lethe_is_grad_enabled(int32_t* result);
LETHE_API int32_t lethe_requires_grad(lethe_tensor tensor, int32_t* result);
LETHE_API int32_t lethe_set_requires_grad(lethe_tensor tensor, int32_t on);
LETHE_API int32_t lethe_is_leaf(lethe_tensor tensor, int32_t* result);
/* gradient may be null for a scalar. */
LETHE_API int32_t lethe_backward(lethe_tensor tensor, lethe_tensor gradient, int32_t retain_graph, int32_t create_graph);
/* null when there is none. */
LETHE_API int32_t lethe_get_grad(lethe_tensor tensor, lethe_tensor* result);
/* null clears. */
LETHE_API int32_t lethe_set_grad(lethe_tensor tensor, lethe_tensor gradient);
/* gradients: null, or output_count handles of which any may be null. results: input_count handles, null where unused. */
LETHE_API int32_t lethe_grad(const lethe_tensor* outputs, int32_t output_count, const lethe_tensor* inputs, int32_t input_count,
    const lethe_tensor* gradients, int32_t retain_graph, int32_t create_graph, int32_t allow_unused, lethe_tensor* results);
LETHE_API int32_t lethe_autocast_enter(int32_t device_type, int32_t dtype, int32_t on, int32_t* previous_on, int32_t* previous_dtype);
LETHE_API int32_t lethe_autocast_exit(int32_t device_type, int32_t previous_on, int32_t previous_dtype);
LETHE_API int32_t lethe_is_autocast_enabled(int32_t device_type, int32_t* result);

/* family: inplace -- writes into the first tensor */
LETHE_API int32_t lethe_add_(lethe_tensor tensor, lethe_tensor other, double alpha);
LETHE_API int32_t lethe_mul_(lethe_tensor tensor, lethe_tensor other);
LETHE_API int32_t lethe_div_(lethe_tensor tensor, lethe_tensor other);
LETHE_API int32_t lethe_add_scalar_(lethe_tensor tensor, double value, int32_t integral);
LETHE_API int32_t lethe_mul_scalar_(lethe_tensor tensor, double value, int32_t integral);
LETHE_API int32_t lethe_div_scalar_(lethe_tensor tensor, double value, int32_t integral);
LETHE_API int32_t lethe_copy_(lethe_tensor tensor, lethe_tensor other);
LETHE_API int32_t lethe_fill_(lethe_tensor tensor, double value, int32_t integral);
LETHE_API int32_t lethe_clamp_(lethe_tensor tensor, double minimum, double maximum);
LETHE_API int32_t lethe_sqrt_(lethe_tensor tensor);
LETHE_API int32_t lethe_addcmul_(lethe_tensor tensor, lethe_tensor first, lethe_tensor second, double value);
LETHE_API int32_t lethe_addcdiv_(lethe_tensor tensor, lethe_tensor first, lethe_tensor second, double value);
LETHE_API int32_t lethe_lerp_(lethe_tensor tensor, lethe_tensor end, double weight);
/* Replaces the elements of tensor by those of other, which may differ in type, device and shape. */
LETHE_API int32_t lethe_set_data(lethe_tensor tensor, lethe_tensor other);
LETHE_API int32_t lethe_scatter_(lethe_tensor tensor, int64_t dim, lethe_tensor index, lethe_tensor source);
LETHE_API int32_t lethe_scatter_value_(lethe_tensor tensor, int64_t dim, lethe_tensor index, double value, int32_t integral);
LETHE_API int32_t lethe_index_add_(lethe_tensor tensor, int64_t dim, lethe_tensor index, lethe_tensor source);
LETHE_API int32_t lethe_index_copy_(lethe_tensor tensor, int64_t dim, lethe_tensor index, lethe_tensor source);
LETHE_API int32_t lethe_masked_fill_(lethe_tensor tensor, lethe_tensor mask, double value, int32_t integral);
LETHE_API int32_t lethe_uniform_(lethe_tensor tensor, double from, double to, lethe_generator generator);
LETHE_API int32_t lethe_normal_(lethe_tensor tensor, double mean, double std, lethe_generator generator);
LETHE_API int32_t lethe_bernoulli_(lethe_tensor tensor, double p, lethe_generator generator);

/* family: optim -- one call a step; parameters and state are updated in place */
/* gradients: one for each parameter, of which any may be null (the parameter stays); the parameters' own when the array is null.
 * steps[i] counts the steps that parameter i took and is advanced; 0 means that its state holds nothing yet.
 * momenta may be null when momentum is 0. */
LETHE_API int32_t lethe_sgd_step(const lethe_tensor* parameters, const lethe_tensor* gradients, const lethe_tensor* momenta, int64_t* steps,
    int32_t count, double learning_rate, double momentum, double dampening, double weight_decay, int32_t nesterov);
/* decoupled = 1 is AdamW. */
LETHE_API int32_t lethe_adam_step(const lethe_tensor* parameters, const lethe_tensor* gradients, const lethe_tensor* first_moments,
    const lethe_tensor* second_moments, int64_t* steps, int32_t count, double learning_rate, double beta1, double beta2, double eps,
    double weight_decay, int32_t decoupled);
LETHE_API int32_t lethe_zero_grads(const lethe_tensor* parameters, int32_t count, int32_t set_to_none);

/* family: script -- TorchScript modules */
LETHE_API int32_t lethe_script_load(const char* path, int32_t device_type, int32_t device_index, lethe_script* result);
LETHE_API int32_t lethe_script_load_bytes(
    const void* data, int64_t byte_count, int32_t device_type, int32_t device_index, lethe_script* result);
LETHE_API int32_t lethe_script_save(lethe_script module, const char* path);
LETHE_API int32_t lethe_script_free(lethe_script module);
/* forward must return one tensor. Dropout in scripts draws from a generator of the whole process: a pass with a seed (NULL: none) seeds
   it and has it for itself. */
LETHE_API int32_t lethe_script_forward(
    lethe_script module, const lethe_tensor* inputs, int32_t count, const uint64_t* seed, lethe_tensor* result);
LETHE_API int32_t lethe_script_train(lethe_script module, int32_t on);
LETHE_API int32_t lethe_script_is_training(lethe_script module, int32_t* result);
/* Parameters (buffers = 0) or buffers (1), with those of the submodules. */
LETHE_API int32_t lethe_script_tensor_count(lethe_script module, int32_t buffers, int32_t* result);
/* name is valid until this thread's next call of this function. */
LETHE_API int32_t lethe_script_tensor(lethe_script module, int32_t buffers, int32_t index, const char** name, lethe_tensor* result);
LETHE_API int32_t lethe_script_to(lethe_script module, int32_t dtype, int32_t device_type, int32_t device_index);
/* An empty module of class __torch__.NAME. */
LETHE_API int32_t lethe_script_new(const char* name, lethe_script* result);
LETHE_API int32_t lethe_script_add_parameter(lethe_script module, const char* name, lethe_tensor tensor);
LETHE_API int32_t lethe_script_add_buffer(lethe_script module, const char* name, lethe_tensor tensor);
LETHE_API int32_t lethe_script_add_module(lethe_script module, const char* name, lethe_script child);
/* Compiles methods; the children must be there and be defined. */
LETHE_API int32_t lethe_script_define(lethe_script module, const char* source);

/* family: image -- pictures */
/* JPEG, PNG, BMP, PGM, PPM to a uint8 tensor (C, H, W). channels: 0 as stored, 1 grey, 3 colour. */
LETHE_API int32_t lethe_image_decode(const void* data, int64_t byte_count, int32_t channels, lethe_tensor* result);

#ifdef __cplusplus
}
#endif

#endif

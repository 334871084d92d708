// Elementwise functions, with broadcasting.
#include "guard.h"

#include <cmath>

using namespace lethe;

#define LETHE_UNARY(name) \
  int32_t lethe_##name(lethe_tensor tensor, lethe_tensor* result) { \
    return guard([&] { *result = give(at::name(tensor->value)); }); \
  }

#define LETHE_BINARY(name, function) \
  int32_t lethe_##name(lethe_tensor tensor, lethe_tensor other, lethe_tensor* result) { \
    return guard([&] { *result = give(at::function(tensor->value, other->value)); }); \
  }

#define LETHE_WITH_SCALAR(name, function) \
  int32_t lethe_##name(lethe_tensor tensor, double value, int32_t integral, lethe_tensor* result) { \
    return guard([&] { *result = give(at::function(tensor->value, scalar(value, integral))); }); \
  }

LETHE_UNARY(neg)
LETHE_UNARY(exp)
LETHE_UNARY(log)
LETHE_UNARY(log1p)
LETHE_UNARY(expm1)
LETHE_UNARY(sqrt)
LETHE_UNARY(rsqrt)
LETHE_UNARY(square)
LETHE_UNARY(reciprocal)
LETHE_UNARY(abs)
LETHE_UNARY(sign)
LETHE_UNARY(sin)
LETHE_UNARY(cos)
LETHE_UNARY(tanh)
LETHE_UNARY(sigmoid)
LETHE_UNARY(floor)
LETHE_UNARY(ceil)
LETHE_UNARY(round)
LETHE_UNARY(erf)
LETHE_UNARY(isnan)
LETHE_UNARY(isfinite)
LETHE_UNARY(logical_not)
LETHE_UNARY(relu)
LETHE_UNARY(silu)
LETHE_UNARY(softplus)
LETHE_UNARY(gelu)

LETHE_BINARY(mul, mul)
LETHE_BINARY(div, div)
LETHE_BINARY(maximum, maximum)
LETHE_BINARY(minimum, minimum)
LETHE_BINARY(pow, pow)
LETHE_BINARY(eq, eq)
LETHE_BINARY(ne, ne)
LETHE_BINARY(lt, lt)
LETHE_BINARY(le, le)
LETHE_BINARY(gt, gt)
LETHE_BINARY(ge, ge)
LETHE_BINARY(logical_and, logical_and)
LETHE_BINARY(logical_or, logical_or)
LETHE_BINARY(logical_xor, logical_xor)

LETHE_WITH_SCALAR(add_scalar, add)
LETHE_WITH_SCALAR(mul_scalar, mul)
LETHE_WITH_SCALAR(div_scalar, div)
LETHE_WITH_SCALAR(pow_scalar, pow)
LETHE_WITH_SCALAR(eq_scalar, eq)
LETHE_WITH_SCALAR(ne_scalar, ne)
LETHE_WITH_SCALAR(lt_scalar, lt)
LETHE_WITH_SCALAR(le_scalar, le)
LETHE_WITH_SCALAR(gt_scalar, gt)
LETHE_WITH_SCALAR(ge_scalar, ge)

int32_t lethe_add(lethe_tensor tensor, lethe_tensor other, double alpha, lethe_tensor* result) {
  return guard([&] {
    const auto whole = std::nearbyint(alpha) == alpha ? 1 : 0;
    *result = give(at::add(tensor->value, other->value, scalar(alpha, whole)));
  });
}

int32_t lethe_scalar_sub(lethe_tensor tensor, double value, int32_t integral, lethe_tensor* result) {
  return guard([&] { *result = give(at::rsub(tensor->value, scalar(value, integral))); });
}

int32_t lethe_scalar_div(lethe_tensor tensor, double value, int32_t integral, lethe_tensor* result) {
  return guard([&] { *result = give(at::mul(at::reciprocal(tensor->value), scalar(value, integral))); });
}

int32_t lethe_clamp(lethe_tensor tensor, double minimum, double maximum, lethe_tensor* result) {
  return guard([&] {
    const auto bound = [](double value) -> optional<at::Scalar> {
      if (std::isnan(value)) return {};
      return scalar(value, std::nearbyint(value) == value && std::abs(value) < 9e15 ? 1 : 0);
    };
    *result = give(at::clamp(tensor->value, bound(minimum), bound(maximum)));
  });
}

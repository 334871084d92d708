// Writes into the first tensor; nothing new is passed out.
#include "guard.h"

#include <cmath>

using namespace lethe;

int32_t lethe_add_(lethe_tensor tensor, lethe_tensor other, double alpha) {
  return guard([&] {
    const auto whole = std::nearbyint(alpha) == alpha ? 1 : 0;
    tensor->value.add_(other->value, scalar(alpha, whole));
  });
}

int32_t lethe_mul_(lethe_tensor tensor, lethe_tensor other) {
  return guard([&] { tensor->value.mul_(other->value); });
}

int32_t lethe_div_(lethe_tensor tensor, lethe_tensor other) {
  return guard([&] { tensor->value.div_(other->value); });
}

int32_t lethe_add_scalar_(lethe_tensor tensor, double value, int32_t integral) {
  return guard([&] { tensor->value.add_(scalar(value, integral)); });
}

int32_t lethe_mul_scalar_(lethe_tensor tensor, double value, int32_t integral) {
  return guard([&] { tensor->value.mul_(scalar(value, integral)); });
}

int32_t lethe_div_scalar_(lethe_tensor tensor, double value, int32_t integral) {
  return guard([&] { tensor->value.div_(scalar(value, integral)); });
}

int32_t lethe_copy_(lethe_tensor tensor, lethe_tensor other) {
  return guard([&] { tensor->value.copy_(other->value); });
}

int32_t lethe_fill_(lethe_tensor tensor, double value, int32_t integral) {
  return guard([&] { tensor->value.fill_(scalar(value, integral)); });
}

int32_t lethe_clamp_(lethe_tensor tensor, double minimum, double maximum) {
  return guard([&] {
    const auto bound = [](double value) -> optional<at::Scalar> {
      if (std::isnan(value)) return {};
      return at::Scalar(value);
    };
    tensor->value.clamp_(bound(minimum), bound(maximum));
  });
}

int32_t lethe_sqrt_(lethe_tensor tensor) {
  return guard([&] { tensor->value.sqrt_(); });
}

int32_t lethe_addcmul_(lethe_tensor tensor, lethe_tensor first, lethe_tensor second, double value) {
  return guard([&] { tensor->value.addcmul_(first->value, second->value, value); });
}

int32_t lethe_addcdiv_(lethe_tensor tensor, lethe_tensor first, lethe_tensor second, double value) {
  return guard([&] { tensor->value.addcdiv_(first->value, second->value, value); });
}

int32_t lethe_lerp_(lethe_tensor tensor, lethe_tensor end, double weight) {
  return guard([&] { tensor->value.lerp_(end->value, weight); });
}

int32_t lethe_set_data(lethe_tensor tensor, lethe_tensor other) {
  return guard([&] { tensor->value.set_data(other->value); });
}

int32_t lethe_scatter_(lethe_tensor tensor, int64_t dim, lethe_tensor index, lethe_tensor source) {
  return guard([&] { tensor->value.scatter_(dim, index->value, source->value); });
}

int32_t lethe_scatter_value_(lethe_tensor tensor, int64_t dim, lethe_tensor index, double value, int32_t integral) {
  return guard([&] { tensor->value.scatter_(dim, index->value, scalar(value, integral)); });
}

int32_t lethe_index_add_(lethe_tensor tensor, int64_t dim, lethe_tensor index, lethe_tensor source) {
  return guard([&] { tensor->value.index_add_(dim, index->value, source->value); });
}

int32_t lethe_index_copy_(lethe_tensor tensor, int64_t dim, lethe_tensor index, lethe_tensor source) {
  return guard([&] { tensor->value.index_copy_(dim, index->value, source->value); });
}

int32_t lethe_masked_fill_(lethe_tensor tensor, lethe_tensor mask, double value, int32_t integral) {
  return guard([&] { tensor->value.masked_fill_(mask->value, scalar(value, integral)); });
}

int32_t lethe_uniform_(lethe_tensor tensor, double from, double to, lethe_generator generator) {
  return guard([&] { tensor->value.uniform_(from, to, generator->value); });
}

int32_t lethe_normal_(lethe_tensor tensor, double mean, double std, lethe_generator generator) {
  return guard([&] { tensor->value.normal_(mean, std, generator->value); });
}

int32_t lethe_bernoulli_(lethe_tensor tensor, double p, lethe_generator generator) {
  return guard([&] { tensor->value.bernoulli_(p, generator->value); });
}

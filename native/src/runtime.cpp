// Versions, threads, capabilities, generators, and what is set once when the library is loaded.
#include "guard.h"

#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <atomic>
#include <mutex>

#if defined(__GLIBC__)
#include <malloc.h>
#endif
#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace {

std::atomic<int64_t> live{0};
thread_local std::string last_error;

#if defined(__GLIBC__)
// Keeps the large blocks of a training step in the process: returning them to the kernel costs up to 40 % of a step.
__attribute__((constructor)) void keep_large_blocks() {
  constexpr int threshold = 1 << 30;
  mallopt(M_MMAP_THRESHOLD, threshold);
  mallopt(M_TRIM_THRESHOLD, threshold);
  mallopt(M_TOP_PAD, 64 << 20);
}
#endif

bool multiplies_bfloat16() {
#if defined(__x86_64__)
  unsigned a = 0, b = 0, c = 0, d = 0;
  const bool amx = __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (d & (1u << 22)) != 0;
  const bool avx512 = __get_cpuid_count(7, 1, &a, &b, &c, &d) != 0 && (a & (1u << 5)) != 0;
  return amx || avx512;
#else
  return false;
#endif
}

}  // namespace

lethe_tensor_s::lethe_tensor_s(at::Tensor tensor) : value(std::move(tensor)) {
  live.fetch_add(1, std::memory_order_relaxed);
}

lethe_tensor_s::~lethe_tensor_s() { live.fetch_sub(1, std::memory_order_relaxed); }

int32_t lethe::fail(Status status, const char* message) noexcept {
  try {
    last_error = message;
  } catch (...) {
    last_error.clear();
  }
  return status;
}

using namespace lethe;

const char* lethe_last_error(void) { return last_error.c_str(); }

int32_t lethe_version(const char** result) {
#define LETHE_TEXT(x) #x
#define LETHE_QUOTE(x) LETHE_TEXT(x)
  *result = LETHE_QUOTE(TORCH_VERSION_MAJOR) "." LETHE_QUOTE(TORCH_VERSION_MINOR) "." LETHE_QUOTE(TORCH_VERSION_PATCH);
  return ok;
}

int32_t lethe_build_info(const char** result) {
  return guard([&] {
    static const std::string text = at::show_config();
    *result = text.c_str();
  });
}

int32_t lethe_cpu_capability(const char** result) {
  return guard([&] {
    static const std::string text = [] {
      const std::string config = at::show_config();
      const std::string label = "CPU capability usage: ";
      const auto start = config.find(label);
      if (start == std::string::npos) return std::string("DEFAULT");
      const auto from = start + label.size();
      return config.substr(from, config.find('\n', from) - from);
    }();
    *result = text.c_str();
  });
}

int32_t lethe_has_bf16_cpu(int32_t* result) {
  static const bool answer = multiplies_bfloat16();
  *result = answer ? 1 : 0;
  return ok;
}

int32_t lethe_cuda_device_count(int32_t* result) {
  return guard([&] {
    *result = at::hasCUDA() ? c10::impl::VirtualGuardImpl(at::DeviceType::CUDA).deviceCount() : 0;
  });
}

int32_t lethe_set_num_threads(int32_t threads) {
  return guard([&] { at::set_num_threads(threads); });
}

int32_t lethe_get_num_threads(int32_t* result) {
  return guard([&] { *result = at::get_num_threads(); });
}

int32_t lethe_set_deterministic(int32_t on) {
  return guard([&] {
    at::globalContext().setDeterministicAlgorithms(on != 0, /*warn_only=*/false);
    at::globalContext().setDeterministicCuDNN(on != 0);
    at::globalContext().setBenchmarkCuDNN(false);
  });
}

int32_t lethe_live_tensors(int64_t* result) {
  *result = live.load(std::memory_order_relaxed);
  return ok;
}

int32_t lethe_generator_new(uint64_t seed, int32_t device_type, int32_t device_index, lethe_generator* result) {
  return guard([&] {
    const auto where = device(device_type, device_index);
    // clone() makes a stream of its own on any device; the default generator itself is never drawn from.
    auto generator = at::globalContext().defaultGenerator(where).clone();
    const std::lock_guard<std::mutex> lock(generator.mutex());
    generator.set_current_seed(seed);
    *result = new lethe_generator_s{generator};
  });
}

int32_t lethe_generator_free(lethe_generator generator) {
  return guard([&] { delete generator; });
}

int32_t lethe_generator_get_state(lethe_generator generator, lethe_tensor* result) {
  return guard([&] {
    const std::lock_guard<std::mutex> lock(generator->value.mutex());
    *result = give(generator->value.get_state());
  });
}

int32_t lethe_generator_set_state(lethe_generator generator, lethe_tensor state) {
  return guard([&] {
    const std::lock_guard<std::mutex> lock(generator->value.mutex());
    generator->value.set_state(state->value);
  });
}

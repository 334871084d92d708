// TorchScript modules: load, save, run, and build from source text.
#include "guard.h"

#include <ATen/Context.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/csrc/jit/serialization/import.h>

#include <mutex>
#include <shared_mutex>
#include <sstream>

struct lethe_script_s {
  torch::jit::Module value;
};

using namespace lethe;

int32_t lethe_script_load(const char* path, int32_t device_type, int32_t device_index, lethe_script* result) {
  return guard([&] {
    *result = new lethe_script_s{torch::jit::load(std::string(path), optional<at::Device>(device(device_type, device_index)))};
  });
}

int32_t lethe_script_load_bytes(const void* data, int64_t byte_count, int32_t device_type, int32_t device_index, lethe_script* result) {
  return guard([&] {
    std::istringstream stream(std::string(static_cast<const char*>(data), static_cast<size_t>(byte_count)));
    *result = new lethe_script_s{torch::jit::load(stream, optional<at::Device>(device(device_type, device_index)))};
  });
}

int32_t lethe_script_save(lethe_script module, const char* path) {
  return guard([&] { module->value.save(std::string(path)); });
}

int32_t lethe_script_free(lethe_script module) {
  return guard([&] { delete module; });
}

int32_t lethe_script_forward(
    lethe_script module, const lethe_tensor* inputs, int32_t count, const uint64_t* seed, lethe_tensor* result) {
  return guard([&] {
    static std::shared_mutex generator;
    std::shared_lock<std::shared_mutex> beside(generator, std::defer_lock);
    std::unique_lock<std::shared_mutex> alone(generator, std::defer_lock);
    if (seed == nullptr) {
      beside.lock();
    } else {
      alone.lock();
      at::manual_seed(*seed);
    }
    // The optimizing executor changes its plan after some runs, and the bits with it.
    const torch::jit::GraphOptimizerEnabledGuard as_written(false);
    std::vector<c10::IValue> arguments;
    for (int32_t i = 0; i < count; ++i) arguments.emplace_back(inputs[i]->value);
    const auto output = module->value.forward(std::move(arguments));
    TORCH_CHECK(output.isTensor(), "forward must return one tensor, but it returned ", output.tagKind());
    *result = give(output.toTensor());
  });
}

int32_t lethe_script_train(lethe_script module, int32_t on) {
  return guard([&] { module->value.train(on != 0); });
}

int32_t lethe_script_is_training(lethe_script module, int32_t* result) {
  return guard([&] { *result = module->value.is_training() ? 1 : 0; });
}

int32_t lethe_script_tensor_count(lethe_script module, int32_t buffers, int32_t* result) {
  return guard([&] {
    *result = static_cast<int32_t>(buffers != 0 ? module->value.named_buffers().size() : module->value.named_parameters().size());
  });
}

int32_t lethe_script_tensor(lethe_script module, int32_t buffers, int32_t index, const char** name, lethe_tensor* result) {
  return guard([&] {
    thread_local std::string last_name;
    const auto pick = [&](const auto& list) {
      int32_t position = 0;
      for (const auto& entry : list) {
        if (position++ != index) continue;
        last_name = entry.name;
        *result = give(entry.value);
        *name = last_name.c_str();
        return;
      }
      TORCH_CHECK_INDEX(false, "the module has ", position, " tensors; there is none with index ", index);
    };
    if (buffers != 0) {
      pick(module->value.named_buffers());
    } else {
      pick(module->value.named_parameters());
    }
  });
}

int32_t lethe_script_to(lethe_script module, int32_t dtype, int32_t device_type, int32_t device_index) {
  return guard([&] {
    if (device_type >= 0) module->value.to(device(device_type, device_index));
    if (dtype >= 0) module->value.to(static_cast<at::ScalarType>(dtype));
  });
}

int32_t lethe_script_new(const char* name, lethe_script* result) {
  return guard([&] {
    torch::jit::Module module{c10::QualifiedName("__torch__." + std::string(name))};
    if (!module.hasattr("training")) module.register_attribute("training", c10::BoolType::get(), true);
    *result = new lethe_script_s{module};
  });
}

int32_t lethe_script_add_parameter(lethe_script module, const char* name, lethe_tensor tensor) {
  return guard([&] { module->value.register_parameter(name, tensor->value, /*is_buffer=*/false); });
}

int32_t lethe_script_add_buffer(lethe_script module, const char* name, lethe_tensor tensor) {
  return guard([&] { module->value.register_buffer(name, tensor->value); });
}

int32_t lethe_script_add_module(lethe_script module, const char* name, lethe_script child) {
  return guard([&] { module->value.register_module(name, child->value); });
}

int32_t lethe_script_define(lethe_script module, const char* source) {
  return guard([&] { module->value.define(source); });
}

#include "workloads/onnx_import.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>

#include "workloads/error.h"
#include "workloads/onnx_module.h"

namespace ernsim::workloads {

namespace {

constexpr const char* module_name = "libernsim_onnx.so";

/// Beside the program or one folder up, as it is built; in lib/ beside the program's bin/, as it is installed; where
/// the system looks for libraries.
void* open_module() {
  const auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  for (const auto& place : {folder, folder / "..", folder / "../lib/ernsim"})
    if (std::filesystem::exists(place / module_name)) return ::dlopen((place / module_name).c_str(), RTLD_NOW);
  return ::dlopen(module_name, RTLD_NOW);
}

template <class Function>
Function* function(void* module, const char* name) {
  auto* const found = reinterpret_cast<Function*>(::dlsym(module, name));
  if (found == nullptr) throw WorkloadError(fmt::format("ONNX files cannot be read: {}", ::dlerror()));
  return found;
}

void* loaded_module() {
  void* const module = open_module();
  if (module == nullptr)
    throw WorkloadError(
        fmt::format("ONNX files cannot be read: {}; {} belongs beside the program or into ../lib/ernsim", ::dlerror(),
                    module_name));
  const std::string version = function<decltype(ernsim_onnx_version)>(module, "ernsim_onnx_version")();
  if (version != ERNSIM_VERSION)
    throw WorkloadError(fmt::format("ONNX files cannot be read: {} is of ernsim {}, the program of {}", module_name,
                                    version, ERNSIM_VERSION));
  return module;
}

void* module() {
  static void* const loaded = loaded_module();
  return loaded;
}

}  // namespace

ImportedNetwork import_onnx(const std::string& path) {
  ImportedNetwork made;
  function<decltype(ernsim_onnx_import)>(module(), "ernsim_onnx_import")(path, made);
  return made;
}

bool is_qonnx(const std::string& path) {
  return function<decltype(ernsim_onnx_is_qonnx)>(module(), "ernsim_onnx_is_qonnx")(path);
}

IntegerNetwork import_qonnx(const std::string& path, const QonnxOptions& options) {
  IntegerNetwork made;
  function<decltype(ernsim_onnx_import_qonnx)>(module(), "ernsim_onnx_import_qonnx")(path, options, made);
  return made;
}

std::string export_onnx(const ImportedNetwork& network) {
  static auto* const export_network = function<decltype(ernsim_onnx_export)>(module(), "ernsim_onnx_export");
  std::string bytes;
  export_network(network, bytes);
  return bytes;
}

}  // namespace ernsim::workloads

#include "workloads/onnx_import.h"

#include <fmt/format.h>

#include "config/loaded_module.h"
#include "config/parameter.h"
#include "workloads/error.h"
#include "workloads/onnx_module.h"

namespace ernsim::workloads {

namespace {

const LoadedModule& onnx_module() {
  static const LoadedModule module("libernsim_onnx.so", "ernsim_onnx_version");
  return module;
}

template <class Function>
Function* function(const char* name) try {
  return onnx_module().function<Function>(name);
} catch (const ConfigError& error) {
  throw WorkloadError(fmt::format("ONNX files cannot be read: {}", error.what()));
}

}  // namespace

ImportedNetwork import_onnx(const std::string& path) {
  ImportedNetwork made;
  function<decltype(ernsim_onnx_import)>("ernsim_onnx_import")(path, made);
  return made;
}

bool is_qonnx(const std::string& path) {
  return function<decltype(ernsim_onnx_is_qonnx)>("ernsim_onnx_is_qonnx")(path);
}

IntegerNetwork import_qonnx(const std::string& path, const QonnxOptions& options) {
  IntegerNetwork made;
  function<decltype(ernsim_onnx_import_qonnx)>("ernsim_onnx_import_qonnx")(path, options, made);
  return made;
}

std::string export_onnx(const ImportedNetwork& network) {
  std::string bytes;
  function<decltype(ernsim_onnx_export)>("ernsim_onnx_export")(network, bytes);
  return bytes;
}

}  // namespace ernsim::workloads

#pragma once

#include <string>

#include "workloads/onnx_import.h"

namespace ernsim::workloads {

// What the shared object `ernsim_onnx` offers: import_onnx() opens it when the first file is read, so that nothing else
// waits for ONNX's and Protobuf's libraries to be loaded.
extern "C" {
/// The ernsim it was built with: types are as in that one.
const char* ernsim_onnx_version();
/// As import_onnx().
void ernsim_onnx_import(const std::string& path, ImportedNetwork& made);
/// As export_onnx().
void ernsim_onnx_export(const ImportedNetwork& network, std::string& bytes);
}

}  // namespace ernsim::workloads

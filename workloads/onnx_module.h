#pragma once

#include <string>

#include "workloads/onnx_import.h"
#include "workloads/qonnx_import.h"

namespace ernsim::workloads {

// What the shared object `ernsim_onnx` offers: import_onnx() and import_qonnx() open it when the first file is read, so
// that nothing else waits for ONNX's and Protobuf's libraries to be loaded.
extern "C" {
/// The ernsim it was built with: types are as in that one.
const char* ernsim_onnx_version();
/// As import_onnx().
void ernsim_onnx_import(const std::string& path, ImportedNetwork& made);
/// As is_qonnx() and import_qonnx().
bool ernsim_onnx_is_qonnx(const std::string& path);
void ernsim_onnx_import_qonnx(const std::string& path, const QonnxOptions& options, IntegerNetwork& made);
/// As export_onnx().
void ernsim_onnx_export(const ImportedNetwork& network, std::string& bytes);
}

}  // namespace ernsim::workloads

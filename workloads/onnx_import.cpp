#include "workloads/onnx_import.h"

#include <fmt/format.h>

#include <filesystem>

#include "workloads/error.h"

namespace ernsim::workloads {

ImportedNetwork import_onnx(const std::string& path) {
  if (!std::filesystem::is_regular_file(path)) throw WorkloadError(fmt::format("{}: no such file", path));
  if (std::filesystem::file_size(path) == 0) throw WorkloadError(fmt::format("{}: the file is empty", path));
  throw WorkloadError(fmt::format("{}: version {} cannot read ONNX files; use a built-in network", path, ERNSIM_VERSION));
}

}  // namespace ernsim::workloads

#include "evaluation/dataset.h"

#include <fmt/format.h>

#include <filesystem>

#include "evaluation/array_dataset.h"
#include "evaluation/code_dataset.h"
#include "evaluation/file_dataset.h"
#include "workloads/error.h"

namespace ernsim::evaluation {

namespace fs = std::filesystem;

namespace {

void check_labels(const Dataset& data, const std::string& path, std::size_t classes) {
  if (data.size() == 0) throw workloads::WorkloadError(fmt::format("{}: holds no picture", path));
  for (std::size_t i = 0; i < data.size(); ++i)
    if (data.label(i) < 0 || static_cast<std::size_t>(data.label(i)) >= classes)
      throw workloads::WorkloadError(
          fmt::format("{}: label {}; the network has the classes 0 to {}", data.name(i), data.label(i), classes - 1));
}

}  // namespace

std::unique_ptr<Dataset> open_dataset(const std::string& path, const std::string& labels, std::size_t classes) {
  const fs::path file(path);
  const bool array = file.extension() == ".npy" || file.extension() == ".npz";
  if (!fs::exists(file)) throw workloads::WorkloadError(fmt::format("{}: no such folder or file", path));
  if (!labels.empty() && !array)
    throw workloads::WorkloadError("--labels belongs to arrays; other data have their own");
  std::unique_ptr<Dataset> data;
  if (fs::is_directory(file))
    data = std::make_unique<FileDataset>(files_of_folder(path));
  else if (array)
    data = std::make_unique<ArrayDataset>(path, labels);
  else if (file.extension() == ".csv")
    data = std::make_unique<FileDataset>(files_of_csv(path));
  else
    throw workloads::WorkloadError(fmt::format("{}: must be a folder, or a file .csv, .npy or .npz", path));
  check_labels(*data, path, classes);
  return data;
}

std::unique_ptr<Dataset> open_codes(const std::string& path, const std::string& labels, std::size_t classes,
                                    const workloads::Shape& shape) {
  const fs::path file(path);
  if (!fs::exists(file)) throw workloads::WorkloadError(fmt::format("{}: no such file", path));
  if (file.extension() != ".npy" && file.extension() != ".npz")
    throw workloads::WorkloadError(fmt::format("{}: the network reads codes, which are in a file .npy or .npz", path));
  auto data = std::make_unique<CodeDataset>(path, labels, shape);
  check_labels(*data, path, classes);
  return data;
}

}  // namespace ernsim::evaluation

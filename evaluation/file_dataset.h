#pragma once

#include <utility>

#include "evaluation/dataset.h"

namespace ernsim::evaluation {

struct LabelledFile {
  std::string path;
  int label = 0;
};

/// See open_dataset().
std::vector<LabelledFile> files_of_folder(const std::string& path);
std::vector<LabelledFile> files_of_csv(const std::string& path);

class FileDataset : public Dataset {
 public:
  explicit FileDataset(std::vector<LabelledFile> files) : files_(std::move(files)) {}

  std::size_t size() const override { return files_.size(); }
  int label(std::size_t index) const override { return files_[index].label; }
  std::string name(std::size_t index) const override { return files_[index].path; }
  workloads::Image load(std::size_t index) const override;
  /// Of names, sizes and times of change.
  std::uint64_t fingerprint() const override;

 private:
  std::vector<LabelledFile> files_;
};

}  // namespace ernsim::evaluation

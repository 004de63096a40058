#pragma once

#include "evaluation/array_file.h"
#include "evaluation/dataset.h"

namespace ernsim::evaluation {

/// See open_dataset().
class ArrayDataset : public Dataset {
 public:
  ArrayDataset(const std::string& path, const std::string& labels);

  std::size_t size() const override { return labels_.size(); }
  int label(std::size_t index) const override { return labels_[index]; }
  std::string name(std::size_t index) const override;
  workloads::Image load(std::size_t index) const override;
  std::uint64_t fingerprint() const override;

 private:
  std::size_t channels() const { return images_.shape.size() == 4 ? images_.shape[3] : 1; }
  std::size_t pixels() const { return images_.shape[1] * images_.shape[2]; }

  Array images_;
  std::vector<int> labels_;
};

}  // namespace ernsim::evaluation

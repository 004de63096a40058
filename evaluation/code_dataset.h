#pragma once

#include "evaluation/array_file.h"
#include "evaluation/dataset.h"

namespace ernsim::evaluation {

/// What a network that reads codes is evaluated on: one array of them, uint8 [N,C,H,W], and labels as open_dataset()
/// says.
class CodeDataset : public Dataset {
 public:
  CodeDataset(const std::string& path, const std::string& labels, const workloads::Shape& shape);

  std::size_t size() const override { return labels_.size(); }
  int label(std::size_t index) const override { return labels_[index]; }
  std::string name(std::size_t index) const override;
  workloads::Image load(std::size_t index) const override;
  std::uint64_t fingerprint() const override;

 private:
  Array codes_;
  std::vector<int> labels_;
  workloads::Shape shape_;
};

/// The codes of one frame, uint8 [C,H,W], of a .npy file. Throws WorkloadError if they have another shape, or are not 0
/// to 3.
workloads::Image load_codes(const std::string& path, const workloads::Shape& shape);

}  // namespace ernsim::evaluation

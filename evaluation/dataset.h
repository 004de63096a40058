#pragma once

#include <memory>
#include <string>
#include <vector>

#include "workloads/graph.h"

namespace ernsim::evaluation {

/// Pictures with labels, in an order that is theirs. Any thread may load any picture.
class Dataset {
 public:
  virtual ~Dataset() = default;
  virtual std::size_t size() const = 0;
  virtual int label(std::size_t index) const = 0;
  /// "cats/007.png", "images.npy[7]"
  virtual std::string name(std::size_t index) const = 0;
  /// As RGB. Throws WorkloadError for what is no picture.
  virtual workloads::Image load(std::size_t index) const = 0;
  /// Changes when the data do.
  virtual std::uint64_t fingerprint() const = 0;
};

/// A folder: a folder in it per class, in the order of their names' bytes, as torchvision's ImageFolder has it, with
/// pictures (.png .jpg .jpeg .ppm) at any depth. A .csv file: lines of file and label, files from the CSV's folder on.
/// A .npy file [N,H,W,C] or [N,H,W], uint8, C 1 or 3, with `labels`, another one; a .npz file with one such array and
/// one of N whole numbers. Labels are 0 to `classes` - 1. Throws WorkloadError otherwise.
std::unique_ptr<Dataset> open_dataset(const std::string& path, const std::string& labels, std::size_t classes);

/// For a network that reads codes of that shape: arrays uint8 [N,C,H,W].
std::unique_ptr<Dataset> open_codes(const std::string& path, const std::string& labels, std::size_t classes,
                                    const workloads::Shape& shape);

}  // namespace ernsim::evaluation

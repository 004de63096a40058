#pragma once

#include <string>
#include <vector>

#include "evaluation/array_file.h"

namespace ernsim::evaluation {

/// Logits that a framework gave for the same pictures, and where these here part from them. Whatever the order in which
/// pictures are compared, the result is the same.
class ReferenceLogits {
 public:
  /// A .npy file [N,classes], N at least `images`. Throws WorkloadError otherwise.
  ReferenceLogits(const std::string& path, std::size_t images, std::size_t classes);

  void compare(std::size_t index, const std::vector<double>& logits);

  struct Worst {
    double difference = 0;
    std::size_t image = 0, class_number = 0;
    double here = 0, there = 0;
  };
  /// The first picture with it, if several have.
  const Worst& worst() const { return worst_; }
  /// Pictures with another prediction, in order.
  std::vector<std::size_t> other_predictions() const;
  std::size_t prediction(std::size_t image) const;
  std::int64_t equal() const { return equal_; }  ///< pictures with its logits, but for a millionth of the largest

 private:
  double logit(std::size_t image, std::size_t class_number) const {
    return array_.number(image * array_.shape[1] + class_number);
  }

  Array array_;
  Worst worst_;
  std::int64_t equal_ = 0;
  std::vector<std::size_t> other_;
};

}  // namespace ernsim::evaluation

#pragma once

#include "evaluation/executor.h"

namespace ernsim::evaluation {

/// Logits of an outcome, of `views` pictures whose logits are averaged.
std::vector<double> logits_of(const PreparedNetwork& network, const Outcome& outcome, std::size_t views);

/// How many logits are larger than that of a class, or as large and of a lower class: 0 if it is the prediction.
std::size_t rank_of(const std::vector<double>& logits, std::size_t class_number);
std::size_t prediction_of(const std::vector<double>& logits);

/// Counts alone, so that no order of adding matters.
class Scores {
 public:
  Scores(std::size_t classes, std::size_t nodes)
      : confusion_(classes, std::vector<std::int64_t>(classes)), overflows_(nodes) {}

  void add(int label, const std::vector<double>& logits, const Outcome& outcome);

  std::int64_t images() const { return images_; }
  std::int64_t top1() const { return top1_; }
  std::int64_t top5() const { return top5_; }
  /// [label][prediction]
  const std::vector<std::vector<std::int64_t>>& confusion() const { return confusion_; }
  /// [node]
  const std::vector<std::int64_t>& overflows() const { return overflows_; }

 private:
  std::int64_t images_ = 0, top1_ = 0, top5_ = 0;
  std::vector<std::vector<std::int64_t>> confusion_;
  std::vector<std::int64_t> overflows_;
};

}  // namespace ernsim::evaluation

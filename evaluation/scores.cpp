#include "evaluation/scores.h"

#include <algorithm>

namespace ernsim::evaluation {

std::vector<double> logits_of(const PreparedNetwork& network, const Outcome& outcome, std::size_t views) {
  std::vector<double> logits = network.logit_scale();
  const auto averaged = static_cast<double>(network.pooled_pixels() * views);
  for (std::size_t c = 0; c < logits.size(); ++c)
    logits[c] = logits[c] * static_cast<double>(outcome.class_sums[c]) / averaged;
  return logits;
}

std::size_t rank_of(const std::vector<double>& logits, std::size_t class_number) {
  std::size_t rank = 0;
  for (std::size_t c = 0; c < logits.size(); ++c)
    if (logits[c] > logits[class_number] || (c < class_number && logits[c] == logits[class_number])) ++rank;
  return rank;
}

std::size_t prediction_of(const std::vector<double>& logits) {
  return static_cast<std::size_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

void Scores::add(int label, const std::vector<double>& logits, const Outcome& outcome) {
  const auto truth = static_cast<std::size_t>(label);
  const std::size_t rank = rank_of(logits, truth);
  ++images_;
  top1_ += rank == 0 ? 1 : 0;
  top5_ += rank < 5 ? 1 : 0;
  ++confusion_[truth][prediction_of(logits)];
  for (std::size_t n = 0; n < overflows_.size(); ++n) overflows_[n] += outcome.overflows[n];
}

}  // namespace ernsim::evaluation

#include "evaluation/reference_logits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "evaluation/scores.h"
#include "workloads/error.h"

namespace ernsim::evaluation {

namespace {

constexpr double alike = 1e-6;  ///< of the largest logit: what single precision leaves of the scales

}  // namespace

ReferenceLogits::ReferenceLogits(const std::string& path, std::size_t images, std::size_t classes) {
  const auto arrays = load_arrays(path);
  const auto refuse = [&](const std::string& found) {
    throw workloads::WorkloadError(
        fmt::format("{}: {}, must be one array [{} or more,{}]", path, found, images, classes));
  };
  if (arrays.size() != 1) refuse(fmt::format("{} arrays", arrays.size()));
  array_ = arrays.front();
  if (array_.shape.size() != 2 || array_.shape[0] < images || array_.shape[1] != classes) refuse(array_.shape_text());
}

std::size_t ReferenceLogits::prediction(std::size_t image) const {
  std::vector<double> logits;
  for (std::size_t c = 0; c < array_.shape[1]; ++c) logits.push_back(logit(image, c));
  return prediction_of(logits);
}

void ReferenceLogits::compare(std::size_t index, const std::vector<double>& logits) {
  const double largest = std::abs(
      *std::max_element(logits.begin(), logits.end(), [](double a, double b) { return std::abs(a) < std::abs(b); }));
  bool same = true;
  for (std::size_t c = 0; c < logits.size(); ++c) {
    const double there = logit(index, c);
    const double apart = std::abs(logits[c] - there);
    const double difference = std::isfinite(apart) ? apart : std::numeric_limits<double>::infinity();
    same = same && difference <= alike * largest;
    const bool worse = difference > worst_.difference;
    const bool earlier = difference == worst_.difference && difference > 0 &&
                         std::tie(index, c) < std::tie(worst_.image, worst_.class_number);
    if (worse || earlier) worst_ = {difference, index, c, logits[c], there};
  }
  equal_ += same ? 1 : 0;
  if (prediction(index) != prediction_of(logits)) other_.push_back(index);
}

std::vector<std::size_t> ReferenceLogits::other_predictions() const {
  auto sorted = other_;
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

}  // namespace ernsim::evaluation

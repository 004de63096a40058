#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "sweep/accuracy_plan.h"

namespace ernsim {

/// One evaluation that came to its end.
struct FinishedEvaluation {
  std::string network, input_size;
  int accumulator_bits = 0;
  std::size_t right = 0, pictures = 0;
};

/// Evaluations that came to their ends, in a CSV file that is replaced as a whole, so that none is made twice. A line
/// that is not what was written does not count.
class EvaluationLog {
 public:
  /// Throws UserError if there is such a file, and it is something else.
  explicit EvaluationLog(std::string path);

  /// That of everything the fingerprint is of; null if there is none.
  const FinishedEvaluation* find(std::uint64_t fingerprint) const;
  void add(std::uint64_t fingerprint, FinishedEvaluation finished);

 private:
  std::string path_;
  std::map<std::string, FinishedEvaluation> finished_;  ///< by fingerprint
};

}  // namespace ernsim

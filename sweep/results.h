#pragma once

#include <string>
#include <vector>

#include "sweep/front.h"
#include "sweep/reading.h"

namespace ernsim {

/// What is said of a sweep when it ends, in three forms; points stand in the order of best_first().
class SweepResults {
 public:
  SweepResults(SweepReading sweep, SweepGoals goals);

  /// A line per point.
  std::string csv() const;
  /// How far the sweep has come, the answer, all points, and the numbers of those of the fronts.
  std::string json() const;
  /// For a terminal: the answer and the front of each network and input size; `database` is the name of the file.
  std::string summary(const std::string& database) const;

 private:
  std::string section(const SweepGroup& group) const;

  SweepReading sweep_;
  SweepGoals goals_;
  std::vector<Standing> standings_;
  std::vector<std::size_t> order_;
};

}  // namespace ernsim

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sweep/points.h"

namespace ernsim {

/// What became of a point.
struct SweepRow {
  std::size_t number = 0;
  SweepPoint point;
  std::string reason;                ///< why it was not simulated; empty if it was
  std::vector<double> figures;       ///< in the order of figure_names(), NaN where it is not known; empty if none is
  std::string notes = {};            ///< what a run of it would note, separated by "; "
  std::string limited_by = {};       ///< what the array waited for: "lanes 12.3%, weights 5.8%"; empty if not simulated
  std::string accuracy_source = {};  ///< of SweepAccuracy; empty if nothing was said of the network's accuracy
};

/// The settings as the database has them, separated by blanks.
std::string settings_text(const SweepPoint& point);

/// What the column `sum` has: XXH3 over the row's other columns. `texts`: network to accuracy_source. A figure that is
/// NaN is NULL there.
std::string sum_of(std::int64_t number, const std::vector<std::string>& texts, const std::vector<double>& figures);
std::string sum_of(const SweepRow& row);

}  // namespace ernsim

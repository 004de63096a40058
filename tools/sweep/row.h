#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/sweep/points.h"

namespace ernsim::tools {

/// What became of a point.
struct SweepRow {
  std::size_t number = 0;
  SweepPoint point;
  std::string reason;           ///< why it could not be simulated; empty if it was
  std::vector<double> figures;  ///< in the order of figure_names(); empty if it was not
};

/// The settings as the database has them, separated by blanks.
std::string settings_text(const SweepPoint& point);

/// What the column `sum` has: XXH3 over the row's other columns. `texts`: network to reason.
std::string sum_of(std::int64_t number, const std::vector<std::string>& texts, const std::vector<double>& figures);
std::string sum_of(const SweepRow& row);

}  // namespace ernsim::tools

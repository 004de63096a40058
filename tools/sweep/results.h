#pragma once

#include <string>
#include <vector>

#include "tools/sweep/row.h"

namespace ernsim::tools {

/// The best points of one network at one input size: those that keep the constraints and that no other such point of
/// that network and size beats.
struct SweepFront {
  std::string network, input_size;
  std::vector<SweepRow> rows;
};

/// A front per network and input size, in the sweep file's order.
std::vector<SweepFront> fronts_of(const SweepDefinition& definition, const std::vector<SweepRow>& rows);

/// A line per point.
std::string sweep_csv(const std::vector<SweepRow>& rows);

/// All points, and the numbers of those of the fronts.
std::string sweep_json(const std::vector<SweepRow>& rows, const std::vector<SweepFront>& fronts);

/// What is printed at the end of a sweep; `database` is the name of its file.
std::string sweep_summary(const SweepDefinition& definition, const std::vector<SweepRow>& rows,
                          const std::vector<SweepFront>& fronts, const std::string& database);

}  // namespace ernsim::tools

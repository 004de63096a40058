#pragma once

#include <string>
#include <vector>

#include "tools/sweep_database.h"

namespace ernsim::tools {

/// The best points: those that keep the constraints and that no other such point beats.
std::vector<SweepRow> best(const SweepDefinition& definition, const std::vector<SweepRow>& rows);

/// A line per point.
std::string sweep_csv(const std::vector<SweepRow>& rows);

/// All points, and the numbers of those of the front.
std::string sweep_json(const std::vector<SweepRow>& rows, const std::vector<SweepRow>& front);

/// What is printed at the end of a sweep; `database` is the name of its file.
std::string sweep_summary(const SweepDefinition& definition, const std::vector<SweepRow>& rows,
                          const std::vector<SweepRow>& front, const std::string& database);

}  // namespace ernsim::tools

#pragma once

#include <string>

#include "report/run_diff.h"

namespace ernsim {

/// For people: what differs, the largest changes first, and how much is the same.
std::string diff_table(const RunDiff& diff);

}  // namespace ernsim

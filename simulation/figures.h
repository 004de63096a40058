#pragma once

#include <string>
#include <vector>

#include "models/platform/platform_config.h"
#include "simulation/run_report.h"

namespace ernsim {

/// What a share is when the device has none of what is needed.
inline constexpr double none_there = 1e9;

/// A number that a run says of its network and platform: a key of its JSON, a column of a sweep's database, and what
/// constraints and objectives speak of.
struct Figure {
  const char* name;
  const char* unit;                    ///< "1" for a ratio
  const char* meaning;                 ///< one line
  const char* in_run;                  ///< where a run's JSON has it, as a JSON pointer; "": nowhere
  int digits;                          ///< behind the point in a run's JSON
  bool known_before;                   ///< without a simulation: `of` looks at nothing that report_before() leaves out
  bool may_be_unknown;                 ///< NaN though it was simulated
  double (*of)(const RunReport& run);  ///< NaN: not known
};

/// All of them, in the order in which they are listed. A new one is a line in figures.cpp.
const std::vector<Figure>& figures();

/// Throws ConfigError, naming the nearest one, if there is no figure of that name.
const Figure& figure(const std::string& name);

/// What is known of a platform before anything is simulated; `accumulator_bits_needed` are those of the network.
RunReport report_before(const PlatformConfig& platform, int accumulator_bits_needed);

}  // namespace ernsim

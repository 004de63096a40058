#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "models/dram/traffic.h"

namespace ernsim {

/// A synthetic case and the fraction of peak bandwidth that public simulators have for it, with this model's
/// parameters.
struct AgreementCase {
  const char* name;
  AddressMapping mapping;
  TrafficPattern pattern;
  std::array<double, 3> tools;  ///< DRAMSys 5.1, Ramulator 2.1, DRAMsim3

  double low() const { return std::min({tools[0], tools[1], tools[2]}) - margin; }
  double high() const { return std::max({tools[0], tools[1], tools[2]}) + margin; }

 private:
  static constexpr double margin = 0.015;  ///< a fraction may lie this far outside the span of the three
};

/// The cases on the generic x8 part, `requests` each.
std::vector<AgreementCase> agreement_cases(std::int64_t requests);

/// What a controller made of a pattern.
struct TrafficOutcome {
  double bandwidth_fraction = 0;  ///< of one access every four cycles
  double average_latency_ns = 0;  ///< from submission to the end of the data
};

TrafficOutcome measure(const DramConfig& config, const TrafficPattern& pattern);

}  // namespace ernsim

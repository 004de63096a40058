#pragma once

#include <vector>

#include "models/dram/traffic.h"

namespace ernsim {

/// A synthetic case and the fraction of peak bandwidth that public simulators give for it on an x8 DDR4-2400 part.
struct AgreementCase {
  const char* name;
  AddressMapping mapping;
  TrafficPattern pattern;
  const char* dramsys;    ///< DRAMSys 5.1, as published for the comparison; empty: not measured
  const char* ramulator;  ///< Ramulator 2.1
  const char* dramsim;    ///< DRAMsim3
  double low, high;       ///< span of the three
};

/// Fractions may lie this far outside the span.
inline constexpr double agreement_margin = 0.03;

/// The cases on the generic x8 part, `requests` each.
std::vector<AgreementCase> agreement_cases(std::int64_t requests);

/// What a controller made of a pattern.
struct TrafficOutcome {
  double bandwidth_fraction = 0;  ///< of one access every four cycles
  double average_latency_ns = 0;  ///< from submission to the end of the data
};

TrafficOutcome measure(const DramConfig& config, const TrafficPattern& pattern);

}  // namespace ernsim

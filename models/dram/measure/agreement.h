#pragma once

#include <array>
#include <string>
#include <vector>

#include "models/dram/measure/traffic.h"

namespace ernsim {

/// A synthetic case, what public simulators have for it, and what follows from the part's timing.
struct AgreementCase {
  std::string name;
  std::vector<AddressMapping> mappings;  ///< the best of them counts
  TrafficPattern pattern;
  std::array<double, 3> tools{};  ///< fraction of peak of DRAMSys 5.1, Ramulator 2.1 and DRAMsim3; 0: not known
  double closed_form = 0;         ///< fraction of peak; of random traffic an upper bound
  double low = 0, high = 1;       ///< what is allowed: of the tools if known, else of the closed form

  bool within(double fraction) const { return fraction >= low && fraction <= high; }
};

/// The cases on one rank of a built-in part, `requests` each.
std::vector<AgreementCase> agreement_cases(const DramConfig& config, std::int64_t requests);

/// What a controller made of a pattern.
struct TrafficOutcome {
  double bandwidth_fraction = 0;  ///< of one burst after the other
  double average_latency_ns = 0;  ///< from submission to the end of the data
  double group = 0;               ///< column accesses between two changes of direction
};

TrafficOutcome measure(const DramConfig& config, const TrafficPattern& pattern);
/// With the mapping of the case that gives the highest bandwidth.
TrafficOutcome measure(const DramConfig& config, const AgreementCase& each);

/// Mean latency of reads of which one is outstanding at a time.
double single_read_ns(const DramConfig& config, TrafficPattern::Addresses addresses, std::int64_t requests);

}  // namespace ernsim

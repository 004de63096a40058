#pragma once

#include <string>

#include "config/parameter.h"
#include "timing/clock.h"

namespace ernsim {

enum class TrafficAddresses {
  linear,   ///< one burst behind the other
  random,   ///< any burst of the range
  strided,  ///< steps of `stride_bytes`; each pass over the range begins a burst further on
};

/// A camera, a display, a processor: somebody else who uses the memory.
struct TrafficConfig {
  std::string name;
  double rate_mb_s = 0;
  std::int64_t burst_bytes = 64;
  TrafficAddresses pattern = TrafficAddresses::linear;
  std::int64_t stride_bytes = 4096;
  double write_fraction = 0;
  std::int64_t address = 0x4000'0000;
  std::int64_t range_bytes = 8 << 20;
  std::int64_t outstanding = 8;
  std::int64_t priority = 0;
  double clock_mhz = 250;
  std::int64_t seed = 1;

  /// The clock of its port, its period rounded to a whole number of picoseconds.
  Clock clock() const;
};

/// Throws ConfigError if it does not fit into itself, or into a memory of `memory_bytes`.
void validate(const TrafficConfig& config, std::uint64_t memory_bytes);

template <class Config, class Visitor>
void visit_traffic(Config& c, Visitor&& visit) {
  const char* choice = "the user's: what the platform's other parts need";
  visit(ParameterInfo{"rate_mb_s", "MB/s", 0, 100'000, "bytes it wants to move, in 10^6 a second; 0: none", choice},
        c.rate_mb_s);
  visit(ParameterInfo{"burst_bytes", "bytes", 1, 4096, "bytes of a burst", choice}, c.burst_bytes);
  visit(ParameterInfo{"pattern", "", 0, 0, "order of its addresses", choice}, c.pattern,
        EnumNames<TrafficAddresses>{{"linear", TrafficAddresses::linear},
                                    {"random", TrafficAddresses::random},
                                    {"strided", TrafficAddresses::strided}});
  visit(ParameterInfo{"stride_bytes", "bytes", 1, 1 << 30, "distance of consecutive bursts with pattern = strided",
                      choice},
        c.stride_bytes);
  visit(ParameterInfo{"write_fraction", "", 0, 1, "bursts that write, evenly spread; the others read", choice},
        c.write_fraction);
  visit(ParameterInfo{"address", "", 0, 1e12, "first byte of its range", choice}, c.address);
  visit(ParameterInfo{"range_bytes", "bytes", 1, 1e12, "length of its range", choice}, c.range_bytes);
  visit(ParameterInfo{"outstanding", "bursts", 1, 256, "bursts under way at most", choice}, c.outstanding);
  visit(ParameterInfo{"priority", "", 0, 7, "at the memory controller, the larger goes first; see dram.port_priority",
                      choice},
        c.priority);
  visit(ParameterInfo{"clock_mhz", "MHz", 1, 2000, "clock of its port, which begins a burst a cycle at most", "guess"},
        c.clock_mhz);
  visit(ParameterInfo{"seed", "", 0, 1e9, "of random addresses, with the name", choice}, c.seed);
}

}  // namespace ernsim

#pragma once

#include <array>
#include <string>
#include <vector>

#include "models/platform/platform_config.h"
#include "simulation/published.h"

namespace ernsim {

/// One network to be timed, in a process of its own.
struct TimingJob {
  PlatformConfig platform;
  std::string network;
  std::string stem = "released";
  int side = 256;  ///< of the square input
};

/// Simulated time of a frame.
struct Timing {
  double accelerator_ms = 0;
  double host_ms = 0;
  double ms() const { return accelerator_ms + host_ms; }
};

/// Simulates all jobs, timing only, on all cores.
std::vector<Timing> time_all(const std::vector<TimingJob>& jobs);

/// The two free constants, everything else as in the platform they belong to.
struct Constants {
  double clock_mhz = 0;
  double pooling_ns_per_value = 0;
};

PlatformConfig with(const PlatformConfig& platform, const Constants& constants);

/// Fits both constants so that the two fitted networks take their published time: the clock by their difference, the
/// host's pooling by what is left. Throws std::runtime_error if no clock from 50 to 500 MHz does.
Constants fit(const PlatformConfig& platform, const std::string& stem);

/// Simulated time of the five published networks.
std::array<Timing, published_latencies.size()> predict(const PlatformConfig& platform, const std::string& stem);

/// Relative error against the published latency, per network.
std::array<double, published_latencies.size()> errors(const std::array<Timing, published_latencies.size()>& timings);

}  // namespace ernsim

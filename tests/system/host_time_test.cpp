#include <catch2/catch.hpp>

#include "simulation/calibration.h"

// What the host takes for a frame. Each run has a process of its own.

using namespace ernsim;

TEST_CASE("the host's time does not depend on the channels of a block") {
  std::vector<TimingJob> jobs;
  for (const std::int64_t block : {16, 32, 64}) {
    PlatformConfig platform;
    platform.accelerator.convolution.block_channels = block;
    jobs.push_back({platform, "ERNs18x075", "released", 64});
  }
  const auto timings = time_all(jobs);
  CHECK(timings[0].host_ms == timings[1].host_ms);
  CHECK(timings[0].host_ms == timings[2].host_ms);
}

TEST_CASE("pooling is charged for each value of a class, at the price given") {
  std::vector<TimingJob> jobs;
  for (const double price_ns : {0.0, 10.0}) {
    PlatformConfig platform;
    platform.host.pooling_ns_per_value = price_ns;
    jobs.push_back({platform, "ERNs18x075", "released", 64});
  }
  const auto timings = time_all(jobs);
  CHECK((timings[1].host_ms - timings[0].host_ms) * 1e6 == Approx(10 * 1000 * 2 * 2));  // 1,000 classes, 2x2 pixels
}

TEST_CASE("a frame costs the host three register accesses: the start, and two of the interrupt's handler") {
  std::vector<TimingJob> jobs;
  for (const double access_ns : {0.0, 1000.0}) {
    PlatformConfig platform;
    platform.host.register_access_ns = access_ns;
    jobs.push_back({platform, "ERNs18x075", "released", 64});
  }
  const auto timings = time_all(jobs);
  const double clock_ns = static_cast<double>(PlatformConfig().accelerator.clock().period_ps) / 1000;
  CHECK((timings[1].host_ms - timings[0].host_ms) * 1e6 == Approx(3000).margin(clock_ns));  // a start waits for an edge
}

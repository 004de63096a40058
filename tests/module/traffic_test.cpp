#include <catch2/catch.hpp>

#include "models/dram/dram_module.h"
#include "models/traffic/traffic_module.h"
#include "tests/support/checked_binding.h"
#include "tests/support/foreign_memory.h"
#include "timing/annotation.h"

// Sources of traffic on memories. Each test elaborates one model.

using namespace ernsim;

namespace {

constexpr Picoseconds us = 1'000'000;

TrafficConfig source(const char* name, double rate_mb_s, std::int64_t priority = 0) {
  TrafficConfig config;
  config.name = name;
  config.rate_mb_s = rate_mb_s;
  config.priority = priority;
  config.pattern = TrafficAddresses::random;
  config.write_fraction = 0.25;
  config.address = 0;
  config.outstanding = 16;
  return config;
}

/// Sources with priorities on one memory, each on a socket and a port of its own.
struct Bench {
  explicit Bench(const std::vector<TrafficConfig>& configs) : memory("memory", DramConfig{}, ports(configs)) {
    for (const TrafficConfig& each : configs) {
      sources.push_back(std::make_unique<TrafficGenerator>(each.name.c_str(), each));
      checked.bind(sources.back()->out.socket, memory.in[sources.size() - 1]->socket);
    }
  }
  static DramPorts ports(const std::vector<TrafficConfig>& configs) {
    DramPorts all(configs.size());
    for (std::size_t i = 0; i < configs.size(); ++i) all.priorities[i] = static_cast<int>(configs[i].priority);
    return all;
  }
  void run(Picoseconds time) {
    sc_core::sc_start(sc_core::sc_time(static_cast<double>(time), sc_core::SC_PS));
    checked.require_no_breach();
  }
  /// Share of its rate that a source has got.
  double share(std::size_t i, Picoseconds time) const {
    const TrafficProgress progress = sources[i]->progress(time);
    return static_cast<double>(progress.done) / static_cast<double>(progress.due);
  }
  Dram memory;
  std::vector<std::unique_ptr<TrafficGenerator>> sources;
  test::CheckedBindings checked;
};

}  // namespace

TEST_CASE("sources that leave the memory room keep their rates, and bytes add up") {
  Bench bench({source("camera", 500), source("display", 1000)});
  bench.run(100 * us);
  CHECK(bench.share(0, 100 * us) > 0.99);
  CHECK(bench.share(1, 100 * us) > 0.99);
  const DramStatistics all = bench.memory.controller().statistics();
  const PortBytes a = bench.memory.controller().port_bytes(0), b = bench.memory.controller().port_bytes(1);
  CHECK(all.read_bytes == a.read + b.read);
  CHECK(all.write_bytes == a.write + b.write);
  CHECK(std::abs(static_cast<double>(b.read + b.write) - 2.0 * static_cast<double>(a.read + a.write)) < 4096);
  CHECK(std::abs(static_cast<double>(a.read) - 3.0 * static_cast<double>(a.write)) < 1024);
}

TEST_CASE("of two sources that want more than there is each gets as much") {
  Bench bench({source("one", 20000), source("other", 20000)});
  bench.run(100 * us);
  CHECK(bench.share(0, 100 * us) < 0.45);
  CHECK(bench.share(0, 100 * us) == Approx(bench.share(1, 100 * us)).epsilon(0.02));
}

TEST_CASE("a source of higher priority is served before those that want all there is, and none starves") {
  TrafficConfig camera = source("camera", 6000, 1);
  camera.outstanding = 64;
  Bench bench({source("hog", 40000), camera, source("other_hog", 40000)});
  bench.run(100 * us);
  CHECK(bench.share(1, 100 * us) > 0.9);
  CHECK(bench.share(0, 100 * us) > 0.01);
  CHECK(bench.share(2, 100 * us) == Approx(bench.share(0, 100 * us)).epsilon(0.1));
}

TEST_CASE("without priority the same source falls behind") {
  Bench bench({source("hog", 40000), source("camera", 6000), source("other_hog", 40000)});
  bench.run(100 * us);
  CHECK(bench.share(1, 100 * us) < 0.5);
}

TEST_CASE("a source works on somebody else's memory") {
  test::ForeignMemory memory("memory", 1, 16 << 20, test::Answer::end_request_later, 3);
  TrafficGenerator generator("camera", source("camera", 300));
  test::CheckedBindings checked;
  checked.bind(generator.out.socket, *memory.in[0]);
  sc_core::sc_start(sc_core::sc_time(100, sc_core::SC_US));
  checked.require_no_breach();
  CHECK(memory.breaches == 0);
  CHECK(generator.progress(100 * us).done > 450);
}

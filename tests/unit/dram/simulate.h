#pragma once

#include <utility>
#include <vector>

#include "models/dram/dram_controller.h"
#include "models/dram/traffic.h"
#include "timing/engine.h"

namespace ernsim::test {

/// What a DRAM controller did with some traffic.
struct Outcome {
  std::vector<DramCommand> commands;
  std::vector<std::pair<DramRequest, Cycle>> completions;
  DramStatistics statistics;
  Cycle last_done = 0;
  Cycle max_latency = 0;
  double average_latency_ns = 0;
  bool finished = false;

  /// Of the peak of one access every four cycles.
  double bandwidth_fraction() const {
    return static_cast<double>(completions.size()) * static_cast<double>(dram_burst_cycles) /
           static_cast<double>(last_done);
  }
};

enum class Order { traffic_first, controller_first };

/// Runs until all requests are done or nothing more can happen.
inline Outcome simulate(const DramConfig& config, const TrafficPattern& pattern, EngineKind kind = EngineKind::leap,
                        Order order = Order::traffic_first) {
  Outcome outcome;
  Traffic traffic(config, pattern);
  DramController controller(config, traffic);
  traffic.connect(controller);
  controller.command_log = [&](const DramCommand& c) { outcome.commands.push_back(c); };
  traffic.on_completed = [&](const DramRequest& r, Cycle done) { outcome.completions.emplace_back(r, done); };
  Engine engine(kind);
  if (order == Order::traffic_first) engine.add(traffic);
  engine.add(controller);
  if (order == Order::controller_first) engine.add(traffic);
  const Picoseconds limit = (10'000 + 1'000 * pattern.requests) * dram_clock(config).period_ps;
  for (Picoseconds now = 0; now != never && now < limit && !traffic.finished(); now = engine.next_ps(now))
    engine.evaluate(now);
  outcome.statistics = controller.statistics();
  outcome.last_done = traffic.last_done();
  outcome.max_latency = traffic.max_latency();
  outcome.average_latency_ns = static_cast<double>(traffic.total_latency()) / static_cast<double>(pattern.requests) *
                               static_cast<double>(dram_clock(config).period_ps) / 1000.0;
  outcome.finished = traffic.finished();
  return outcome;
}

inline std::vector<DramConfig> all_policies() {
  std::vector<DramConfig> configs;
  for (const auto part : {DramPart::kv260_x16, DramPart::generic_x8})
    for (const auto page : {PagePolicy::open, PagePolicy::closed})
      for (const auto scheduler : {DramScheduler::fcfs, DramScheduler::fr_fcfs})
        for (const auto mapping : {AddressMapping::row_bank_column, AddressMapping::row_column_bank,
                                   AddressMapping::row_bank_column_bank_group})
          configs.push_back({part, page, scheduler, mapping, 32, true});
  return configs;
}

/// Mixed traffic with gaps over so few rows that hits, conflicts and repeated addresses are all common.
inline TrafficPattern mixed_traffic(std::uint64_t seed, std::int64_t requests) {
  TrafficPattern p;
  p.addresses = TrafficPattern::Addresses::random;
  p.direction = TrafficPattern::Direction::random_half;
  p.requests = requests;
  p.bytes = seed % 2 == 0 ? 1u << 12 : 1u << 20;
  p.max_gap = static_cast<Cycle>(seed % 3 * 12);
  p.seed = seed;
  return p;
}

}  // namespace ernsim::test

#pragma once

#include <map>
#include <utility>
#include <vector>

#include "models/dram/measure/traffic.h"

namespace ernsim::test {

/// What a DRAM channel did with some traffic.
struct Outcome : DramCommandObserver, TrafficObserver {
  std::vector<DramCommand> commands;
  std::map<std::uint64_t, std::pair<DramRequest, Cycle>> requests;  ///< by tag, with the cycle it was visible from
  std::vector<DramCompletion> completions;
  DramStatistics statistics;
  Cycle last_done = 0;
  Cycle max_latency = 0;
  bool finished = false;

  void dram_command(const DramCommand& command) override { commands.push_back(command); }
  void submitted(const DramRequest& request, Cycle visible) override { requests[request.tag] = {request, visible}; }
  void completed(const DramCompletion& completion) override { completions.push_back(completion); }
};

/// Which cycles are gone through: those that the channel and the port ask for, or all.
enum class Cycles { asked_for, all };

/// Runs until all requests are done or nothing more can happen.
inline Outcome simulate(const DramConfig& config, const TrafficPattern& pattern, Cycles cycles = Cycles::asked_for) {
  Outcome outcome;
  Traffic traffic(config, pattern);
  traffic.channel().show_commands(&outcome);
  traffic.show(&outcome);
  const Cycle limit = 10'000 + 1'000 * pattern.requests;
  for (Cycle now = 0; now < limit && !traffic.finished();) {
    const Cycle next = traffic.serve(now);
    now = cycles == Cycles::all ? now + 1 : next;
  }
  outcome.statistics = traffic.channel().statistics();
  outcome.last_done = traffic.last_done();
  outcome.max_latency = traffic.max_latency();
  outcome.finished = traffic.finished();
  return outcome;
}

inline DramConfig configured(const char* part, PagePolicy page, DramScheduler scheduler, AddressMapping mapping) {
  DramConfig config;
  config.part = dram_part(part);
  config.page_policy = page;
  config.scheduler = scheduler;
  config.mapping = mapping;
  return config;
}

/// Every built-in part with one and two ranks, and with refresh of one bank at a time where the part knows it.
inline std::vector<DramConfig> all_parts() {
  std::vector<DramConfig> configs;
  for (const std::string& name : dram_part_names())
    for (const std::int64_t ranks : {1, 2})
      for (const RefreshMode mode : {RefreshMode::all_banks, RefreshMode::per_bank}) {
        DramConfig config;
        config.part = dram_part(name);
        config.ranks = ranks;
        config.refresh_mode = mode;
        config.mapping = AddressMapping::row_column_bank;
        if (mode == RefreshMode::all_banks || config.part.delay(DramDelayId::tRFCpb).clocks > 0)
          configs.push_back(config);
      }
  return configs;
}

inline std::vector<DramConfig> all_policies() {
  std::vector<DramConfig> configs;
  for (const char* part : {"kv260_x16", "generic_x8"})
    for (const auto page : {PagePolicy::open, PagePolicy::closed})
      for (const auto scheduler : {DramScheduler::fcfs, DramScheduler::fr_fcfs})
        for (const auto mapping : {AddressMapping::row_bank_column, AddressMapping::row_column_bank,
                                   AddressMapping::row_bank_column_bank_group})
          configs.push_back(configured(part, page, scheduler, mapping));
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

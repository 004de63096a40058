#include "models/dram/dram_timing.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace ernsim {

namespace {

using Id = DramDelayId;

int bits(std::int64_t power_of_two) {
  int count = 0;
  while (std::int64_t{1} << count < power_of_two) ++count;
  return count;
}

/// Distances of the part in clocks, as JEDEC counts them.
class Clocks {
 public:
  explicit Clocks(const DramConfig& config) : config_(config) {}

  /// JESD79-4: nanoseconds are rounded up, but for the last 2.5 % of a clock.
  Cycle operator()(Id id) const {
    const double set_ns = config_.delays_ns[id];
    const DramPart::Delay& delay = config_.part.delay(id);
    if (set_ns > 0) return from_ns(set_ns);
    return std::max<Cycle>(delay.clocks, from_ns(delay.ns));
  }
  /// `other` stands for a distance the part does not give.
  Cycle operator()(Id id, Id other) const {
    const Cycle own = (*this)(id);
    return own > 0 ? own : (*this)(other);
  }

 private:
  Cycle from_ns(double ns) const {
    return static_cast<Cycle>(std::ceil(ns * 1000 / static_cast<double>(config_.part.clock_ps) - 0.025));
  }
  const DramConfig& config_;
};

/// Two beats a clock; LPDDR5: WCK has four clocks in one of CK.
Cycle burst_clocks(const DramPart& part) {
  return std::max<Cycle>(1, part.burst_length / (part.standard == DramStandard::lpddr5 ? 8 : 2));
}

void set_geometry(const DramPart& part, const DramConfig& config, DramTiming& t) {
  t.clock = Clock{part.clock_ps};
  t.burst = burst_clocks(part);
  t.access_bytes = static_cast<std::uint64_t>(dram_access_bytes(config));
  t.bank_group_bits = bits(part.bank_groups);
  t.bank_bits = bits(part.banks_per_group);
  t.rank_bits = bits(config.ranks);
  t.row_bits = bits(part.rows);
  t.access_bits = bits(part.columns / part.burst_length);
  t.activate_length = part.activate_clocks;
  t.column_length = part.column_clocks;
  t.precharge_length = part.precharge_clocks;
  t.refresh_length = part.refresh_clocks;
}

void set_columns(const DramPart& part, const Clocks& clocks, DramTiming& t) {
  const Cycle cl = clocks(Id::CL) + clocks(Id::tDQSCK), cwl = clocks(Id::CWL);
  const bool lpddr4 = part.standard == DramStandard::lpddr4;
  const Cycle to_strobe = lpddr4 ? 1 : 0;  // tDQSS
  const Cycle longest_burst = part.standard == DramStandard::lpddr5 && part.bank_groups > 1 ? 2 * t.burst : t.burst;
  const Cycle later = t.column_length - 1;
  t.read_latency = later + cl + t.burst;
  t.write_latency = later + cwl + t.burst;
  t.ccd_s = std::max(clocks(Id::tCCD_S), t.burst);
  t.ccd_l = std::max(clocks(Id::tCCD_L, Id::tCCD_S), t.ccd_s);
  t.read_to_write = std::max(cl + t.burst + clocks(Id::tRTW) - cwl, t.column_length);
  t.write_to_read_s = cwl + to_strobe + t.burst + clocks(Id::tWTR_S);
  t.write_to_read_l = std::max(cwl + to_strobe + longest_burst + clocks(Id::tWTR_L, Id::tWTR_S), t.write_to_read_s);
  const Cycle to_precharge = t.column_length - t.precharge_length;
  t.read_to_precharge = clocks(Id::tRTP) + to_precharge + (lpddr4 ? t.burst - 8 : 0);
  t.write_to_precharge = cwl + to_strobe + t.burst + clocks(Id::tWR) + to_precharge;
  const Cycle change = clocks(Id::tRTRS);
  t.rank_read_to_read = t.rank_write_to_write = t.burst + change;
  t.rank_read_to_write = t.read_to_write;
  t.rank_write_to_read = std::max(cwl + t.burst + change - cl, t.column_length);
}

void set_rows(const Clocks& clocks, DramTiming& t) {
  const Cycle act = t.activate_length, pre = t.precharge_length, ref = t.refresh_length;
  t.activate_to_column = clocks(Id::tRCD) + act - t.column_length;
  t.activate_to_precharge = clocks(Id::tRAS) + act - pre;
  t.activate_to_activate = clocks(Id::tRC);
  t.rrd_s = clocks(Id::tRRD_S);
  t.rrd_l = std::max(clocks(Id::tRRD_L, Id::tRRD_S), t.rrd_s);
  t.faw = clocks(Id::tFAW);
  t.precharge_to_activate = clocks(Id::tRP) + pre - act;
  t.precharge_to_precharge = std::max(clocks(Id::tPPD), pre);
  t.precharge_to_refresh = clocks(Id::tRP) + pre - ref;
  t.precharge_all_to_activate = clocks(Id::tRPab, Id::tRP) + pre - act;
  t.precharge_all_to_refresh = clocks(Id::tRPab, Id::tRP) + pre - ref;
  t.activate_to_refresh = clocks(Id::tRC) + act - ref;
  t.refresh_to_activate = clocks(Id::tRFC) + ref - act;
  t.refresh_to_refresh = clocks(Id::tRFC);
  t.bank_refresh_to_activate = clocks(Id::tRFCpb) + ref - act;
  t.bank_refresh_to_refresh = clocks(Id::tRFCpb);
  t.refresh_interval = clocks(Id::tREFI);
}

}  // namespace

DramTiming dram_timing(const DramConfig& config) {
  DramTiming t;
  const Clocks clocks(config);
  set_geometry(config.part, config, t);
  set_columns(config.part, clocks, t);
  set_rows(clocks, t);
  if (config.refresh_mode == RefreshMode::per_bank && t.bank_refresh_to_refresh == 0)
    throw ConfigError("dram.refresh_mode = per_bank: part " + config.part.name + " has no tRFCpb");
  const Cycle least = config.refresh_mode == RefreshMode::per_bank ? t.banks() * t.bank_refresh_to_refresh + 1
                                                                   : 2 * t.refresh_to_refresh;
  if (config.refresh && t.refresh_interval < least)
    throw ConfigError("part " + config.part.name + ": tREFI of " + std::to_string(t.refresh_interval) +
                      " clocks: must be at least " + std::to_string(least) + ", or nothing but refresh is done");
  return t;
}

Clock dram_clock(const DramConfig& config) { return Clock{config.part.clock_ps}; }

std::int64_t dram_access_bytes(const DramConfig& config) {
  return config.part.channel_bits / 8 * config.part.burst_length;
}

std::uint64_t dram_capacity_bytes(const DramConfig& config) {
  const DramPart& part = config.part;
  const std::int64_t words = config.ranks * part.bank_groups * part.banks_per_group * part.rows * part.columns;
  return static_cast<std::uint64_t>(config.channels * words * (part.channel_bits / 8));
}

double dram_peak_gb_s(const DramConfig& config) {
  return static_cast<double>(config.channels * dram_access_bytes(config)) * 1e3 /
         static_cast<double>(dram_burst_ps(config));
}

Picoseconds dram_burst_ps(const DramConfig& config) { return burst_clocks(config.part) * config.part.clock_ps; }

}  // namespace ernsim

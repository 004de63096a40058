#include "models/estimates/energy/energy.h"

#include <limits>

namespace ernsim {

double Energy::total_mj() const {
  double total = 0;
  for (const EnergyPart& part : parts) total += part.energy_mj();
  return total;
}

double Energy::group_mj(EnergyGroup group) const {
  double total = 0;
  for (const EnergyPart& part : parts)
    if (part.group == group) total += part.energy_mj();
  return total;
}

EnergyConfig known_prices(EnergyConfig prices, const DramConfig& dram, Device device) {
  const EnergyConfig defaults;
  const auto forget = [&](double EnergyConfig::*price) {
    if (prices.*price == defaults.*price) prices.*price = std::numeric_limits<double>::quiet_NaN();
  };
  const DramConfig priced;
  if (!(dram.part == priced.part) || dram.delays_ns != priced.delays_ns || dram.ranks != 1 || dram.channels != 1)
    for (const auto price :
         {&EnergyConfig::dram_read_pj_per_byte, &EnergyConfig::dram_write_pj_per_byte, &EnergyConfig::dram_activate_pj,
          &EnergyConfig::dram_refresh_pj, &EnergyConfig::dram_standby_mw})
      forget(price);
  if (device != FpgaConfig{}.device) forget(&EnergyConfig::static_mw);
  return prices;
}

Energy estimate_energy(const EnergyConfig& prices, const FrameActivity& frame) {
  const auto number = [](std::int64_t value) { return static_cast<double>(value); };
  const double latency_ns = number(frame.latency_ps) / 1e3;
  const Work& work = frame.work;
  const DramStatistics& dram = frame.dram;
  using Group = EnergyGroup;
  return {{
      {"binary_mac", Group::logic, "operations", number(work.macs), prices.binary_mac_pj},
      {"accumulate_add", Group::logic, "operations", number(work.additions), prices.accumulate_add_pj},
      {"threshold_compare", Group::logic, "operations", number(work.comparisons), prices.threshold_compare_pj},
      {"on_chip_read", Group::on_chip_memory, "bytes", number(work.read_bytes), prices.on_chip_read_pj_per_byte},
      {"on_chip_write", Group::on_chip_memory, "bytes", number(work.write_bytes), prices.on_chip_write_pj_per_byte},
      {"dram_read", Group::dram, "bytes", number(dram.read_bytes), prices.dram_read_pj_per_byte},
      {"dram_write", Group::dram, "bytes", number(dram.write_bytes), prices.dram_write_pj_per_byte},
      {"dram_activate", Group::dram, "commands", number(dram.activates), prices.dram_activate_pj},
      {"dram_refresh", Group::dram, "commands", number(dram.refreshes), prices.dram_refresh_pj},
      {"dram_standby", Group::idle, "ns", latency_ns, prices.dram_standby_mw},
      {"clock", Group::idle, "flip-flop cycles", frame.clocked_flip_flops, prices.clock_pj_per_flip_flop},
      {"static", Group::idle, "ns", latency_ns, prices.static_mw},
  }};
}

double dynamic_energy_mj(const EnergyConfig& prices, const Work& work, std::int64_t dram_read_bytes,
                         std::int64_t dram_write_bytes) {
  FrameActivity activity;
  activity.work = work;
  activity.dram.read_bytes = dram_read_bytes;
  activity.dram.write_bytes = dram_write_bytes;
  return estimate_energy(prices, activity).total_mj();
}

}  // namespace ernsim

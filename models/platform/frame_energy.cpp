#include "models/platform/frame_energy.h"

#include "models/estimates/fpga/resources.h"

namespace ernsim {

namespace {

EnergyConfig prices_of(const PlatformConfig& config) {
  return known_prices(config.energy, config.dram, config.fpga.device);
}

}  // namespace

Energy frame_energy(const PlatformConfig& config, const RunResult& result) {
  FrameActivity activity;
  for (const UnitStatistics& unit : result.units) activity.work += unit.work;
  activity.dram = result.dram;
  activity.latency_ps = result.accelerator_ps + result.host_ps;
  const auto clock_cycles =
      static_cast<double>(activity.latency_ps) / static_cast<double>(config.accelerator.clock().period_ps);
  activity.clocked_flip_flops = static_cast<double>(resources_of(config.accelerator, config.fpga).ff) * clock_cycles;
  return estimate_energy(prices_of(config), activity);
}

double layer_energy_mj(const PlatformConfig& config, const LayerResult& layer) {
  return dynamic_energy_mj(prices_of(config), layer.work, layer.dram_read_bytes, layer.dram_write_bytes);
}

}  // namespace ernsim

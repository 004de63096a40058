#pragma once

#include <vector>

#include "models/accelerator/unit/statistics.h"
#include "models/dram/dram_config.h"
#include "models/dram/dram_statistics.h"
#include "models/estimates/energy/energy_config.h"
#include "models/estimates/fpga/fpga_config.h"

namespace ernsim {

/// What a frame did, as the models counted it.
struct FrameActivity {
  Work work;  ///< of all units
  DramStatistics dram;
  Picoseconds latency_ps = 0;
  double clocked_flip_flops = 0;  ///< flip-flops times cycles of their clock
};

/// Where the energy goes.
enum class EnergyGroup : std::uint8_t { logic, on_chip_memory, dram, idle };

/// One price times how often it is paid.
struct EnergyPart {
  const char* name;  ///< of its parameter, without the unit
  EnergyGroup group;
  const char* counted;    ///< what is counted: "operations", "bytes", ...
  double count = 0;       ///< nanoseconds for a power
  double pj_per_one = 0;  ///< 1 mW is 1 pJ/ns; NaN: not known
  double energy_mj() const { return count == 0 ? 0 : count * pj_per_one * 1e-9; }
};

/// The estimate of a frame's energy.
struct Energy {
  std::vector<EnergyPart> parts;

  double total_mj() const;  ///< NaN if a price is not known
  double group_mj(EnergyGroup group) const;
};

/// The prices that hold for this memory and this FPGA; NaN where the default is that of another and none was given.
EnergyConfig known_prices(EnergyConfig prices, const DramConfig& dram, Device device);

Energy estimate_energy(const EnergyConfig& prices, const FrameActivity& frame);

/// Of operations, on-chip bytes and DRAM bytes only: what can be told apart by layer.
double dynamic_energy_mj(const EnergyConfig& prices, const Work& work, std::int64_t dram_read_bytes,
                         std::int64_t dram_write_bytes);

}  // namespace ernsim

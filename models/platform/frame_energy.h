#pragma once

#include "models/platform/run.h"

namespace ernsim {

/// Of the first frame. Parts whose price has no basis on this platform are NaN, and so is their sum.
Energy frame_energy(const PlatformConfig& config, const RunResult& result);

/// Of a layer's operations, on-chip bytes and DRAM bytes; NaN if a price has no basis.
double layer_energy_mj(const PlatformConfig& config, const LayerResult& layer);

}  // namespace ernsim

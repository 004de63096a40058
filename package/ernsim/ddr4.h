#pragma once

/// A DRAM of any part behind plain TLM-2.0 targets: `ernsim::Dram`, also `ernsim::Ddr4`.
#include "models/dram/dram_module.h"

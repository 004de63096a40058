#pragma once

/// A DRAM behind plain TLM-2.0 targets: memory controller, timings of a part, bytes.
#include "models/dram/external_memory_module.h"

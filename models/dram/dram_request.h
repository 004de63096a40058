#pragma once

#include <cstdint>

#include "tlm/burst.h"

namespace ernsim {

/// One access that lies inside one aligned burst of the DRAM.
struct DramRequest {
  std::uint64_t address = 0;
  bool write = false;
  std::uint64_t tag = 0;  ///< handed back on completion
};

/// A column access that has been issued.
struct DramCompletion {
  std::uint64_t tag = 0;
  Cycle done = 0;  ///< the last beat is on the bus at the end of this memory clock cycle
  MemoryDelay delay = MemoryDelay::none;
  Cycle delay_cycles = 0;  ///< memory clock cycles from visible to issue, if there is a cause to name
};

}  // namespace ernsim

#pragma once

#include <cstdint>
#include <memory>

#include "models/dram/dram_config.h"
#include "models/dram/dram_statistics.h"
#include "timing/clocked.h"

namespace ernsim {

/// One access of at most 64 bytes that lies inside one aligned 64-byte burst of the DRAM.
struct DramRequest {
  std::uint64_t address = 0;
  bool write = false;
  std::uint64_t tag = 0;  ///< handed back on completion
};

/// Who is told that a request is done. Called during DramController::advance.
class DramListener {
 public:
  virtual ~DramListener() = default;
  /// Read: the last beat is on the bus at the end of memory clock cycle `done` (>= now). Write: likewise for its data.
  virtual void completed(const DramRequest& request, Cycle done) = 0;
  /// Room for another request has come free.
  virtual void room() = 0;
};

}  // namespace ernsim

#pragma once

#include "models/dram/dram_timing.h"

namespace ernsim {

/// When the next REF is due: every tREFI, counted from cycle 0, however late the last one was. No postponing.
class RefreshTimer {
 public:
  RefreshTimer(bool on, Cycle refi) : refi_(refi), due_(on ? refi : never) {}

  Cycle due() const { return due_; }
  void done() { due_ += refi_; }

 private:
  Cycle refi_;
  Cycle due_;
};

}  // namespace ernsim

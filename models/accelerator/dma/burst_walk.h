#pragma once

#include "models/accelerator/isa/instruction.h"
#include "tlm/burst.h"

namespace ernsim {

/// Where a burst's bytes belong on chip.
struct RunPosition {
  std::uint32_t run = 0;           ///< index of the run in the nest
  std::uint32_t offset_bytes = 0;  ///< of the burst's first byte inside the run
};

/// Walks the bursts of a transfer: run after run, each cut at beat limit and 4 KiB boundaries.
class BurstWalk {
 public:
  BurstWalk() = default;
  BurstWalk(const TransferOperands& operands, std::uint32_t width_bytes, std::uint32_t max_beats)
      : operands_(operands), width_bytes_(width_bytes), max_beats_(max_beats) {}

  bool done() const { return operands_.run_bytes == 0 || run_ == operands_.inner_count * operands_.outer_count; }
  RunPosition position() const { return {run_, offset_}; }
  Burst next() {
    const std::uint64_t begin = run_address();
    const Burst burst = next_burst(begin + offset_, begin + operands_.run_bytes, width_bytes_, max_beats_);
    offset_ += burst.bytes;
    if (offset_ == operands_.run_bytes) {
      offset_ = 0;
      ++run_;
    }
    return burst;
  }

 private:
  std::uint64_t run_address() const {
    const std::uint64_t outer = run_ / operands_.inner_count, inner = run_ % operands_.inner_count;
    return operands_.external_address + outer * operands_.outer_stride_bytes + inner * operands_.inner_stride_bytes;
  }

  TransferOperands operands_;
  std::uint32_t width_bytes_ = 16;
  std::uint32_t max_beats_ = 16;
  std::uint32_t run_ = 0;
  std::uint32_t offset_ = 0;
};

}  // namespace ernsim

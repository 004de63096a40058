#pragma once

#include <algorithm>
#include <vector>

#include "models/accelerator/dma/burst_walk.h"
#include "models/accelerator/dma/sum_packing.h"
#include "models/accelerator/memory/memory_view.h"
#include "models/accelerator/unit/statistics.h"
#include "timing/clock.h"

namespace ernsim {

/// A burst that has come back, and where its bytes belong.
struct LoadedBurst {
  const Instruction& instruction;
  const Burst& burst;
  RunPosition position;
  std::uint32_t width_bytes = 16;    ///< of the port
  std::uint32_t beats_per_step = 1;  ///< that the sink takes

  const TransferOperands& operands() const { return instruction.transfer; }
  std::uint32_t end_offset() const { return position.offset_bytes + burst.bytes; }
  bool ends_run() const { return end_offset() == operands().run_bytes; }
  /// Steps that take all beats.
  std::uint32_t beat_steps() const { return (burst.beats - 1) / beats_per_step + 1; }
  /// The step, counted from 0, that takes the run's byte `offset`.
  std::uint32_t step_of(std::uint32_t offset) const {
    const auto lane = static_cast<std::uint32_t>(burst.address % width_bytes);
    return (lane + offset - position.offset_bytes) / width_bytes / beats_per_step;
  }
  /// The first word of the run on chip.
  std::uint32_t first_word() const { return operands().memory_address + position.run * operands().memory_stride_words; }
};

/// A word of an on-chip memory that a burst completes, in step `step` of those that the sink takes for the burst.
struct WordWrite {
  Cycle step = 0;
  std::uint32_t address = 0;
};

/// Where a load engine's data goes: straight into an on-chip memory, or through the pixel embedding.
class LoadSink {
 public:
  virtual ~LoadSink() = default;
  /// Bytes, as they come, that one step may bring on chip.
  virtual std::uint32_t step_bytes(const TransferOperands& operands) const = 0;
  /// Whole beats that one step takes, one at least.
  std::uint32_t beats_per_step(const TransferOperands& operands, std::uint32_t width_bytes) const {
    return std::max(1U, step_bytes(operands) / width_bytes);
  }
  /// Steps, of a cycle each, that the sink takes for a burst; it takes beat i in step i / beats_per_step or later.
  virtual Cycle cycles(const LoadedBurst& loaded) const = 0;
  /// What an instruction's data takes on its way: bytes written on chip, and operations.
  virtual Work work(const TransferOperands& operands) const {
    Work work;
    work.write_bytes = on_chip_bytes(operands);
    return work;
  }
  /// Writes the burst's bytes to their place. Only called when data is on, as the next two.
  virtual void write(const LoadedBurst& loaded) = 0;
  /// The words that the burst completes, in the order of steps.
  virtual void list_writes(const LoadedBurst& loaded, std::vector<WordWrite>& writes) const = 0;
  virtual const MemoryView& memory() const = 0;
};

}  // namespace ernsim

#pragma once

#include "models/accelerator/dma/load_sink.h"
#include "models/accelerator/dma/transfer_engine.h"
#include "models/accelerator/memory/shared_write_port.h"

namespace ernsim {

/// DMA from external memory into one on-chip memory. Beats are written as they arrive; a sink slower than the port
/// (`LoadSink::cycles`) delays the burst's end and so the instruction's.
///
/// Timing contract (README.md): the sink's steps for a burst take one cycle each, without a gap, as early as lets every
/// beat be there in its step, or from when the burst before is in place; with a shared write port only cycles that the
/// other unit leaves count. A word is written in the cycle of the step that completes it.
class LoadEngine : public TransferEngine {
 public:
  LoadEngine(UnitId id, InitiatorId initiator, const UnitContext& context, const DmaConfig& config,
             const PortLink& link, BurstPort& port, LoadSink& sink);

  /// The memory's write port is another unit's too, which goes first.
  void share(SharedWritePort& port) override { shared_ = &port; }
  /// Beats wait for the sink in a buffer of this depth, from now on, if that is less than max_outstanding bursts have.
  /// Room for all of a burst is taken when it is issued and comes back when it is in place, so no port ever waits.
  void buffer(std::int64_t depth_beats) { buffer_beats_ = depth_beats; }

 protected:
  void clear() override;
  void prepare(const Instruction& instruction, const RunPosition& position, Burst& burst) override;
  Work work_of(const Instruction& instruction) const override { return sink_.work(instruction.transfer); }
  bool places_when_done() const override { return shared_ != nullptr; }
  void place(const Instruction& instruction, const Issued& issued, Completion& completion) override;
  void settle(const Completion& completion) override;
  bool has_room(const Burst& burst) const override { return taken_beats_ + burst.beats <= buffer_beats_; }

 private:
  /// The cycle after the first `steps` steps of a burst that is done at `done`, if it may start at `start`.
  Cycle after(Cycle steps, Cycle start, Cycle done) {
    return shared_ == nullptr ? start + steps : shared_->end_of(done, start, steps);
  }
  void report_writes(const LoadedBurst& loaded, Cycle start, Cycle done);

  LoadSink& sink_;
  SharedWritePort* shared_ = nullptr;
  std::int64_t buffer_beats_;
  std::int64_t taken_beats_ = 0;  ///< of bursts that are not in place
  Cycle sink_free_ = 0;
  std::vector<WordWrite> writes_;  ///< of the burst being reported, as the next three
  std::vector<Cycle> write_cycles_;
  std::vector<std::uint32_t> write_addresses_;
  std::vector<std::uint8_t> write_data_;
};

}  // namespace ernsim

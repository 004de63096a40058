#pragma once

#include <vector>

#include "models/accelerator/dma/burst_walk.h"
#include "models/accelerator/dma/dma_config.h"
#include "models/accelerator/unit/instruction_unit.h"
#include "timing/fifo.h"

namespace ernsim {

/// What a DMA engine of either direction is: an address generator that takes an instruction's semaphores and issues
/// one burst per cycle while fewer than `max_outstanding` are under way, and a collector that finishes instructions in
/// order when their last burst is done. The generator goes on to the next instruction while earlier ones complete.
///
/// Timing contract: semaphores taken at T, first burst issued at T + issue_cycles, one per cycle from then on; the
/// instruction is finished, and posts, in the cycle the data of its own last burst is in place.
class TransferEngine : public InstructionUnit {
 public:
  TransferEngine(UnitId id, InitiatorId initiator, const UnitContext& context, const DmaConfig& config,
                 std::int64_t port_width_bytes, BurstPort& port);

  void completed(const Burst& burst, const BurstTiming& timing) override;

 protected:
  struct Transfer {
    Instruction instruction;
    Cycle start = 0;
    int open_bursts = 0;
    bool all_issued = false;
    Cycle settled = 0;  ///< from this cycle on the data of its bursts that are done is in place
    bool complete() const { return all_issued && open_bursts == 0; }
  };
  struct Completion {
    Burst burst;
    BurstTiming timing;
  };
  struct Issued {
    std::size_t transfer = 0;  ///< serial number of its transfer
    RunPosition position;
  };

  Cycle step(Cycle now) override;
  void clear() override;
  /// Bursts say how they came when they are back.
  Doing doing() const override { return {transfers_.empty() ? Doing::Kind::waits : Doing::Kind::apart}; }
  bool drain(Cycle now) override;
  /// Fills in direction and, for a write, data.
  virtual void prepare(const Instruction& instruction, const RunPosition& position, Burst& burst) = 0;
  /// A burst is done: returns the cycle from which on its data is where it belongs: timing.done or later, and not
  /// before that of the burst before.
  virtual Cycle settle(const Instruction& instruction, const Issued& issued, const Completion& completion) = 0;
  /// When the burst may be issued, `now` or later; `never`: not before a burst under way is done.
  virtual Cycle room_at(const Burst&, Cycle now) { return now; }

  /// The engine's port in a row of one per engine, in the order of initiators.
  Port port_of_engine(Port first) const {
    return static_cast<Port>(static_cast<std::size_t>(first) + static_cast<std::size_t>(initiator_));
  }
  std::uint32_t width_bytes() const { return width_bytes_; }

 private:
  void report(const Instruction& instruction, const Burst& burst, Cycle now);
  void report_data(const Instruction& instruction, const Burst& burst, Cycle first, Cycle step);
  void collect(Cycle now);
  void fail(const Burst& burst, std::size_t transfer, Cycle now);
  void retire(Cycle now);
  bool start_next(Cycle now);
  Cycle generate(Cycle now);
  Cycle next_completion() const;
  void account(const Completion& completion, std::size_t layer);

  InitiatorId initiator_;
  DmaConfig config_;
  std::uint32_t width_bytes_;
  BurstPort& port_;

  Fifo<Transfer> transfers_;        ///< started and not finished, in order
  std::size_t first_transfer_ = 0;  ///< serial number of transfers_.front()
  Fifo<Issued> issued_;             ///< bursts under way, in order
  Fifo<Completion> completions_;
  Cycle in_place_ = 0;              ///< the data of the last burst that is done, from this cycle on
  std::size_t in_place_layer_ = 0;  ///< its layer
  BurstWalk walk_;                  ///< of transfers_.back() while it issues
  Cycle issue_ready_ = 0;           ///< earliest cycle of the next burst
  std::size_t dropped_ = 0;         ///< bursts under way that nobody waits for
  std::vector<Cycle> beat_cycles_;  ///< of the burst being reported, as the next two
  std::vector<std::uint32_t> beat_addresses_;
  std::vector<std::uint8_t> beat_data_;
};

}  // namespace ernsim

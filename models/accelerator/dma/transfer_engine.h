#pragma once

#include <vector>

#include "models/accelerator/dma/burst_walk.h"
#include "models/accelerator/dma/dma_config.h"
#include "models/accelerator/unit/instruction_unit.h"
#include "timing/fifo.h"
#include "tlm/port_link.h"

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
                 const PortLink& link, BurstPort& port);

  void completed(const Burst& burst, const BurstTiming& timing) override;

 protected:
  struct Transfer {
    Instruction instruction;
    Cycle start = 0;
    int open_bursts = 0;
    bool all_issued = false;
    bool complete() const { return all_issued && open_bursts == 0; }
  };
  struct Completion {
    Burst burst;
    BurstTiming timing;
    Cycle in_place = never;  ///< from this cycle on its data is where it belongs; never: not known yet
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
  /// Whether place() depends on what others do up to the cycle in which the burst is done.
  virtual bool places_when_done() const { return false; }
  /// Fills in in_place, timing.done or later and not before that of the burst before, and puts the data there.
  virtual void place(const Instruction& instruction, const Issued& issued, Completion& completion) = 0;
  /// The burst is in place.
  virtual void settle(const Completion&) {}
  /// Whether the burst may be issued as far as buffers are concerned; if not, then not before one is in place.
  virtual bool has_room(const Burst&) const { return true; }

  /// The engine's port in a row of one per engine, in the order of initiators.
  Port port_of_engine(Port first) const { return port_of(first, initiator_); }
  const PortLink& link() const { return link_; }

 private:
  void report(const Instruction& instruction, const Burst& burst, Cycle now);
  void report_data(const Instruction& instruction, const Completion& completion);
  void report_beats(const Instruction& instruction, const Burst& burst);
  void place_done(Cycle now);
  void place(std::size_t completion);
  void collect(Cycle now);
  void fail(const Burst& burst, std::size_t transfer, Cycle now);
  void retire(Cycle now);
  bool start_next(Cycle now);
  Cycle generate(Cycle now);
  Cycle next_in_place() const { return placed_ == 0 ? never : completions_.front().in_place; }
  void account(const Completion& completion, std::size_t layer);

  InitiatorId initiator_;
  DmaConfig config_;
  PortLink link_;
  BurstPort& port_;

  Fifo<Transfer> transfers_;        ///< started and not finished, in order
  std::size_t first_transfer_ = 0;  ///< serial number of transfers_.front()
  Fifo<Issued> issued_;             ///< bursts under way, in order
  Fifo<Completion> completions_;    ///< of the first of them
  std::size_t placed_ = 0;          ///< completions whose in_place is known
  Cycle in_place_ = 0;              ///< the data of the last burst collected, from this cycle on
  std::size_t in_place_layer_ = 0;  ///< its layer
  BurstWalk walk_;                  ///< of transfers_.back() while it issues
  Cycle issue_ready_ = 0;           ///< earliest cycle of the next burst
  std::size_t dropped_ = 0;         ///< bursts under way that nobody waits for
  std::vector<Cycle> beat_cycles_;  ///< of the burst being reported, as the next two
  std::vector<std::uint32_t> beat_addresses_;
  std::vector<std::uint8_t> beat_data_;
};

}  // namespace ernsim

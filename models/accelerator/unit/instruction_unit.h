#pragma once

#include "models/accelerator/control/fault.h"
#include "models/accelerator/isa/instruction.h"
#include "models/accelerator/memory/shared_write_port.h"
#include "models/accelerator/unit/accounting.h"
#include "models/accelerator/unit/observer.h"
#include "models/accelerator/unit/on_chip_memories.h"
#include "models/accelerator/unit/port_observer.h"
#include "models/accelerator/unit/semaphore_bank.h"
#include "timing/clocked.h"
#include "timing/fifo.h"
#include "tlm/burst.h"

namespace ernsim {

/// What a unit tells the controller.
class ControlPort {
 public:
  virtual ~ControlPort() = default;
  /// A place in the unit's queue has come free.
  virtual void consumed(UnitId unit, Cycle now) = 0;
  /// The last instruction of the unit's stream is finished.
  virtual void finished(UnitId unit, Cycle now) = 0;
  /// Something went wrong: the frame is to be ended.
  virtual void failed(const Fault& fault, Cycle now) = 0;
  /// After halt(): the unit holds nothing any more, and no burst of its own is under way.
  virtual void stopped(UnitId unit, Cycle now) = 0;
};

/// What every unit with an instruction stream shares with the others: clock, semaphores, controller, observer.
struct UnitContext {
  Clock clock;
  SemaphoreBank& semaphores;
  ControlPort& control;
  Observer* observer = nullptr;   ///< may be null
  bool data = true;               ///< move and compute values, not only time
  PortObserver* ports = nullptr;  ///< may be null
  BurstPort* bursts = nullptr;    ///< to external memory; null: the unit has none
};

/// A unit that executes an in-order instruction stream from a queue, whoever describes it: what the accelerator asks of
/// the model's units, of RTL and of a user's own.
class InstructionUnit : public Clocked {
 public:
  InstructionUnit(UnitId id, const UnitContext& context);

  UnitId id() const { return id_; }

  /// Called once, when the memories are bound.
  virtual void attach(const OnChipMemories&) {}
  /// Shows the tensor values that pass the unit to `observer`.
  virtual void show_values(Observer&) {}
  /// A's write port is another unit's too. Codes go first, loads give way.
  virtual void share(SharedWritePort&) {}
  /// The transport hands back a burst; it takes effect at timing.done, later than now.
  virtual void completed(const Burst&, const BurstTiming&) {}
  /// Sums that wrapped.
  virtual std::int64_t overflows() const { return 0; }

  /// A frame starts: statistics from zero; `streams` says whether the unit has any instruction to expect.
  void begin(Cycle now, std::size_t layer_count, bool has_stream);
  /// An instruction arrives in the queue, to be seen from cycle `visible` on.
  void push(const Instruction& instruction, Cycle visible);
  /// The frame is ended, whatever is done of it: from cycle `visible` on the unit is as it was made, but for bursts
  /// under way, which come back and are dropped.
  void halt(Cycle visible);
  /// The frame ended: books the cycles up to `now`.
  void close(Cycle now);

  const Accounting& accounting() const { return accounting_; }
  /// What the next instruction waits for; none if it runs or there is none.
  StallCause waiting() const { return stream_done_ ? StallCause::none : waiting_; }

 protected:
  Cycle advance(Cycle now) final;
  /// What advance() is while no halt is. The cycles before `now` have been booked, by doing().
  virtual Cycle step(Cycle now) = 0;

  /// What a unit has been doing since it last changed.
  struct Doing {
    enum class Kind {
      waits,  ///< for an instruction, or for what that needs
      holds,  ///< an instruction
      apart,  ///< it books its cycles itself, later
    };
    Kind kind = Kind::waits;
    Cycle busy_until = 0;                ///< at work until then
    StallCause then = StallCause::none;  ///< what it waits for afterwards, if it holds an instruction
    std::size_t layer = 0;
  };
  virtual Doing doing() const = 0;
  /// Forgets all instructions, and is as it was made, but for bursts under way.
  virtual void clear() = 0;
  /// Halted: drops the bursts that are back at `now`; returns whether none is under way any more.
  virtual bool drain(Cycle) { return true; }

  struct Queued {
    Instruction instruction;
    Cycle visible = 0;
  };

  bool has_queued(std::size_t index, Cycle now) const { return index < queue_.size() && queue_[index].visible <= now; }
  /// Books the cycles up to `now` in which the unit held no instruction: under `waiting_`, or as idle after the last.
  void account_waiting(Cycle now);
  /// Whether there is a next instruction; from now on the unit waits for it, or for what it needs.
  bool look_for_next(Cycle now);
  /// Removes the queue's head because the unit now holds it.
  Instruction pop(Cycle now);
  /// What one instruction takes of operations and bytes on chip.
  virtual Work work_of(const Instruction& instruction) const = 0;
  /// Posts semaphores and reports.
  void finish(const Instruction& instruction, Cycle start, Cycle now);

  /// Reports an instruction's start or end.
  void report(Port first, const Instruction& instruction, std::uint32_t number, Cycle now);

  UnitId id_;
  UnitContext context_;
  std::uint32_t started_ = 0, finished_ = 0;  ///< instructions of this frame
  Fifo<Queued> queue_;
  Accounting accounting_;
  StallCause waiting_ = StallCause::instructions;  ///< what the next instruction has been waiting for
  std::size_t waiting_layer_ = 0;                  ///< layer of the next instruction, of the last one if none is there
  bool stream_done_ = true;                        ///< no instruction of this frame is left

 private:
  void stop();
  void book(Cycle now);

  Cycle halt_at_ = never;
  bool halted_ = false;  ///< and not yet at rest
};

}  // namespace ernsim

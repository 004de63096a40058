#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "models/accelerator/accelerator_config.h"
#include "models/accelerator/control/instruction_bounds.h"
#include "models/accelerator/control/register_file.h"
#include "models/accelerator/unit/instruction_unit.h"
#include "timing/fifo.h"
#include "tlm/burst.h"

namespace ernsim {

/// The reset value of the register `configuration`.
std::uint32_t configuration_word(const ConvolutionConfig& array);

/// What the controller tells the outside.
class ControlListener {
 public:
  virtual ~ControlListener() = default;
  /// `base_address`: what is added to every address in external memory from now on.
  virtual void frame_started(Cycle now, std::uint64_t base_address) = 0;
  /// All streams are finished.
  virtual void frame_finished(Cycle now) = 0;
  /// The interrupt is high or low from `now` on.
  virtual void interrupt_changed(bool high, Cycle now) = 0;
  /// After an error or a reset: every unit has stopped and no burst is under way.
  virtual void stood_still(Cycle now) = 0;
};

/// Registers, instruction fetch, faults and the interrupt.
///
/// Timing contract, in cycles: a register write is seen at the next edge. From then on one fetch burst per cycle is
/// issued, round robin over the units whose queue has room for a whole burst of instructions and that have none under
/// way; a fetched instruction is in its unit's queue the cycle after its burst is done. The interrupt is raised one
/// cycle after the last unit finished its stream. A fault that a unit meets in cycle T is a status, and the interrupt,
/// in T + 1; units stop in T + 2.
class Control : public Clocked, public ControlPort {
 public:
  Control(const AcceleratorConfig& config, SemaphoreBank& bank, BurstPort& port, ControlListener& listener);

  void observe(PortObserver& ports) { ports_ = &ports; }
  void attach(InstructionUnit& unit) { units_[unit.id()] = &unit; }

  /// What a read in cycle `at` gives; `number` is that of a register.
  std::uint32_t read_register(std::size_t number, Cycle at) const { return registers_.read(number, at); }
  /// What the register holds now.
  std::uint32_t value(Register first, std::size_t index = 0) const { return registers_.value(first, index); }
  /// A write of the bits in `mask`, which takes effect in cycle `visible`, later than now.
  void write_register(std::size_t number, std::uint32_t value, Cycle visible, std::uint32_t mask = 0xFFFFFFFF);
  /// The reset input is high or low from `visible` on: while it is high no frame starts.
  void drive_reset(bool high, Cycle visible);
  void completed(const Burst& burst, const BurstTiming& timing);

  void consumed(UnitId unit, Cycle now) override;
  void finished(UnitId unit, Cycle now) override;
  void failed(const Fault& fault, Cycle now) override;
  void stopped(UnitId unit, Cycle now) override;

  std::int64_t fetched_bytes() const { return fetched_bytes_; }
  Cycle start_cycle() const { return start_cycle_; }
  Cycle frame_cycles() const { return frame_cycles_; }
  bool running() const { return running_; }
  /// The first since the reset.
  const Fault& fault() const { return fault_; }

 protected:
  Cycle advance(Cycle now) override;

 private:
  struct Stream {
    std::uint64_t next_address = 0;
    std::uint64_t end_address = 0;
    std::uint32_t count = 0;
    std::int64_t free_slots = 0;
    std::int64_t freed = 0;  ///< places that came free at `freed_at`, counted from the next cycle on
    Cycle freed_at = -1;
    std::uint32_t arrived = 0;  ///< instructions handed to the unit
    bool fetching = false;
    bool finished = true;
  };
  struct Fetched {
    Burst burst;
    Cycle done = 0;
    bool failed = false;
  };
  struct Reported {
    Fault fault;
    Cycle at = 0;
  };

  void take_writes(Cycle now);
  void command(const RegisterWrite& write, Cycle now);
  void start(Cycle now);
  void set_up_streams();
  void dispatch(Cycle now);
  void hand_out(const Fetched& fetched, UnitId unit, Cycle now);
  FaultCode judge(UnitId unit, const std::uint8_t* bytes, const Stream& stream, Instruction& instruction) const;
  bool fetch(Cycle now);
  void issue_fetch(UnitId unit, Cycle now);
  static void settle(Stream& stream, Cycle now);
  bool may_fetch(const Stream& stream) const;
  void finish(Cycle now);
  void stop_for_fault(Cycle now);
  void reset(Cycle now);
  void halt(Cycle now);
  void end_halt(Cycle now);
  void watch(Cycle now);
  void show_status();
  void raise(std::uint32_t interrupt, Cycle now);
  void drive_interrupt(Cycle now);
  Cycle next_event() const;

  ControlConfig config_;
  std::uint32_t width_bytes_;
  InstructionBounds bounds_;
  SemaphoreBank& semaphores_;
  BurstPort& port_;
  ControlListener& listener_;
  PortObserver* ports_ = nullptr;
  EnumArray<UnitId, InstructionUnit*> units_{};
  RegisterFile registers_;
  EnumArray<UnitId, Stream> streams_{};
  Fifo<Fetched> fetched_;
  Fifo<UnitId> fetching_units_;  ///< of the bursts under way, in order
  UnitId next_turn_{};
  Cycle act_at_ = never;  ///< a write that has an effect of its own is due, or a reset
  Cycle finish_at_ = never;
  Cycle start_cycle_ = 0;
  Cycle frame_cycles_ = 0;
  std::int64_t fetched_bytes_ = 0;
  std::size_t unfinished_ = 0;
  bool running_ = false;
  bool done_ = false;
  bool interrupt_ = false;

  Fault fault_;
  std::optional<Reported> reported_;  ///< takes effect in the cycle after
  bool halting_ = false;              ///< units stop, bursts under way come back
  std::uint32_t stopped_ = 0;         ///< units that have, a bit each
  Cycle still_at_ = 0;                ///< not before this cycle all do
  Cycle reset_at_ = never;            ///< the reset input rises
  Cycle release_at_ = never;          ///< it falls
  bool held_ = false;
  Cycle watch_at_ = never;
  bool progress_ = false;
};

}  // namespace ernsim

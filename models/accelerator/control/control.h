#pragma once

#include <array>
#include <cstdint>

#include "models/accelerator/control/control_config.h"
#include "models/accelerator/unit/instruction_unit.h"
#include "timing/fifo.h"
#include "tlm/burst.h"

namespace ernsim {

/// Codes per colour that the pixel embedding can make at most.
inline constexpr std::size_t max_embedding_codes = 32;

/// Registers, one 32-bit word each, at 4 bytes times their number.
enum class Register : std::uint32_t {
  control = 0,           ///< write 1: start a frame
  status = 1,            ///< 0 idle, 1 running, 2 done
  embedding_codes = 2,   ///< codes per colour of the pixel embedding, 1 to 32
  frame_cycles_low = 3,  ///< accelerator cycles of the last frame
  frame_cycles_high = 4,
  stream_address = 16,                                         ///< + unit number
  stream_count = stream_address + unit_count,                  ///< + unit number: instructions
  semaphore_initial = stream_count + unit_count,               ///< + semaphore number
  embedding_thresholds = semaphore_initial + semaphore_count,  ///< + code number: three bytes, lowest first
  register_count = embedding_thresholds + max_embedding_codes,
};
inline constexpr std::size_t register_count = static_cast<std::size_t>(Register::register_count);

/// What the controller tells the outside.
class ControlListener {
 public:
  virtual ~ControlListener() = default;
  virtual void frame_started(Cycle now) = 0;
  /// All streams are finished: the completion interrupt.
  virtual void frame_finished(Cycle now) = 0;
};

/// Registers, instruction fetch and the completion interrupt.
///
/// Timing contract, in cycles: a register write is seen at the next edge. From then on one fetch burst per cycle is
/// issued, round robin over the units whose queue has room for a whole burst of instructions and that have none under
/// way; a fetched instruction is in its unit's queue the cycle after its burst is done. The interrupt is raised one
/// cycle after the last unit finished its stream.
class Control : public Clocked, public ControlPort {
 public:
  Control(Clock clock, const ControlConfig& config, std::int64_t port_width_bytes, SemaphoreBank& bank, BurstPort& port,
          ControlListener& listener);

  void observe(PortObserver& ports) { ports_ = &ports; }
  void attach(InstructionUnit& unit) { units_[static_cast<std::size_t>(unit.id())] = &unit; }

  std::uint32_t read_register(std::size_t number) const;
  void write_register(std::size_t number, std::uint32_t value, Cycle visible);
  void completed(const Burst& burst, const BurstTiming& timing);

  void consumed(UnitId unit, Cycle now) override;
  void finished(UnitId unit, Cycle now) override;

  std::int64_t fetched_bytes() const { return fetched_bytes_; }
  Cycle start_cycle() const { return start_cycle_; }
  Cycle frame_cycles() const { return frame_cycles_; }
  bool running() const { return running_; }

 protected:
  Cycle advance(Cycle now) override;

 private:
  struct Stream {
    std::uint64_t next_address = 0;
    std::uint64_t end_address = 0;
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
  };

  void start(Cycle now);
  void dispatch(Cycle now);
  bool fetch(Cycle now);
  static void settle(Stream& stream, Cycle now);
  bool may_fetch(const Stream& stream) const;
  void finish(Cycle now);
  std::uint32_t& value(Register base, std::size_t index) { return registers_[static_cast<std::size_t>(base) + index]; }

  ControlConfig config_;
  std::uint32_t width_bytes_;
  SemaphoreBank& semaphores_;
  BurstPort& port_;
  ControlListener& listener_;
  PortObserver* ports_ = nullptr;
  std::array<InstructionUnit*, unit_count> units_{};
  std::array<std::uint32_t, register_count> registers_{};
  std::array<Stream, unit_count> streams_{};
  Fifo<Fetched> fetched_;
  Fifo<std::size_t> fetching_units_;  ///< of the bursts under way, in order
  std::size_t next_turn_ = 0;
  Cycle start_at_ = never;
  Cycle finish_at_ = never;
  Cycle start_cycle_ = 0;
  Cycle frame_cycles_ = 0;
  std::int64_t fetched_bytes_ = 0;
  std::size_t unfinished_ = 0;
  bool running_ = false;
};

}  // namespace ernsim

#include <algorithm>
#include <utility>

#include "models/accelerator/control/control.h"

// What the controller does when something goes wrong, and about a reset.

namespace ernsim {

namespace {

constexpr std::uint32_t all_units = (1U << unit_count) - 1;

}  // namespace

/// The first fault counts; of those of one cycle that of the lowest unit, so that the order of evaluation does not.
void Control::failed(const Fault& fault, Cycle now) {
  if (fault_.code != FaultCode::none || (halting_ && fault.unit != controller_unit)) return;
  const bool first = !reported_ || now < reported_->at || (now == reported_->at && fault.unit < reported_->fault.unit);
  if (!first) return;
  reported_ = Reported{fault, now};
  wake(now + 1);
}

void Control::stop_for_fault(Cycle now) {
  fault_ = reported_->fault;
  registers_.set(Register::error_code, static_cast<std::uint32_t>(fault_.code) | std::uint32_t{fault_.unit} << 8);
  registers_.set(Register::error_instruction, fault_.instruction);
  const bool placed = fault_.unit != controller_unit;
  fault_.address = placed ? fault_.address + registers_.pair(Register::base_address_low) : 0;
  registers_.set_pair(Register::error_address_low, fault_.address);
  halt(now);
  raise(interrupt_error, now);
}

void Control::reset(Cycle now) {
  fault_ = Fault{};
  done_ = false;
  registers_.reset();
  halt(now);
  drive_interrupt(now);
}

/// Nothing more is fetched; units stop, and say so when no burst of theirs is under way any more.
void Control::halt(Cycle now) {
  reported_.reset();
  running_ = false;
  halting_ = true;
  finish_at_ = watch_at_ = never;
  stopped_ = 0;
  still_at_ = now + 3;
  next_turn_ = UnitId{};
  for (InstructionUnit* unit : units_) unit->halt(now + 1);
  wake(still_at_);
  show_status();
}

void Control::stopped(UnitId unit, Cycle now) {
  stopped_ |= 1U << static_cast<unsigned>(unit);
  still_at_ = std::max(still_at_, now + 1);
  wake(now + 1);
}

void Control::end_halt(Cycle now) {
  if (stopped_ != all_units || still_at_ > now || !fetching_units_.empty()) return;
  halting_ = false;
  show_status();
  listener_.stood_still(now);
}

/// A frame in which nothing has been taken for so long does not come to an end by itself.
void Control::watch(Cycle now) {
  if (!std::exchange(progress_, false)) failed({FaultCode::watchdog, controller_unit, 0, 0}, now);
  watch_at_ = now + value(Register::watchdog_cycles);
}

}  // namespace ernsim

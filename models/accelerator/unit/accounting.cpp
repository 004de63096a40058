#include "models/accelerator/unit/accounting.h"

#include <utility>

namespace ernsim {

void Accounting::observe(UnitId unit, Observer* observer) {
  unit_ = unit;
  observer_ = observer != nullptr && observer->sees_cycles() ? observer : nullptr;
}

void Accounting::begin(Cycle now, std::size_t layer_count) {
  cursor_ = now;
  statistics_ = UnitStatistics{};
  layers_.assign(layer_count, LayerAccount{});
  stall_ = Stall{};
}

/// Moves the cursor to a later cycle.
Cycle Accounting::pass(Cycle until, Activity activity, std::size_t layer) {
  const Cycle from = std::exchange(cursor_, until);
  if (observer_ != nullptr) observer_->spent(unit_, activity, layer, from, until);
  return until - from;
}

void Accounting::busy(Cycle until, std::size_t layer) {
  if (until <= cursor_) return;
  const Cycle cycles = pass(until, Activity::busy, layer);
  statistics_.busy_cycles += cycles;
  if (layer < layers_.size()) layers_[layer].busy_cycles += cycles;
}

void Accounting::stalled(StallCause cause, Cycle until, std::size_t layer) {
  if (until <= cursor_) return;
  const Cycle cycles = pass(until, Activity::stalled, layer);
  if (observer_ != nullptr) observer_->waited(unit_, cause, until - cycles, until);
  if (ports_ != nullptr) extend_stall(cause, cycles);
  statistics_.stalled_cycles[cause] += cycles;
  if (layer < layers_.size()) layers_[layer].stalled_cycles[cause] += cycles;
}

void Accounting::idle(Cycle until) {
  if (until <= cursor_) return;
  statistics_.idle_cycles += pass(until, Activity::idle, layers_.empty() ? 0 : layers_.size() - 1);
}

void Accounting::extend_stall(StallCause cause, Cycle cycles) {
  const Cycle begin = cursor_ - cycles;
  if (stall_.cause != cause || stall_.end != begin) {
    report_stall();
    stall_ = {cause, begin, begin};
  }
  stall_.end = cursor_;
}

void Accounting::report_stall() {
  if (ports_ == nullptr || stall_.begin == stall_.end) return;
  const auto cycles = static_cast<std::uint32_t>(stall_.end - stall_.begin);
  ports_->beat(port_, nullptr, stall_.begin, static_cast<std::uint32_t>(stall_.cause), &cycles, sizeof cycles);
  stall_ = Stall{};
}

}  // namespace ernsim

#include "models/control/accounting.h"

#include <algorithm>

namespace ernsim {

void Accounting::begin(Cycle now, std::size_t layer_count) {
  cursor_ = now;
  statistics_ = UnitStatistics{};
  layers_.assign(layer_count, LayerAccount{});
}

Cycle Accounting::pass(Cycle until) {
  const Cycle cycles = std::max<Cycle>(0, until - cursor_);
  cursor_ = std::max(cursor_, until);
  return cycles;
}

void Accounting::busy(Cycle until, std::size_t layer) {
  const Cycle cycles = pass(until);
  statistics_.busy_cycles += cycles;
  if (layer < layers_.size()) layers_[layer].busy_cycles += cycles;
}

void Accounting::stalled(StallCause cause, Cycle until, std::size_t layer) {
  const Cycle cycles = pass(until);
  statistics_.stalled_cycles[static_cast<std::size_t>(cause)] += cycles;
  if (layer < layers_.size()) layers_[layer].stalled_cycles[static_cast<std::size_t>(cause)] += cycles;
}

void Accounting::idle(Cycle until) { statistics_.idle_cycles += pass(until); }

}  // namespace ernsim

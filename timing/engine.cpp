#include "timing/engine.h"

namespace ernsim {

namespace {

Picoseconds next_edge_ps(const Clocked& unit, Picoseconds now_ps) {
  return unit.clock().time_ps(unit.clock().edge_at_or_after(now_ps + 1));
}

}  // namespace

Picoseconds Engine::next_ps(Picoseconds now_ps) const {
  Picoseconds next = never;
  Picoseconds due = never;
  for (const Clocked* unit : units_) {
    due = std::min(due, unit->due_ps());
    if (kind_ == EngineKind::step) next = std::min(next, next_edge_ps(*unit, now_ps));
  }
  if (kind_ == EngineKind::leap || due == never) return due;
  return next;
}

void Engine::evaluate(Picoseconds now_ps) {
  for (Clocked* unit : units_) {
    const bool at_edge = kind_ == EngineKind::step && now_ps % unit->clock().period_ps == 0;
    if (at_edge || unit->due_ps() == now_ps) unit->evaluate(now_ps);
  }
}

}  // namespace ernsim

#include "timing/engine.h"

namespace ernsim {

void Engine::add(Clocked& unit) {
  for (Domain& domain : domains_) {
    if (domain.clock.period_ps != unit.clock().period_ps) continue;
    domain.units.push_back(&unit);
    return;
  }
  domains_.push_back({unit.clock(), {&unit}});
}

Picoseconds Engine::next_ps(Picoseconds now_ps) {
  Picoseconds next = never;
  for (Domain& domain : domains_) {
    domain.next = never;
    for (const Clocked* unit : domain.units) domain.next = std::min(domain.next, unit->due());
    domain.next_ps = domain.clock.time_ps(domain.next);
    next = std::min(next, domain.next_ps);
  }
  if (kind_ == EngineKind::leap || next == never) return next;
  for (Domain& domain : domains_) {
    domain.next = domain.clock.edge_at_or_after(now_ps + 1);
    domain.next_ps = domain.clock.time_ps(domain.next);
    next = std::min(next, domain.next_ps);
  }
  return next;
}

void Engine::evaluate(Picoseconds now_ps) {
  for (Domain& domain : domains_) {
    if (domain.next_ps != now_ps) continue;
    const Cycle now = domain.next;
    for (Clocked* unit : domain.units)
      if (kind_ == EngineKind::step || unit->due() == now) unit->evaluate(now);
  }
}

}  // namespace ernsim

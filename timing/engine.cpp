#include "timing/engine.h"

namespace ernsim {

void Engine::add(Clocked& unit) {
  const auto same_clock = [&unit](const Domain& domain) { return domain.clock.period_ps == unit.clock().period_ps; };
  auto domain = std::find_if(domains_.begin(), domains_.end(), same_clock);
  if (domain == domains_.end()) domain = domains_.insert(domains_.end(), Domain{unit.clock(), {}, never});
  domain->units.push_back(&unit);
  unit.report_to(domain->soonest);
}

Picoseconds Engine::next_ps(Picoseconds now_ps) const {
  Picoseconds next = never;
  for (const Domain& domain : domains_) next = std::min(next, domain.clock.time_ps(domain.soonest));
  if (kind_ == EngineKind::leap || next == never) return next;
  for (const Domain& domain : domains_)
    next = std::min(next, domain.clock.time_ps(domain.clock.edge_at_or_after(now_ps + 1)));
  return next;
}

void Engine::evaluate(Picoseconds now_ps, Picoseconds limit_ps) {
  limit_ps_ = limit_ps;
  for (Domain& domain : domains_) {
    if (kind_ == EngineKind::leap) {
      if (domain.clock.time_ps(domain.soonest) != now_ps) continue;
      evaluate(domain, domain.soonest, std::max(alone_until(domain), domain.soonest + 1));
    } else if (now_ps % domain.clock.period_ps == 0) {
      const Cycle now = now_ps / domain.clock.period_ps;
      evaluate(domain, now, now + 1);
    }
  }
}

/// The first cycle at which something else than the one unit of this clock can be due.
Cycle Engine::alone_until(const Domain& domain) const {
  if (domain.units.size() > 1) return 0;
  Picoseconds limit_ps = limit_ps_;
  for (const Domain& other : domains_)
    if (&other != &domain) limit_ps = std::min(limit_ps, other.clock.time_ps(other.soonest));
  return domain.clock.edge_at_or_after(limit_ps);
}

void Engine::evaluate(Domain& domain, Cycle now, Cycle alone_until) const {
  domain.soonest = never;  // units that wake each other lower it again
  for (Clocked* unit : domain.units) {
    if (kind_ == EngineKind::step || unit->due() == now) unit->evaluate(now, alone_until);
    domain.soonest = std::min(domain.soonest, unit->due());
  }
}

}  // namespace ernsim

#include "timing/engine.h"

#include <stdexcept>

namespace ernsim {

void Engine::add(Clocked& unit) {
  const auto same_clock = [&unit](const auto& each) { return each->clock.period_ps == unit.clock().period_ps; };
  auto found = std::find_if(domains_.begin(), domains_.end(), same_clock);
  if (found == domains_.end()) found = domains_.insert(found, std::make_unique<Domain>(unit.clock()));
  Domain* domain = found->get();
  if (domain->units.size() == Calendar::unit_limit)
    throw std::length_error("an engine has too many units of one clock");
  domain->units.push_back(&unit);
  unit.enter(domain->calendar, static_cast<unsigned>(domain->units.size() - 1));
  domain->calendar.report_to(listener_);
}

void Engine::report_to(WakeListener* listener) {
  listener_ = listener;
  listen(listener);
}

void Engine::listen(WakeListener* listener) {
  for (const auto& domain : domains_) domain->calendar.report_to(listener);
}

Picoseconds Engine::next_ps(Picoseconds now_ps) const {
  Picoseconds next = never;
  for (const auto& domain : domains_) next = std::min(next, domain->next_ps());
  if (kind_ == EngineKind::leap || next == never) return next;
  for (const auto& domain : domains_)
    next = std::min(next, domain->clock.time_ps(domain->clock.edge_at_or_after(now_ps + 1)));
  return next;
}

void Engine::evaluate(Picoseconds now_ps) {
  for (const auto& domain : domains_) {
    const bool due = kind_ == EngineKind::leap ? domain->next_ps() == now_ps : now_ps % domain->clock.period_ps == 0;
    const Cycle now = now_ps / domain->clock.period_ps;
    if (due) evaluate(*domain, now, now + 1);
  }
}

Picoseconds Engine::run(Picoseconds now_ps, Picoseconds limit_ps) {
  listen(nullptr);  // units that wake each other are this loop's own business
  paused_ = false;
  if (kind_ == EngineKind::leap) {
    leap(now_ps, limit_ps);
  } else {
    for (Picoseconds next = next_ps(now_ps); next < limit_ps && !paused_; next = next_ps(now_ps))
      evaluate(now_ps = next);
  }
  listen(listener_);
  return now_ps;
}

/// Evaluates clock by clock. A unit that has its clock for itself may go on by itself until anything else is due.
void Engine::leap(Picoseconds& now_ps, Picoseconds limit_ps) {
  while (!paused_) {
    Domain* first = nullptr;
    Picoseconds next = never, rest = limit_ps;  // of the first clock, and of all others
    for (const auto& domain : domains_) {
      const Picoseconds at = domain->next_ps();
      if (at < next) {
        rest = std::min(rest, next);
        next = at;
        first = domain.get();
      } else {
        rest = std::min(rest, at);
      }
    }
    if (next >= limit_ps) return;
    now_ps = next;
    const Cycle now = first->calendar.next();
    const Cycle alone = first->units.size() > 1 ? now + 1 : first->clock.edge_at_or_after(rest);
    evaluate(*first, now, std::max(alone, now + 1));
  }
}

void Engine::evaluate(Domain& domain, Cycle now, Cycle alone_until) const {
  std::uint32_t due = domain.calendar.take(now);
  if (kind_ == EngineKind::step) due = static_cast<std::uint32_t>((std::uint64_t{1} << domain.units.size()) - 1);
  for (; due != 0; due &= due - 1)
    domain.units[static_cast<std::size_t>(__builtin_ctz(due))]->evaluate(now, alone_until);
}

}  // namespace ernsim

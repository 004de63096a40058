#include "timing/engine.h"

#include <stdexcept>

namespace ernsim {

void Engine::add(Clocked& unit) {
  const auto same_clock = [&unit](const auto& domain) { return domain->clock.period_ps == unit.clock().period_ps; };
  const auto found = std::find_if(domains_.begin(), domains_.end(), same_clock);
  Domain& domain = found != domains_.end() ? **found : *domains_.emplace_back(std::make_unique<Domain>(unit.clock()));
  if (domain.units.size() == Calendar::unit_limit) throw std::length_error("an engine has too many units of one clock");
  domain.units.push_back(&unit);
  unit.enter(domain.calendar, static_cast<unsigned>(domain.units.size() - 1));
  domain.calendar.report_to(listener_);
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
    const Picoseconds period_ps = domain->clock.period_ps;
    const bool due = kind_ == EngineKind::leap ? domain->next_ps() == now_ps : now_ps % period_ps == 0;
    if (!due) continue;
    const Cycle now = now_ps / period_ps;
    const std::uint32_t asked = domain->calendar.take(now);
    evaluate(*domain, kind_ == EngineKind::leap ? asked : domain->all(), now, now + 1);
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

/// The clock that is due first, and the time from which on others are.
Engine::Turn Engine::next_turn() const {
  Turn turn;
  for (const auto& domain : domains_) {
    const Picoseconds at_ps = domain->next_ps();
    turn.others_ps = std::min(turn.others_ps, std::max(at_ps, turn.at_ps));
    if (at_ps < turn.at_ps) {
      turn.at_ps = at_ps;
      turn.domain = domain.get();
    }
  }
  return turn;
}

/// Evaluates clock by clock. A unit that has its clock for itself may go on by itself until anything else is due.
void Engine::leap(Picoseconds& now_ps, Picoseconds limit_ps) {
  while (!paused_) {
    const Turn turn = next_turn();
    if (turn.at_ps >= limit_ps) return;
    now_ps = turn.at_ps;
    Domain& domain = *turn.domain;
    const Cycle now = domain.calendar.next();
    Cycle alone_until = now + 1;
    if (domain.units.size() == 1)
      alone_until = std::max(alone_until, domain.clock.edge_at_or_after(std::min(turn.others_ps, limit_ps)));
    evaluate(domain, domain.calendar.take_next(), now, alone_until);
  }
}

void Engine::evaluate(const Domain& domain, std::uint32_t due, Cycle now, Cycle alone_until) {
  for (; due != 0; due &= due - 1)
    domain.units[static_cast<std::size_t>(__builtin_ctz(due))]->evaluate(now, alone_until);
}

}  // namespace ernsim

#include "models/dram/scheduler.h"

namespace ernsim {

Choice Scheduler::choose(Cycle earliest) const {
  Choice best;
  if (queue_.empty()) return best;
  if (only_oldest()) {
    const RequestQueue::Slot oldest = queue_.order().front();
    consider(oldest, true, queue_.at(oldest).write(), earliest, best);
    return best;
  }
  const bool write = direction_.write(waiting_);
  for (const RequestQueue::Slot slot : queue_.order()) consider(slot, false, write, earliest, best);
  return best;
}

Choice Scheduler::choose_with(Choice choice, RequestQueue::Slot slot, Cycle earliest) {
  const bool was_write = direction_.write(waiting_);
  if (!queue_.at(slot).blocked()) add(queue_.at(slot));
  if (queue_.order().size() == 1) return choose(earliest);
  if (only_oldest()) return choice;
  const bool write = direction_.write(waiting_);
  if (write != was_write || choice.command != CommandClass::column) return choose(earliest);
  consider(slot, false, write, earliest, choice);
  return choice;
}

bool Scheduler::only_oldest() const {
  return in_order_ || queue_.overtaken(queue_.at(queue_.order().front())) >= overtake_limit;
}

void Scheduler::consider(RequestQueue::Slot slot, bool alone, bool write, Cycle earliest, Choice& best) const {
  const RequestQueue::Entry& entry = queue_.at(slot);
  if (entry.blocked()) return;
  const Choice mine = next_command(slot, entry, earliest);
  if (mine.at > best.at) return;
  const bool column_first = mine.command == CommandClass::column && best.command != CommandClass::column;
  if (mine.at == best.at && !column_first) return;
  if (alone || allowed(entry, mine.command, write)) best = mine;
}

Choice Scheduler::next_command(RequestQueue::Slot slot, const RequestQueue::Entry& entry, Cycle earliest) const {
  const std::int64_t open = rank_.open_row(entry.bank);
  if (open == entry.row) {
    const Cycle ready = entry.write() ? rank_.write_ready(entry.bank) : rank_.read_ready(entry.bank);
    return {std::max(ready, earliest), CommandClass::column, slot};
  }
  if (open == RankState::closed)
    return {std::max(rank_.activate_ready(entry.bank), earliest), CommandClass::activate, slot};
  return {std::max(rank_.precharge_ready(entry.bank), earliest), CommandClass::precharge, slot};
}

/// Requests against the direction may prepare only banks that no request along it needs: else the two would take turns
/// closing each other's row.
bool Scheduler::allowed(const RequestQueue::Entry& entry, CommandClass command, bool write) const {
  const bool along = entry.write() == write;
  if (command == CommandClass::column) return along;
  if (!along && demand(write, entry.bank).requests > 0) return false;
  return command == CommandClass::activate || demand(entry.write(), entry.bank).hits == 0;
}

/// Counts a request that has come into view, or is no longer blocked.
void Scheduler::add(const RequestQueue::Entry& entry) {
  ++waiting_[entry.write() ? 1 : 0];
  Demand& d = demand(entry.write(), entry.bank);
  ++d.requests;
  if (rank_.open_row(entry.bank) == entry.row) ++d.hits;
}

void Scheduler::issued(const RequestQueue::Entry& entry) {
  --waiting_[entry.write() ? 1 : 0];
  Demand& d = demand(entry.write(), entry.bank);
  --d.requests;
  --d.hits;
  direction_.issued(entry.write());
}

void Scheduler::activated(std::size_t bank, std::uint32_t row) {
  closed(bank);
  for (const RequestQueue::Slot slot : queue_.order()) {
    const RequestQueue::Entry& entry = queue_.at(slot);
    if (entry.bank == bank && entry.row == row && !entry.blocked()) ++demand(entry.write(), bank).hits;
  }
}

void Scheduler::closed(std::size_t bank) {
  for (auto& direction : demand_) direction[bank].hits = 0;
}

}  // namespace ernsim

#include "models/dram/scheduler.h"

namespace ernsim {

/// Requests to a bank that all hit its row, or all miss it, are ready together: the oldest stands for them. A hit that
/// is ready as early as any can be stands for all younger hits.
Choice Scheduler::choose(Cycle earliest) const {
  if (queue_.empty()) return Choice{};
  if (only_oldest()) return next_command(queue_.order().front(), earliest);
  const bool write = direction_.write(waiting_);
  const Cycle bound = std::max(rank_.column_bound(write), earliest);
  Choice best;
  std::uint32_t seen = 0;  ///< two bits a bank: miss, hit
  bool hits_settled = false;
  for (const RequestQueue::Slot slot : queue_.order()) {
    const RequestQueue::Entry& entry = queue_.at(slot);
    if (entry.blocked() || entry.write() != write) continue;
    const bool hit = rank_.open_row(entry.bank) == entry.row;
    if (hit && hits_settled) continue;
    const std::uint32_t bit = 1u << (2 * entry.bank + (hit ? 1 : 0));
    if ((seen & bit) != 0) continue;
    seen |= bit;
    const Choice mine = next_command(slot, earliest);
    prefer(mine, best);
    hits_settled = hits_settled || (hit && mine.at == bound);
  }
  return best;
}

Choice Scheduler::choose_with(Choice choice, RequestQueue::Slot slot, Cycle earliest) {
  const RequestQueue::Entry& entry = queue_.at(slot);
  const bool was_write = direction_.write(waiting_);
  if (!entry.blocked()) add(entry);
  if (queue_.order().size() == 1) return choose(earliest);
  if (only_oldest()) return choice;
  const bool write = direction_.write(waiting_);
  if (write != was_write || choice.command == CommandClass::precharge) return choose(earliest);
  if (!entry.blocked() && entry.write() == write) prefer(next_command(slot, earliest), choice);
  return choice;
}

bool Scheduler::only_oldest() const {
  return in_order_ || queue_.overtaken(queue_.at(queue_.order().front())) >= overtake_limit;
}

Choice Scheduler::next_command(RequestQueue::Slot slot, Cycle earliest) const {
  const RequestQueue::Entry& entry = queue_.at(slot);
  const std::int64_t open = rank_.open_row(entry.bank);
  if (open == entry.row) {
    const Cycle ready = entry.write() ? rank_.write_ready(entry.bank) : rank_.read_ready(entry.bank);
    return {std::max(ready, earliest), CommandClass::column, slot};
  }
  if (open == RankState::closed)
    return {std::max(rank_.activate_ready(entry.bank), earliest), CommandClass::activate, slot};
  return {std::max(rank_.precharge_ready(entry.bank), earliest), CommandClass::precharge, slot};
}

/// Replaces `best` by the command of a younger request if that comes first.
void Scheduler::prefer(const Choice& mine, Choice& best) const {
  if (mine.at > best.at) return;
  const bool column_first = mine.command == CommandClass::column && best.command != CommandClass::column;
  if (mine.at == best.at && !column_first) return;
  const RequestQueue::Entry& entry = queue_.at(mine.slot);
  if (mine.command == CommandClass::precharge && hits_[direction(entry.write())][entry.bank] > 0) return;
  best = mine;
}

void Scheduler::add(const RequestQueue::Entry& entry) {
  ++waiting_[direction(entry.write())];
  if (rank_.open_row(entry.bank) == entry.row) ++hits_[direction(entry.write())][entry.bank];
}

void Scheduler::issued(RequestQueue::Slot slot) {
  const RequestQueue::Entry& entry = queue_.at(slot);
  --waiting_[direction(entry.write())];
  --hits_[direction(entry.write())][entry.bank];
  direction_.issued(entry.write(), queue_.overtakes_other_direction(slot));
}

void Scheduler::activated(std::size_t bank, std::uint32_t row) {
  closed(bank);
  for (const RequestQueue::Slot slot : queue_.order()) {
    const RequestQueue::Entry& entry = queue_.at(slot);
    if (entry.bank == bank && entry.row == row && !entry.blocked()) ++hits_[direction(entry.write())][bank];
  }
}

void Scheduler::closed(std::size_t bank) {
  for (auto& hits : hits_) hits[bank] = 0;
}

}  // namespace ernsim

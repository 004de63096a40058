#include "models/dram/fr_fcfs_policy.h"

namespace ernsim {

/// Requests to a bank that all hit its row, or all miss it, are ready together: the oldest stands for them. A hit that
/// is ready as early as any can be stands for all younger hits.
Choice FrFcfsPolicy::choose(Cycle earliest) const {
  if (only_oldest()) return oldest_.choose(earliest);
  const bool write = direction_.write(waiting_.count());
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
    const Choice mine = next_command(queue_, rank_, slot, earliest);
    prefer(mine, best);
    hits_settled = hits_settled || (hit && mine.at == bound);
  }
  return best;
}

/// Along another direction, or where a row was about to be closed, the newcomer may change everything.
Choice FrFcfsPolicy::choose_with(Choice choice, RequestQueue::Slot slot, Cycle earliest) const {
  const RequestQueue::Entry& entry = queue_.at(slot);
  if (queue_.order().size() == 1) return choose(earliest);
  if (only_oldest()) return choice;
  const bool write = direction_.write(waiting_.count());
  auto before = waiting_.count();
  if (!entry.blocked()) --before[entry.write() ? 1 : 0];
  if (write != direction_.write(before) || choice.command == CommandClass::precharge) return choose(earliest);
  if (!entry.blocked() && entry.write() == write) prefer(next_command(queue_, rank_, slot, earliest), choice);
  return choice;
}

void FrFcfsPolicy::issued(RequestQueue::Slot slot) {
  direction_.issued(queue_.at(slot).write(), queue_.overtakes_other_direction(slot));
}

bool FrFcfsPolicy::only_oldest() const { return queue_.overtaken(queue_.at(queue_.order().front())) >= overtake_limit; }

/// Replaces `best` by the command of a younger request if that comes first.
void FrFcfsPolicy::prefer(const Choice& mine, Choice& best) const {
  if (mine.at > best.at) return;
  const bool column_first = mine.command == CommandClass::column && best.command != CommandClass::column;
  if (mine.at == best.at && !column_first) return;
  const RequestQueue::Entry& entry = queue_.at(mine.slot);
  if (mine.command == CommandClass::precharge && waiting_.hits(entry.bank, entry.write()) > 0) return;
  best = mine;
}

}  // namespace ernsim

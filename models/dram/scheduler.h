#pragma once

#include <array>

#include "models/dram/bank_lines.h"
#include "models/dram/command_choice.h"
#include "models/dram/direction_policy.h"
#include "models/dram/dram_config.h"

namespace ernsim {

/// Which of the queued requests is served next, and by which command.
///
/// fcfs: the oldest request only. fr_fcfs: first ready, first come, first served: of the commands that are ready first,
/// a column access before others, then the oldest. Only requests along the current direction are served
/// (DirectionPolicy), and a row is not closed while requests along it hit that row. A request that `overtake_limit`
/// younger ones have passed is served alone, so none starves.
///
/// A decision changes only when a command issues, or when add() says so; what issues in a later cycle is known now.
class Scheduler {
 public:
  using Slot = RequestQueue::Slot;
  static constexpr std::int64_t overtake_limit = 256;  ///< accesses; guess

  Scheduler(DramScheduler kind, const RequestQueue& queue, const RankState& rank)
      : kind_(kind), queue_(queue), rank_(rank), lines_{BankLines(queue, rank), BankLines(queue, rank)} {}

  /// The command that issues next, not before `earliest`, if nothing else arrives.
  Choice choose(Cycle earliest) const;

  /// Counts a request that has arrived, or need no longer wait for an older one. Returns whether choose() may have
  /// another answer now.
  bool add(Slot slot);
  void opened(std::size_t bank) {
    for (BankLines& lines : lines_) lines.opened(bank);
  }
  void closed(std::size_t bank) {
    for (BankLines& lines : lines_) lines.closed(bank);
  }
  /// A column access is issued for the request, still queued.
  void issued(Slot slot);
  /// Whether a queued access that need not wait for another one hits the open row of the bank.
  bool any_hit(std::size_t bank) const { return ((lines_[0].hits() | lines_[1].hits()) >> bank & 1U) != 0; }

 private:
  bool only_oldest() const {
    return kind_ == DramScheduler::fcfs || queue_.overtaken(queue_.at(queue_.oldest())) >= overtake_limit;
  }
  bool serves_writes() const { return direction_.write(!lines_[0].empty(), !lines_[1].empty()); }
  void consider_columns(const BankLines& lines, bool write, Cycle earliest, Choice& best) const;
  void consider_rows(const BankLines& lines, Cycle earliest, Choice& best) const;
  bool older(Slot a, Slot b) const { return queue_.at(a).arrival < queue_.at(b).arrival; }

  DramScheduler kind_;
  const RequestQueue& queue_;
  const RankState& rank_;
  DirectionPolicy direction_;
  std::array<BankLines, 2> lines_;  ///< [direction]
};

inline Choice Scheduler::choose(Cycle earliest) const {
  Choice best;
  if (queue_.empty()) return best;
  if (only_oldest()) return next_command(queue_, rank_, queue_.oldest(), earliest);
  const bool write = serves_writes();
  const BankLines& lines = lines_[write ? 1 : 0];
  consider_columns(lines, write, earliest, best);
  if (best.at > earliest) consider_rows(lines, earliest, best);
  return best;
}

inline void Scheduler::consider_columns(const BankLines& lines, bool write, Cycle earliest, Choice& best) const {
  for (BankLines::Banks banks = lines.hits(); banks != 0; banks &= banks - 1) {
    const auto bank = static_cast<std::size_t>(__builtin_ctz(banks));
    const Cycle at = std::max(rank_.column_ready(bank, write), earliest);
    const Slot slot = lines.first_hit(bank);
    if (at < best.at || (at == best.at && older(slot, best.slot))) best = {at, CommandClass::column, slot};
  }
}

/// Banks without a hit: closes the row that is open, or opens the one that is wanted.
inline void Scheduler::consider_rows(const BankLines& lines, Cycle earliest, Choice& best) const {
  for (BankLines::Banks banks = lines.banks() & ~lines.hits(); banks != 0; banks &= banks - 1) {
    const auto bank = static_cast<std::size_t>(__builtin_ctz(banks));
    const bool open = (rank_.open_banks() >> bank & 1U) != 0;
    const Cycle at = std::max(open ? rank_.precharge_ready(bank) : rank_.activate_ready(bank), earliest);
    const Slot slot = lines.first(bank);
    const bool first = at == best.at && best.command != CommandClass::column && older(slot, best.slot);
    if (at < best.at || first) best = {at, open ? CommandClass::precharge : CommandClass::activate, slot};
  }
}

/// A newcomer of the direction that is not served matters only if it is the first of that direction.
inline bool Scheduler::add(Slot slot) {
  const bool write = queue_.at(slot).write;
  BankLines& lines = lines_[write ? 1 : 0];
  const bool only_one = lines.empty();
  return lines.add(slot) && (only_one || write == serves_writes());
}

inline void Scheduler::issued(Slot slot) {
  const RequestQueue::Entry& entry = queue_.at(slot);
  lines_[entry.write ? 1 : 0].remove(slot);
  direction_.issued(entry.write, queue_.overtakes_other_direction(entry));
}

}  // namespace ernsim

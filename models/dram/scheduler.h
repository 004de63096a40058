#pragma once

#include "models/dram/bank_lines.h"
#include "models/dram/command_choice.h"
#include "models/dram/dram_config.h"

namespace ernsim {

/// Which of the queued requests is served next, and by which command.
///
/// fcfs: the oldest request only. fr_fcfs: first ready, first come, first served: of the commands that are ready first,
/// a column access before others, then the oldest. Reads and writes are grouped by that alone: after one the other is
/// ready later. A row is not closed while a request hits it. A request that `overtake_limit` younger ones have passed
/// is served alone, so none starves.
///
/// A decision changes only when a command issues, or when add() says so; what issues in a later cycle is known now.
class Scheduler {
 public:
  using Slot = RequestQueue::Slot;
  static constexpr std::int64_t overtake_limit = 256;  ///< accesses; guess

  Scheduler(DramScheduler kind, const RequestQueue& queue, const RankState& rank)
      : kind_(kind), queue_(queue), rank_(rank), lines_(queue, rank) {}

  /// The command that issues next, not before `earliest` and to one of the banks `allowed`, if nothing else arrives.
  Choice choose(Cycle earliest, BankLines::Banks allowed) const;

  /// Counts a request that has arrived, or need no longer wait for an older one. Returns whether choose() may have
  /// another answer now.
  bool add(Slot slot) { return lines_.add(slot); }
  void opened(std::size_t bank) { lines_.opened(bank); }
  void closed(std::size_t bank) { lines_.closed(bank); }
  /// A column access is issued for the request, still queued.
  void issued(Slot slot) { lines_.remove(slot); }
  /// Whether a queued access that need not wait for another one hits the open row of the bank.
  bool any_hit(std::size_t bank) const { return (lines_.hits() >> bank & 1U) != 0; }

 private:
  bool only_oldest() const {
    return kind_ == DramScheduler::fcfs || queue_.overtaken(queue_.at(queue_.oldest())) >= overtake_limit;
  }
  Choice choose_oldest(Cycle earliest, BankLines::Banks allowed) const;
  void consider_columns(bool write, BankLines::Banks allowed, Cycle earliest, Choice& best) const;
  void consider_rows(BankLines::Banks allowed, Cycle earliest, Choice& best) const;
  bool older(Slot a, Slot b) const { return queue_.at(a).arrival < queue_.at(b).arrival; }

  DramScheduler kind_;
  const RequestQueue& queue_;
  const RankState& rank_;
  BankLines lines_;
};

inline Choice Scheduler::choose(Cycle earliest, BankLines::Banks allowed) const {
  Choice best;
  if (queue_.empty()) return best;
  if (only_oldest()) return choose_oldest(earliest, allowed);
  consider_columns(false, allowed, earliest, best);
  consider_columns(true, allowed, earliest, best);
  if (best.at > earliest) consider_rows(allowed, earliest, best);
  return best;
}

inline Choice Scheduler::choose_oldest(Cycle earliest, BankLines::Banks allowed) const {
  const Slot oldest = queue_.oldest();
  if ((allowed >> queue_.at(oldest).bank & 1U) == 0) return {};
  return next_command(queue_, rank_, oldest, earliest);
}

inline void Scheduler::consider_columns(bool write, BankLines::Banks allowed, Cycle earliest, Choice& best) const {
  for (BankLines::Banks banks = lines_.hits(write) & allowed; banks != 0; banks &= banks - 1) {
    const auto bank = static_cast<std::size_t>(__builtin_ctz(banks));
    const Cycle at = std::max(rank_.column_ready(bank, write), earliest);
    const Slot slot = lines_.first_hit(bank, write);
    if (at < best.at || (at == best.at && older(slot, best.slot))) best = {at, CommandClass::column, slot};
  }
}

/// Banks without a hit: closes the row that is open, or opens the one that is wanted.
inline void Scheduler::consider_rows(BankLines::Banks allowed, Cycle earliest, Choice& best) const {
  for (BankLines::Banks banks = lines_.banks() & ~lines_.hits() & allowed; banks != 0; banks &= banks - 1) {
    const auto bank = static_cast<std::size_t>(__builtin_ctz(banks));
    const bool open = (rank_.open_banks() >> bank & 1U) != 0;
    const Cycle at = std::max(open ? rank_.precharge_ready(bank) : rank_.activate_ready(bank), earliest);
    const Slot slot = lines_.first(bank);
    const bool first = at == best.at && best.command != CommandClass::column && older(slot, best.slot);
    if (at < best.at || first) best = {at, open ? CommandClass::precharge : CommandClass::activate, slot};
  }
}

}  // namespace ernsim

#pragma once

#include <array>
#include <vector>

#include "models/dram/rank_state.h"
#include "models/dram/request_queue.h"

namespace ernsim {

/// The requests that are not blocked, lined up by bank and age, and which of them hit an open row.
///
/// Reads of a bank's open row are ready together, as are writes of it, as are requests for other rows: the oldest
/// stands for them, so a decision looks at one or two requests a bank. Sets of banks are bit masks.
class BankLines {
 public:
  using Slot = RequestQueue::Slot;
  using Banks = RankState::Banks;
  static constexpr Slot none = RequestQueue::none;

  BankLines(const RequestQueue& queue, const RankState& rank) : queue_(queue), rank_(rank), next_(queue.capacity()) {}

  /// Banks with a request.
  Banks banks() const { return waiting_; }
  /// Banks with a read, or a write, of their open row.
  Banks hits(bool write) const { return hits_[write ? 1 : 0]; }
  Banks hits() const { return hits_[0] | hits_[1]; }
  /// The oldest request to the bank.
  Slot first(std::size_t bank) const { return lines_[bank].first; }
  /// The oldest read, or write, of the bank's open row.
  Slot first_hit(std::size_t bank, bool write) const { return lines_[bank].hit[write ? 1 : 0]; }

  /// A request has arrived, or need no longer wait for an older one. Returns whether it is the first or the first hit
  /// of its bank: if not, it changes no decision.
  bool add(Slot slot);
  /// A column access is issued for the request, still queued.
  void remove(Slot slot);
  void opened(std::size_t bank);
  void closed(std::size_t bank) {
    lines_[bank].hit = {none, none};
    for (Banks& hits : hits_) hits &= ~bit(bank);
  }

 private:
  struct Line {
    Slot first = none, last = none;
    std::array<Slot, 2> hit{none, none};  ///< [direction]
  };

  static Banks bit(std::size_t bank) { return Banks{1} << bank; }
  void insert(Line& line, Slot slot);
  bool note_hit(const RequestQueue::Entry& entry, Slot slot);
  void find_hit(std::size_t bank, bool write, Slot from);

  const RequestQueue& queue_;
  const RankState& rank_;
  Banks waiting_ = 0;
  std::array<Banks, 2> hits_{};  ///< [direction]
  std::array<Line, dram_max_banks> lines_{};
  std::vector<Slot> next_;  ///< [slot]: the next younger one to the same bank
};

inline bool BankLines::add(Slot slot) {
  const RequestQueue::Entry& entry = queue_.at(slot);
  Line& line = lines_[entry.bank];
  if (line.last == none || queue_.at(line.last).arrival < entry.arrival) {
    (line.last == none ? line.first : next_[line.last]) = slot;
    next_[slot] = none;
    line.last = slot;
  } else {
    insert(line, slot);
  }
  waiting_ |= bit(entry.bank);
  const bool first_hit = rank_.open_row(entry.bank) == entry.row && note_hit(entry, slot);
  return first_hit || line.first == slot;
}

inline bool BankLines::note_hit(const RequestQueue::Entry& entry, Slot slot) {
  const std::size_t direction = entry.write ? 1 : 0;
  Slot& hit = lines_[entry.bank].hit[direction];
  if (hit != none && queue_.at(hit).arrival < entry.arrival) return false;
  hit = slot;
  hits_[direction] |= bit(entry.bank);
  return true;
}

inline void BankLines::remove(Slot slot) {
  const RequestQueue::Entry& entry = queue_.at(slot);
  Line& line = lines_[entry.bank];
  Slot before = none;
  for (Slot s = line.first; s != slot; s = next_[s]) before = s;
  (before == none ? line.first : next_[before]) = next_[slot];
  if (line.last == slot) line.last = before;
  if (line.first == none) waiting_ &= ~bit(entry.bank);
  find_hit(entry.bank, entry.write, next_[slot]);
}

/// The first hit of a direction, looked for from a request on that no hit is older than.
inline void BankLines::find_hit(std::size_t bank, bool write, Slot from) {
  const std::int64_t row = rank_.open_row(bank);
  while (from != none && (queue_.at(from).row != row || queue_.at(from).write != write)) from = next_[from];
  const std::size_t direction = write ? 1 : 0;
  lines_[bank].hit[direction] = from;
  hits_[direction] = from == none ? hits_[direction] & ~bit(bank) : hits_[direction] | bit(bank);
}

}  // namespace ernsim

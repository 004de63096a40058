#pragma once

#include <array>
#include <vector>

#include "models/dram/rank_state.h"
#include "models/dram/request_queue.h"

namespace ernsim {

/// The requests of one direction that are not blocked, lined up by bank and age, and which of them hit an open row.
///
/// Requests to a bank that all hit its row, or all miss it, are ready together, so the oldest stands for them: a
/// decision looks at one request a bank. Sets of banks are bit masks.
class BankLines {
 public:
  using Slot = RequestQueue::Slot;
  using Banks = std::uint32_t;
  static constexpr Slot none = RequestQueue::none;

  BankLines(const RequestQueue& queue, const RankState& rank) : queue_(queue), rank_(rank), next_(queue.capacity()) {}

  /// Banks with a request.
  Banks banks() const { return waiting_; }
  /// Banks with a request to their open row.
  Banks hits() const { return hits_; }
  bool empty() const { return waiting_ == 0; }
  /// The oldest request to the bank.
  Slot first(std::size_t bank) const { return lines_[bank].first; }
  /// The oldest request to the bank's open row.
  Slot first_hit(std::size_t bank) const { return lines_[bank].hit; }

  /// A request has arrived, or need no longer wait for an older one. Returns whether it is the first or the first hit
  /// of its bank: if not, it changes no decision.
  bool add(Slot slot);
  /// A column access is issued for the request, still queued.
  void remove(Slot slot);
  void opened(std::size_t bank);
  void closed(std::size_t bank) {
    lines_[bank].hit = none;
    hits_ &= ~bit(bank);
  }

 private:
  struct Line {
    Slot first = none, last = none;
    Slot hit = none;
  };

  static Banks bit(std::size_t bank) { return Banks{1} << bank; }
  void insert(Line& line, Slot slot);
  bool note_hit(Line& line, Slot slot, std::size_t bank);
  Slot hit_from(Slot slot, std::int64_t row) const;

  const RequestQueue& queue_;
  const RankState& rank_;
  Banks waiting_ = 0, hits_ = 0;
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
  const bool first_hit = rank_.open_row(entry.bank) == entry.row && note_hit(line, slot, entry.bank);
  return first_hit || line.first == slot;
}

inline bool BankLines::note_hit(Line& line, Slot slot, std::size_t bank) {
  if (line.hit != none && queue_.at(line.hit).arrival < queue_.at(slot).arrival) return false;
  line.hit = slot;
  hits_ |= bit(bank);
  return true;
}

inline void BankLines::remove(Slot slot) {
  const std::size_t bank = queue_.at(slot).bank;
  Line& line = lines_[bank];
  Slot before = none;
  for (Slot s = line.first; s != slot; s = next_[s]) before = s;
  (before == none ? line.first : next_[before]) = next_[slot];
  if (line.last == slot) line.last = before;
  line.hit = hit_from(next_[slot], queue_.at(slot).row);
  if (line.hit == none) hits_ &= ~bit(bank);
  if (line.first == none) waiting_ &= ~bit(bank);
}

/// The first request to `row` from `slot` on.
inline BankLines::Slot BankLines::hit_from(Slot slot, std::int64_t row) const {
  while (slot != none && queue_.at(slot).row != row) slot = next_[slot];
  return slot;
}

}  // namespace ernsim

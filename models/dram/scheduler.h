#pragma once

#include <array>

#include "models/dram/direction_policy.h"
#include "models/dram/dram_config.h"
#include "models/dram/rank_state.h"
#include "models/dram/request_queue.h"

namespace ernsim {

enum class CommandClass : std::uint8_t { column, activate, precharge };

/// A command for a queued request and the first cycle it may issue at.
struct Choice {
  Cycle at = never;
  CommandClass command = CommandClass::column;
  RequestQueue::Slot slot = RequestQueue::none;
};

/// Chooses the next command for the queued requests. Changes its mind only when a request arrives or a command issues,
/// so what it would do in a later cycle is known now.
///
/// fcfs: commands for the oldest request only.
/// fr_fcfs: of the commands that are ready first, a column access before others, then the oldest. Only requests along
/// the current direction are served (DirectionPolicy), and a row is not closed while requests along it hit that row.
/// A request that `overtake_limit` younger ones have passed is served alone, so none starves.
class Scheduler {
 public:
  static constexpr std::int64_t overtake_limit = 256;  ///< accesses; guess

  Scheduler(DramScheduler kind, const RequestQueue& queue, const RankState& rank)
      : in_order_(kind == DramScheduler::fcfs), queue_(queue), rank_(rank) {}

  /// The command that issues next, not before `earliest`, if nothing else arrives.
  Choice choose(Cycle earliest) const;
  /// Counts the request that has arrived in `slot`; then the same, given that `choice` was right before.
  Choice choose_with(Choice choice, RequestQueue::Slot slot, Cycle earliest);

  void activated(std::size_t bank, std::uint32_t row);
  void closed(std::size_t bank);
  /// A column access is issued for the request in `slot`, still queued.
  void issued(RequestQueue::Slot slot);
  /// `entry` need no longer wait for an older one.
  void unblocked(const RequestQueue::Entry& entry) { add(entry); }
  /// Queued accesses to the open row of a bank that need not wait for another one.
  int hits(std::size_t bank) const { return hits_[0][bank] + hits_[1][bank]; }

 private:
  static std::size_t direction(bool write) { return write ? 1 : 0; }
  bool only_oldest() const;
  Choice next_command(RequestQueue::Slot slot, Cycle earliest) const;
  void prefer(const Choice& mine, Choice& best) const;
  void add(const RequestQueue::Entry& entry);

  bool in_order_;
  const RequestQueue& queue_;
  const RankState& rank_;
  DirectionPolicy direction_;
  std::array<int, 2> waiting_{};                           ///< reads and writes that are not blocked
  std::array<std::array<int, dram_max_banks>, 2> hits_{};  ///< those of each bank that hit the open row
};

}  // namespace ernsim

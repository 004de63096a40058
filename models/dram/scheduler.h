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
/// fcfs: commands for the oldest request only. fr_fcfs: of the commands ready first, column accesses before others,
/// then the oldest. Accesses against the current direction wait (DirectionPolicy), and a row is not closed while
/// accesses to it are queued. A request that `overtake_limit` younger ones have passed is served alone.
class Scheduler {
 public:
  static constexpr std::int64_t overtake_limit = 256;  ///< accesses; free constant

  Scheduler(DramScheduler kind, const RequestQueue& queue, const RankState& rank)
      : in_order_(kind == DramScheduler::fcfs), queue_(queue), rank_(rank) {}

  /// The command that issues next, not before `earliest`, if nothing else arrives.
  Choice choose(Cycle earliest) const;
  /// The same, given that `choice` was right before `slot` arrived.
  Choice choose_with(Choice choice, RequestQueue::Slot slot, Cycle earliest);

  void activated(std::size_t bank, std::uint32_t row);
  void closed(std::size_t bank);
  /// A column access has issued for `entry`.
  void issued(const RequestQueue::Entry& entry);
  /// `entry` need no longer wait for an older one.
  void unblocked(const RequestQueue::Entry& entry) { add(entry); }
  /// Queued accesses to the open row of a bank that need not wait for another one.
  int hits(std::size_t bank) const { return demand_[0][bank].hits + demand_[1][bank].hits; }

 private:
  /// What the requests of one direction that are not blocked want of a bank.
  struct Demand {
    int requests = 0;
    int hits = 0;  ///< those to the open row
  };
  Demand& demand(bool write, std::size_t bank) { return demand_[write ? 1 : 0][bank]; }
  const Demand& demand(bool write, std::size_t bank) const { return demand_[write ? 1 : 0][bank]; }

  bool only_oldest() const;
  void add(const RequestQueue::Entry& entry);
  /// Replaces `best` if the next command for `slot` comes before it. `alone`: no other request counts.
  void consider(RequestQueue::Slot slot, bool alone, bool write, Cycle earliest, Choice& best) const;
  Choice next_command(RequestQueue::Slot slot, const RequestQueue::Entry& entry, Cycle earliest) const;
  bool allowed(const RequestQueue::Entry& entry, CommandClass command, bool write) const;

  bool in_order_;
  const RequestQueue& queue_;
  const RankState& rank_;
  DirectionPolicy direction_;
  std::array<int, 2> waiting_{};  ///< queued reads and writes that are not blocked
  std::array<std::array<Demand, dram_max_banks>, 2> demand_{};
};

}  // namespace ernsim

#pragma once

#include <array>

#include "models/dram/rank_state.h"
#include "models/dram/request_queue.h"

namespace ernsim {

/// Counts the queued requests that need not wait for another one: reads and writes, and those that hit an open row.
class WaitingRequests {
 public:
  WaitingRequests(const RequestQueue& queue, const RankState& rank) : queue_(queue), rank_(rank) {}

  void add(const RequestQueue::Entry& entry);
  /// A column access is issued for `entry`, still queued.
  void remove(const RequestQueue::Entry& entry);
  void activated(std::size_t bank, std::uint32_t row);
  void closed(std::size_t bank);

  /// Reads and writes, in this order.
  const std::array<int, 2>& count() const { return count_; }
  int hits(std::size_t bank, bool write) const { return hits_[write ? 1 : 0][bank]; }

 private:
  const RequestQueue& queue_;
  const RankState& rank_;
  std::array<int, 2> count_{};
  std::array<std::array<int, dram_max_banks>, 2> hits_{};  ///< [direction][bank]
};

}  // namespace ernsim

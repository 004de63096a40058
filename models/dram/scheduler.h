#pragma once

#include <memory>

#include "models/dram/dram_config.h"
#include "models/dram/request_policy.h"
#include "models/dram/waiting_requests.h"

namespace ernsim {

/// Chooses the next command for the queued requests by the policy of the configuration.
class Scheduler {
 public:
  Scheduler(DramScheduler kind, const RequestQueue& queue, const RankState& rank);

  /// The command that issues next, not before `earliest`, if nothing else arrives.
  Choice choose(Cycle earliest) const { return queue_.empty() ? Choice{} : policy_->choose(earliest); }
  /// Counts the request that has arrived in `slot`; then the same, given that `choice` was right before.
  Choice choose_with(Choice choice, RequestQueue::Slot slot, Cycle earliest);

  void activated(std::size_t bank, std::uint32_t row) { waiting_.activated(bank, row); }
  void closed(std::size_t bank) { waiting_.closed(bank); }
  /// A column access is issued for the request in `slot`, still queued.
  void issued(RequestQueue::Slot slot);
  /// `entry` need no longer wait for an older one.
  void unblocked(const RequestQueue::Entry& entry) { waiting_.add(entry); }
  /// Queued accesses to the open row of a bank that need not wait for another one.
  int hits(std::size_t bank) const { return waiting_.hits(bank, false) + waiting_.hits(bank, true); }

 private:
  const RequestQueue& queue_;
  WaitingRequests waiting_;
  std::unique_ptr<RequestPolicy> policy_;
};

}  // namespace ernsim

#include "models/dram/scheduler.h"

#include "models/dram/fr_fcfs_policy.h"

namespace ernsim {

Scheduler::Scheduler(DramScheduler kind, const RequestQueue& queue, const RankState& rank)
    : queue_(queue), waiting_(queue, rank) {
  if (kind == DramScheduler::fcfs)
    policy_ = std::make_unique<FcfsPolicy>(queue, rank);
  else
    policy_ = std::make_unique<FrFcfsPolicy>(queue, rank, waiting_);
}

Choice Scheduler::choose_with(Choice choice, RequestQueue::Slot slot, Cycle earliest) {
  const RequestQueue::Entry& entry = queue_.at(slot);
  if (!entry.blocked()) waiting_.add(entry);
  return policy_->choose_with(choice, slot, earliest);
}

void Scheduler::issued(RequestQueue::Slot slot) {
  waiting_.remove(queue_.at(slot));
  policy_->issued(slot);
}

}  // namespace ernsim

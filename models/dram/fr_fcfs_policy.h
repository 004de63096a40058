#pragma once

#include "models/dram/direction_policy.h"
#include "models/dram/fcfs_policy.h"
#include "models/dram/waiting_requests.h"

namespace ernsim {

/// First ready, first come, first served: of the commands that are ready first, a column access before others, then the
/// oldest. Only requests along the current direction are served (DirectionPolicy), and a row is not closed while
/// requests along it hit that row. A request that `overtake_limit` younger ones have passed is served alone, so none
/// starves.
class FrFcfsPolicy : public RequestPolicy {
 public:
  static constexpr std::int64_t overtake_limit = 256;  ///< accesses; guess

  FrFcfsPolicy(const RequestQueue& queue, const RankState& rank, const WaitingRequests& waiting)
      : queue_(queue), rank_(rank), waiting_(waiting), oldest_(queue, rank) {}

  Choice choose(Cycle earliest) const override;
  Choice choose_with(Choice choice, RequestQueue::Slot slot, Cycle earliest) const override;
  void issued(RequestQueue::Slot slot) override;

 private:
  bool only_oldest() const;
  void prefer(const Choice& mine, Choice& best) const;

  const RequestQueue& queue_;
  const RankState& rank_;
  const WaitingRequests& waiting_;
  FcfsPolicy oldest_;
  DirectionPolicy direction_;
};

}  // namespace ernsim

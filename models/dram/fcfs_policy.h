#pragma once

#include "models/dram/request_policy.h"

namespace ernsim {

/// First come, first served: commands for the oldest request only.
class FcfsPolicy : public RequestPolicy {
 public:
  FcfsPolicy(const RequestQueue& queue, const RankState& rank) : queue_(queue), rank_(rank) {}

  Choice choose(Cycle earliest) const override { return next_command(queue_, rank_, queue_.order().front(), earliest); }
  Choice choose_with(Choice choice, RequestQueue::Slot, Cycle earliest) const override {
    return queue_.order().size() == 1 ? choose(earliest) : choice;
  }
  void issued(RequestQueue::Slot) override {}

 private:
  const RequestQueue& queue_;
  const RankState& rank_;
};

}  // namespace ernsim

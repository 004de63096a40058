#pragma once

#include "models/dram/command_choice.h"

namespace ernsim {

/// Which of the queued requests is served next. Changes its mind only when a request arrives or a command issues, so
/// what it would do in a later cycle is known now.
class RequestPolicy {
 public:
  virtual ~RequestPolicy() = default;
  /// The command that issues next, not before `earliest`, if nothing else arrives. The queue is not empty.
  virtual Choice choose(Cycle earliest) const = 0;
  /// The same once the request in `slot` has arrived and been counted, given that `choice` was right before it.
  virtual Choice choose_with(Choice choice, RequestQueue::Slot slot, Cycle earliest) const = 0;
  /// A column access is issued for the request in `slot`, still queued.
  virtual void issued(RequestQueue::Slot slot) = 0;
};

}  // namespace ernsim

#include "tools/credit_log.h"

#include <cstring>

namespace ernsim::tools {

void CreditLog::beats(const PortBeats& beats) {
  next_.beats(beats);
  if (beats.port != Port::semaphore_post && beats.port != Port::semaphore_take) return;
  Change change{beats.first_cycle, beats.first_address, 1};
  std::memcpy(&change.credits, beats.data, sizeof change.credits);
  if (beats.port == Port::semaphore_take) return taken_.push_back(change);
  change.cycle += semaphore_cycles_;
  comes_.push_back(change);
}

CreditLog::Window CreditLog::window(Cycle first, Cycle last) const {
  Window made;
  for (std::size_t i = 0; i < initial_.size(); ++i) made.before[i] = initial_[i];
  for (const Change& each : comes_) {
    if (each.cycle <= first)
      made.before[each.semaphore] += each.credits;
    else if (each.cycle <= last)
      made.comes.push_back(each);
  }
  for (const Change& each : taken_) {
    if (each.cycle < first)
      made.before[each.semaphore] -= each.credits;
    else if (each.cycle <= last)
      made.taken.push_back(each);
  }
  return made;
}

}  // namespace ernsim::tools

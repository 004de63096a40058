#include "timing/calendar.h"

#include <stdexcept>
#include <string>

namespace ernsim {

Cycle Calendar::next_of(unsigned unit) const {
  Cycle next = never;
  for (Cycle at = first_; at < first_ + wheel_cycles; ++at)
    if ((wheel_[slot(at)] >> unit & 1U) != 0) next = std::min(next, at);
  for (const Later& each : later_)
    if (each.unit == unit) next = std::min(next, each.at);
  return next;
}

void Calendar::add_later(unsigned unit, Cycle at) {
  if (added_later_[unit] == at) return;  // it is there: nothing moves to the wheel before its time is near
  added_later_[unit] = at;
  first_later_ = std::min(first_later_, at);
  later_.push_back({at, unit});
}

void Calendar::move_from_later() {
  first_later_ = never;
  std::size_t kept = 0;
  for (const Later& each : later_) {
    if (each.at < first_ + wheel_cycles) {
      mark(each.unit, each.at);
    } else {
      first_later_ = std::min(first_later_, each.at);
      later_[kept++] = each;
    }
  }
  later_.resize(kept);
}

void Calendar::refuse(unsigned unit, Cycle at) const {
  throw std::logic_error("unit " + std::to_string(unit) + " of its clock is woken for cycle " + std::to_string(at) +
                         ", when cycle " + std::to_string(first_) + " is the first to come");
}

}  // namespace ernsim

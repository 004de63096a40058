#include "models/accelerator/memory/shared_write_port.h"

#include <algorithm>

namespace ernsim {

Cycle SharedWritePort::end_of(Cycle now, Cycle start, Cycle words) {
  while (!reserved_.empty() && reserved_.front().end <= start) reserved_.pop_front();
  Cycle at = start;
  for (std::size_t i = 0; i < reserved_.size(); ++i) {
    const Interval& taken = reserved_[i];
    if (taken.made >= now) break;
    const Cycle room = std::max<Cycle>(taken.begin - at, 0);
    if (words <= room) break;
    words -= room;
    at = std::max(at, taken.end);
  }
  return at + words;
}

}  // namespace ernsim

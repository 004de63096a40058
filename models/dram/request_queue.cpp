#include "models/dram/request_queue.h"

namespace ernsim {

RequestQueue::RequestQueue(std::size_t depth) : entries_(depth) {
  free_.reserve(depth);
  for (std::size_t i = depth; i-- > 0;) free_.push_back(static_cast<Slot>(i));
}

/// The youngest queued request to the same burst that `entry` may not pass.
RequestQueue::Slot RequestQueue::must_follow(const Entry& entry) const {
  Slot slot = youngest_;
  while (slot != none && (entries_[slot].block != entry.block || !(entries_[slot].write || entry.write)))
    slot = entries_[slot].older;
  return slot;
}

}  // namespace ernsim

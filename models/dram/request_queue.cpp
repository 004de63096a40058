#include "models/dram/request_queue.h"

namespace ernsim {

RequestQueue::RequestQueue(std::size_t depth) : entries_(depth) {
  free_.reserve(depth);
  for (std::size_t i = depth; i-- > 0;) free_.push_back(static_cast<Slot>(i));
}

/// The youngest queued request to the same 64 bytes that `entry` may not pass: any for a write, a write for a read.
RequestQueue::Slot RequestQueue::must_follow(const Entry& entry) const {
  const Slot write = youngest_to(entry.block, ages_[1]);
  const Slot read = entry.write ? youngest_to(entry.block, ages_[0]) : none;
  if (read == none || write == none) return read == none ? write : read;
  return entries_[read].arrival > entries_[write].arrival ? read : write;
}

RequestQueue::Slot RequestQueue::youngest_to(std::uint64_t block, const Ages& ages) const {
  Slot slot = ages.youngest;
  while (slot != none && entries_[slot].block != block) slot = entries_[slot].older;
  return slot;
}

}  // namespace ernsim

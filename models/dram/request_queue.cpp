#include "models/dram/request_queue.h"

#include <algorithm>

namespace ernsim {

RequestQueue::RequestQueue(std::size_t depth, const DramAddressMapping& mapping, int bank_bits)
    : mapping_(mapping), bank_bits_(bank_bits), entries_(depth), coming_(depth) {
  free_.reserve(depth);
  order_.reserve(depth);
  for (std::size_t i = depth; i-- > 0;) free_.push_back(static_cast<Slot>(i));
}

Cycle RequestQueue::submit(const DramRequest& request, Cycle visible) {
  const Slot slot = free_.back();
  free_.pop_back();
  const DramLocation location = mapping_.locate(request.address);
  Entry& entry = entries_[slot];
  entry = Entry{};
  entry.request = request;
  entry.block = request.address / dram_access_bytes;
  entry.row = location.row;
  entry.bank = static_cast<std::uint8_t>((location.bank_group << bank_bits_) | location.bank);
  entry.visible = last_visible_ = std::max(visible, last_visible_);
  std::size_t tail = coming_head_ + coming_count_++;
  if (tail >= coming_.size()) tail -= coming_.size();
  coming_[tail] = slot;
  return entry.visible;
}

RequestQueue::Slot RequestQueue::admit() {
  const Slot slot = coming_[coming_head_];
  if (++coming_head_ == coming_.size()) coming_head_ = 0;
  --coming_count_;
  Entry& entry = entries_[slot];
  entry.after = must_follow(entry);
  if (entry.blocked()) ++blocked_;
  entry.arrival = issued_ + static_cast<std::int64_t>(order_.size());
  order_.push_back(slot);
  return slot;
}

bool RequestQueue::overtakes_other_direction(Slot slot) const {
  const bool write = entries_[slot].write();
  for (const Slot older : order_) {
    if (older == slot) return false;
    if (entries_[older].write() != write) return true;
  }
  return false;
}

RequestQueue::Slot RequestQueue::must_follow(const Entry& entry) const {
  for (auto it = order_.rbegin(); it != order_.rend(); ++it) {
    const Entry& older = entries_[*it];
    if (older.block == entry.block && (older.write() || entry.write())) return *it;
  }
  return none;
}

}  // namespace ernsim

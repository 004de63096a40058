#pragma once

#include <cstdint>
#include <vector>

#include "models/dram/address_mapping.h"
#include "models/dram/dram_request.h"

namespace ernsim {

/// The controller's requests: a fixed number of slots, in order of arrival. Nothing is allocated after construction.
///
/// A request is first on its way (submitted, not visible), then queued. Keeps accesses to the same 64 bytes in order:
/// a request that may not pass an older one is `blocked` until that one has issued.
class RequestQueue {
 public:
  using Slot = std::uint16_t;
  static constexpr Slot none = 0xffff;

  struct Entry {
    DramRequest request;
    std::uint64_t block = 0;   ///< address / 64
    std::int64_t arrival = 0;  ///< accesses issued plus accesses queued when it arrived
    Cycle visible = 0;
    std::uint32_t row = 0;
    Slot after = none;             ///< the older request it must wait for
    std::uint8_t bank = 0;         ///< over all bank groups
    bool activated = false;        ///< an ACT was issued for it
    bool precharged = false;       ///< a PRE was issued for it
    std::int64_t refreshes = 0;    ///< issued before it was queued
    std::int64_t turnarounds = 0;  ///< of the data bus before it was queued
    bool blocked() const { return after != none; }
    bool write() const { return request.write; }
  };

  RequestQueue(std::size_t depth, const DramAddressMapping& mapping, int bank_bits);

  std::size_t capacity() const { return entries_.size(); }
  std::size_t size() const { return order_.size() + coming_count_; }

  /// Returns the cycle the request is queued at: not before an earlier submitted one.
  Cycle submit(const DramRequest& request, Cycle visible);
  /// When the next request is to be queued, `never` if none is on its way.
  Cycle next_visible() const { return coming_count_ == 0 ? never : entries_[coming_[coming_head_]].visible; }
  /// Queues the request on its way that is next and returns its slot.
  Slot admit();
  /// Takes out an issued request; those that waited for it no longer do. Calls unblocked(entry) for each.
  template <class Unblocked>
  void remove(Slot slot, Unblocked&& unblocked);

  /// Queued slots, oldest first.
  const std::vector<Slot>& order() const { return order_; }
  Entry& at(Slot slot) { return entries_[slot]; }
  const Entry& at(Slot slot) const { return entries_[slot]; }
  bool empty() const { return order_.empty(); }
  /// How many younger requests have been issued before `oldest`, the oldest one queued.
  std::int64_t overtaken(const Entry& oldest) const { return issued_ - oldest.arrival; }
  /// Whether a read is older than the write in `slot`, or the other way round.
  bool overtakes_other_direction(Slot slot) const;

 private:
  /// The youngest queued request to the same 64 bytes that `entry` may not pass.
  Slot must_follow(const Entry& entry) const;

  DramAddressMapping mapping_;
  int bank_bits_;
  std::vector<Entry> entries_;
  std::vector<Slot> free_;
  std::vector<Slot> order_;
  std::vector<Slot> coming_;  ///< ring of requests on their way
  std::size_t coming_head_ = 0;
  std::size_t coming_count_ = 0;
  Cycle last_visible_ = 0;
  std::int64_t issued_ = 0;
  int blocked_ = 0;  ///< queued requests that are blocked
};

template <class Unblocked>
void RequestQueue::remove(Slot slot, Unblocked&& unblocked) {
  std::size_t at = 0;
  while (order_[at] != slot) ++at;
  order_.erase(order_.begin() + static_cast<std::ptrdiff_t>(at));
  for (; blocked_ > 0 && at < order_.size(); ++at) {
    Entry& younger = entries_[order_[at]];
    if (younger.after != slot) continue;
    younger.after = none;
    --blocked_;
    unblocked(younger);
  }
  free_.push_back(slot);
  ++issued_;
}

}  // namespace ernsim

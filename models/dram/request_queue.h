#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/dram/dram_request.h"

namespace ernsim {

/// The controller's requests by age: a fixed number of slots. Nothing is allocated after construction.
///
/// Keeps accesses to the same burst in order: a request that may not pass an older one is `blocked` until that one
/// has issued.
class RequestQueue {
 public:
  using Slot = std::uint16_t;
  static constexpr Slot none = 0xffff;

  struct Entry {
    std::uint64_t block = 0;  ///< number of its burst
    std::uint64_t tag = 0;
    std::int64_t arrival = 0;  ///< requests that arrived before it
    Cycle visible = 0;
    std::uint32_t row = 0;
    std::uint32_t refreshes = 0;    ///< issued before it arrived, modulo 2^32
    std::uint32_t turnarounds = 0;  ///< of the data bus before it arrived, modulo 2^32
    Slot after = none;              ///< the older request it must wait for
    Slot older = none;              ///< the next one by age
    Slot younger = none;
    std::uint8_t bank = 0;  ///< over all bank groups and ranks
    bool write = false;
    bool activated = false;   ///< an ACT was issued for it
    bool precharged = false;  ///< a PRE was issued for it
    bool blocked() const { return after != none; }
  };

  explicit RequestQueue(std::size_t depth);

  std::size_t capacity() const { return entries_.size(); }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  /// `block`: requests of the same one are to the same bytes.
  Slot enter(const DramRequest& request, std::uint64_t block, std::uint8_t bank, std::uint32_t row, Cycle visible);
  /// Takes out an issued request; its entry stays readable until enter(). Calls unblocked(slot) for each that need no
  /// longer wait for it.
  template <class Unblocked>
  void remove(Slot slot, Unblocked&& unblocked);

  Entry& at(Slot slot) { return entries_[slot]; }
  const Entry& at(Slot slot) const { return entries_[slot]; }
  /// The queue is not empty.
  Slot oldest() const { return oldest_; }
  /// How many younger requests have been issued before `oldest`, the oldest one queued.
  std::int64_t overtaken(const Entry& oldest) const { return issued_ - oldest.arrival; }

 private:
  static constexpr std::size_t buckets = 256;
  static std::size_t bucket(std::uint64_t block) { return block % buckets; }
  bool may_clash(const Entry& entry) const;
  Slot must_follow(const Entry& entry) const;

  std::vector<Entry> entries_;
  std::vector<Slot> free_;
  std::size_t size_ = 0;
  std::size_t blocked_ = 0;
  std::int64_t issued_ = 0;
  Slot oldest_ = none, youngest_ = none;
  std::array<std::array<std::uint16_t, buckets>, 2> same_bucket_{};  ///< [direction]: requests by a hash of the block
};

inline RequestQueue::Slot RequestQueue::enter(const DramRequest& request, std::uint64_t block, std::uint8_t bank,
                                              std::uint32_t row, Cycle visible) {
  const Slot slot = free_.back();
  free_.pop_back();
  Entry& entry = entries_[slot];
  entry.block = block;
  entry.tag = request.tag;
  entry.arrival = issued_ + static_cast<std::int64_t>(size_++);
  entry.visible = visible;
  entry.row = row;
  entry.bank = bank;
  entry.write = request.write;
  entry.activated = entry.precharged = false;
  entry.after = may_clash(entry) ? must_follow(entry) : none;
  if (entry.blocked()) ++blocked_;
  ++same_bucket_[entry.write ? 1 : 0][bucket(entry.block)];
  entry.older = youngest_;
  entry.younger = none;
  (youngest_ == none ? oldest_ : entries_[youngest_].younger) = slot;
  youngest_ = slot;
  return slot;
}

/// Only a request in the same bucket can be to the same burst; a read need not wait for reads.
inline bool RequestQueue::may_clash(const Entry& entry) const {
  const std::size_t b = bucket(entry.block);
  return same_bucket_[1][b] > 0 || (entry.write && same_bucket_[0][b] > 0);
}

template <class Unblocked>
void RequestQueue::remove(Slot slot, Unblocked&& unblocked) {
  Entry& entry = entries_[slot];
  (entry.older == none ? oldest_ : entries_[entry.older].younger) = entry.younger;
  (entry.younger == none ? youngest_ : entries_[entry.younger].older) = entry.older;
  --same_bucket_[entry.write ? 1 : 0][bucket(entry.block)];
  --size_;
  ++issued_;
  free_.push_back(slot);
  for (Slot other = blocked_ > 0 ? entry.younger : none; other != none; other = entries_[other].younger) {
    if (entries_[other].after != slot) continue;
    entries_[other].after = none;
    --blocked_;
    unblocked(other);
  }
}

}  // namespace ernsim

#pragma once

#include <algorithm>
#include <cstdint>

#include "check/instruction.h"

namespace ernsim::check {

/// One burst: its first byte and how many.
struct Cut {
  std::uint64_t address = 0;
  std::uint32_t bytes = 0;

  bool operator==(const Cut& other) const { return address == other.address && bytes == other.bytes; }
};

/// The burst that begins at `address`, of what lies before `end`: none reaches over a multiple of the longest burst nor
/// over one of 4096.
inline Cut next_cut(std::uint64_t address, std::uint64_t end, std::uint64_t width_bytes, std::uint64_t most_beats) {
  auto after = [address](std::uint64_t multiple) { return address - address % multiple + multiple; };
  return {address, static_cast<std::uint32_t>(std::min({after(width_bytes * most_beats), after(4096), end}) - address)};
}

/// Beats of the port that the bytes touch.
inline std::uint32_t beats_of(const Cut& burst, std::uint64_t width_bytes) {
  return static_cast<std::uint32_t>((burst.address + burst.bytes - 1) / width_bytes - burst.address / width_bytes + 1);
}

/// The bursts of an instruction, run after run.
class Nest {
 public:
  Nest(const Transfer& transfer, std::uint64_t width_bytes, std::uint64_t most_beats)
      : transfer_(transfer), width_bytes_(width_bytes), most_beats_(most_beats) {}

  std::uint64_t runs() const { return std::uint64_t{transfer_.outer_count} * transfer_.inner_count; }
  bool done() const { return transfer_.run_bytes == 0 || run_ == runs(); }
  /// Of the next burst: its run, and its first byte inside that.
  std::uint64_t run() const { return run_; }
  std::uint32_t offset() const { return offset_; }
  Cut next() {
    const std::uint64_t begin = transfer_.external_address +
                                run_ / transfer_.inner_count * transfer_.outer_stride_bytes +
                                run_ % transfer_.inner_count * transfer_.inner_stride_bytes;
    const Cut cut = next_cut(begin + offset_, begin + transfer_.run_bytes, width_bytes_, most_beats_);
    offset_ += cut.bytes;
    if (offset_ == transfer_.run_bytes) {
      offset_ = 0;
      ++run_;
    }
    return cut;
  }

 private:
  const Transfer& transfer_;
  std::uint64_t width_bytes_, most_beats_;
  std::uint64_t run_ = 0;
  std::uint32_t offset_ = 0;
};

}  // namespace ernsim::check

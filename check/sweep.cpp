#include "check/sweep.h"

#include <algorithm>

namespace ernsim::check {

namespace {

using Words = std::vector<std::uint32_t>;

/// Removes from `words`, in their order, those that the banks give in one cycle.
Words read_a_cycle(Words& words, std::uint32_t banks) {
  std::vector<bool> busy(banks);
  Words read, left;
  for (const std::uint32_t word : words) {
    (busy[word % banks] ? left : read).push_back(word);
    busy[word % banks] = true;
  }
  words = left;
  return read;
}

/// What each core has to read for a step, in order of lanes.
class Wanted {
 public:
  Wanted(const Array& array, const Convolution& o, std::int64_t pane)
      : array_(array), o_(o), pane_(pane), in_registers_(static_cast<std::size_t>(array.cores)) {}

  std::vector<Words> of(std::vector<TilePixel>::const_iterator begin, std::vector<TilePixel>::const_iterator end) {
    std::vector<Words> wanted(in_registers_.size()), view(in_registers_.size());
    for (; begin != end; ++begin) {
      const auto core = static_cast<std::size_t>(begin->y / ((o_.out_rows + array_.cores - 1) / array_.cores));
      const bool kept = !array_.pixels && begin->x > 0;
      for (const Tap& tap : taps_of(array_, o_, pane_, *begin)) {
        const Words& old = in_registers_[core];
        if (!kept || std::find(old.begin(), old.end(), tap.address) == old.end()) wanted[core].push_back(tap.address);
        view[core].push_back(tap.address);
      }
    }
    in_registers_ = view;
    return wanted;
  }

 private:
  const Array& array_;
  const Convolution& o_;
  std::int64_t pane_;
  std::vector<Words> in_registers_;  ///< [core]
};

bool is_read(const std::vector<Words>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [](const Words& words) { return words.empty(); });
}

}  // namespace

Sweep sweep_of(const Array& array, const Convolution& o, std::int64_t pane, const std::vector<TilePixel>& tile) {
  Sweep sweep;
  Wanted wants(array, o, pane);
  Cycle cycle = 0;
  for (auto begin = tile.begin(); begin != tile.end(); ++cycle) {
    const auto end = std::find_if(begin, tile.end(), [begin](const TilePixel& p) { return p.step != begin->step; });
    auto wanted = wants.of(begin, end);
    for (;; ++cycle) {
      for (Words& words : wanted)
        for (const std::uint32_t address : read_a_cycle(words, static_cast<std::uint32_t>(array.banks)))
          sweep.reads.push_back({cycle, address});
      if (is_read(wanted)) break;
    }
    sweep.steps.push_back(cycle);
    begin = end;
  }
  return sweep;
}

}  // namespace ernsim::check

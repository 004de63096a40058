#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "models/accelerator/isa/instruction.h"

namespace ernsim::compiler {

/// Which instructions used which words of a memory, as far as later ones must wait for them. Instructions are numbered
/// in their units' streams.
class UseHistory {
 public:
  static constexpr std::int32_t none = -1;

  /// Ranges are kept in pages of 2^`page_bits` words: short lists if that is what a tile or a few of its rows take.
  explicit UseHistory(std::uint32_t page_bits = 9) : page_bits_(page_bits) {}

  struct Use {
    UnitId writer_unit{};
    std::int32_t writer = none;                 ///< the last one
    EnumArray<UnitId, std::int32_t> readers{};  ///< last reader of each unit since the write, or none
    std::uint32_t order = 0;                    ///< of the last reader or writer, in program order
  };

  /// The instruction `number` of `unit`, the `order`th of all, reads or writes the words; calls need(unit, number) for
  /// each that it must come after.
  template <class Need>
  void touch(std::uint32_t begin, std::uint32_t count, bool write, UnitId unit, std::int32_t number,
             std::uint32_t order, Need&& need);

  /// The order of the last use of any of the words; 0 if there is none.
  std::uint32_t last_use(std::uint32_t begin, std::uint32_t count) const;

 private:
  struct Range {
    std::uint32_t begin = 0, end = 0;
    Use use;
  };
  /// Ascending, disjoint. No range goes beyond its page, so that few are moved when one is added.
  using Page = std::vector<Range>;

  Page& page(std::uint32_t number);
  static std::size_t split(Page& page, std::uint32_t at);
  static void replace(Page& page, std::size_t first, std::size_t last, const Range& by);

  std::uint32_t page_bits_;
  std::vector<Page> pages_;
};

template <class Need>
void UseHistory::touch(std::uint32_t begin, std::uint32_t count, bool write, UnitId unit, std::int32_t number,
                       std::uint32_t order, Need&& need) {
  for (std::uint32_t at = begin; at < begin + count;) {
    Page& here = page(at >> page_bits_);
    const std::uint32_t end = std::min(begin + count, ((at >> page_bits_) + 1) << page_bits_);
    const std::size_t first = split(here, at), last = split(here, end);
    for (std::size_t i = first; i < last; ++i) {
      Use& use = here[i].use;
      bool read_since = false;
      if (write)
        for (const UnitId u : each<UnitId>()) {
          if (use.readers[u] == none) continue;
          need(u, use.readers[u]);
          read_since = true;
        }
      if (!read_since && use.writer != none) need(use.writer_unit, use.writer);
      use.readers[unit] = number;
      use.order = order;
    }
    if (write) {
      Range written{at, end, {unit, number, {}, order}};
      written.use.readers.fill(none);
      replace(here, first, last, written);
    }
    at = end;
  }
}

}  // namespace ernsim::compiler

#include "compiler/use_history.h"

#include <algorithm>

namespace ernsim::compiler {

UseHistory::Page& UseHistory::page(std::uint32_t number) {
  if (number >= pages_.size()) pages_.resize(number + 1);
  return pages_[number];
}

/// Makes `at` a boundary; the first range that begins there or later.
std::size_t UseHistory::split(Page& page, std::uint32_t at) {
  const auto after = std::upper_bound(page.begin(), page.end(), at,
                                      [](std::uint32_t address, const Range& range) { return address < range.end; });
  const auto number = static_cast<std::size_t>(after - page.begin());
  if (after == page.end() || after->begin >= at) return number;
  Range lower = *after;
  lower.end = after->begin = at;
  page.insert(after, lower);
  return number + 1;
}

void UseHistory::replace(Page& page, std::size_t first, std::size_t last, const Range& by) {
  const auto at = page.begin() + static_cast<std::ptrdiff_t>(first);
  if (first == last) {
    page.insert(at, by);
    return;
  }
  *at = by;
  page.erase(at + 1, page.begin() + static_cast<std::ptrdiff_t>(last));
}

std::uint32_t UseHistory::last_use(std::uint32_t begin, std::uint32_t count) const {
  std::uint32_t last = 0;
  const std::uint32_t end = begin + count;
  for (std::uint32_t p = begin >> page_bits_; p < pages_.size() && p << page_bits_ < end; ++p)
    for (const Range& range : pages_[p])
      if (range.begin < end && range.end > begin) last = std::max(last, range.use.order);
  return last;
}

}  // namespace ernsim::compiler

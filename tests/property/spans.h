#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "timing/clock.h"

namespace ernsim::test {

/// The cycles from `begin` to before `end`.
struct Span {
  Cycle begin = 0, end = 0;
  bool operator==(const Span& o) const { return begin == o.begin && end == o.end; }
};
using Spans = std::vector<Span>;

/// Ascending, with what touches or overlaps made one.
inline Spans merged(Spans spans) {
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
  Spans made;
  for (const Span& span : spans) {
    if (span.begin >= span.end) continue;
    if (!made.empty() && span.begin <= made.back().end)
      made.back().end = std::max(made.back().end, span.end);
    else
      made.push_back(span);
  }
  return made;
}

/// What is in `all` and not in `those`.
inline Spans without(const Spans& all, const Spans& those) {
  Spans made;
  const Spans cut = merged(those);
  for (Span span : merged(all)) {
    for (const Span& each : cut) {
      if (each.end <= span.begin || each.begin >= span.end) continue;
      if (span.begin < each.begin) made.push_back({span.begin, each.begin});
      span.begin = each.end;
    }
    if (span.begin < span.end) made.push_back(span);
  }
  return made;
}

/// The first cycle in which two sets of cycles differ, or "".
inline std::string difference(const char* what, const Spans& found, const Spans& expected) {
  const Spans more = without(found, expected), less = without(expected, found);
  const auto first = [](const Spans& spans) { return spans.empty() ? never : spans.front().begin; };
  if (more.empty() && less.empty()) return "";
  return std::string(what) + (first(more) < first(less) ? ": booked in cycle " : ": not booked in cycle ") +
         std::to_string(std::min(first(more), first(less))) + "\n";
}

}  // namespace ernsim::test

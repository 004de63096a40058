#include <fmt/format.h>

#include <algorithm>

#include "check/rules.h"

namespace ernsim::check {

namespace {

/// Ascending, with what touches or overlaps made one.
std::vector<Span> merged(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
  std::vector<Span> made;
  for (const Span& span : spans) {
    if (span.begin >= span.end) continue;
    if (!made.empty() && span.begin <= made.back().end)
      made.back().end = std::max(made.back().end, span.end);
    else
      made.push_back(span);
  }
  return made;
}

/// What lies between `begin` and `end` and in none of the spans, which are merged.
std::vector<Span> gaps(const std::vector<Span>& spans, Cycle begin, Cycle end) {
  std::vector<Span> made;
  for (const Span& span : spans) {
    if (span.begin > begin && begin < end) made.push_back({begin, std::min(span.begin, end)});
    begin = std::max(begin, span.end);
  }
  if (begin < end) made.push_back({begin, end});
  return made;
}

}  // namespace

void check_stalls(const Subject& s, int unit, std::vector<Span> work, bool whole) {
  const std::string name = unit_names[static_cast<std::size_t>(unit)], channel = name + ".stall";
  s.trace.require({channel});
  const std::vector<Span> busy = merged(std::move(work));
  std::vector<Span> stalls;
  auto at = busy.begin();
  Cycle end = 0;
  for (Walk walk(s.trace, channel); walk.more(); walk.next()) {
    const Span stall{walk.cycle(), walk.cycle() + walk.value()};
    while (at != busy.end() && at->end <= stall.begin) ++at;
    const bool works = at != busy.end() && at->begin < stall.end;
    s.report.expect("stalls.apart", stall.begin >= end && !works, {stall.begin, name, -1}, [&] {
      return works ? fmt::format("a stall of {} cycles, the unit works from cycle {} on", walk.value(),
                                 std::max(at->begin, stall.begin))
                   : fmt::format("a stall, the one before lasts until cycle {}", end - 1);
    });
    end = stall.end;
    stalls.push_back(stall);
  }
  const auto& list = s.executions.of(unit);
  if (!whole || list.empty() || busy.empty() || s.executions.frames().size() != 2 || !s.trace.from_start() ||
      !s.trace.reader().damage().empty() || list.back().end == unknown ||
      s.executions.stream_length(unit, list.back().frame) != std::int64_t{list.back().number} + 1)
    return;
  const Cycle begin = s.executions.frames()[1].start, last = busy.back().end;
  const auto expected = gaps(busy, begin, last), found = gaps(gaps(merged(stalls), 0, never), begin, last);
  for (std::size_t i = 0; i < std::max(expected.size(), found.size()); ++i) {
    const bool same = i < expected.size() && i < found.size() && expected[i].begin == found[i].begin &&
                      expected[i].end == found[i].end;
    const Cycle cycle = i < expected.size() ? expected[i].begin : found[i].begin;
    s.report.expect("stalls.whole", same, {cycle, name, -1}, [&] {
      return i < expected.size()
                 ? fmt::format("it does not work from here to cycle {}, the stalls are others", expected[i].end - 1)
                 : "a stall while the unit works";
    });
    if (!same) return;
  }
}

}  // namespace ernsim::check

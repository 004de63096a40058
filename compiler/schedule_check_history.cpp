#include "compiler/schedule_check_history.h"

#include <algorithm>
#include <iterator>

namespace ernsim::compiler {
namespace {

InstructionId id_of(UnitId unit, std::uint32_t done) { return {unit, done - 1}; }

}  // namespace

/// Makes `at` a boundary; the first segment that begins there or later.
AccessHistory::Segments::iterator AccessHistory::split(std::uint64_t at) {
  const auto next = segments_.lower_bound(at);
  if (next == segments_.begin()) return next;
  const auto before = std::prev(next);
  if (before->second.end <= at) return next;
  const auto tail = segments_.emplace_hint(next, at, before->second);
  before->second.end = at;
  return tail;
}

bool AccessHistory::ordered_after_writer(const Segment& segment, const VectorClock& known) {
  return !segment.writer || known[*segment.writer] >= segment.writer_done;
}

void AccessHistory::write_initially(std::uint64_t begin, std::uint64_t end) {
  segments_.insert_or_assign(begin, Segment{end, std::nullopt, 0, {}});
}

std::optional<AccessHistory::Conflict> AccessHistory::read(InstructionId who, const VectorClock& known,
                                                           std::uint64_t begin, std::uint64_t end) {
  split(end);
  std::uint64_t covered = begin;
  for (auto at = split(begin); at != segments_.end() && at->first < end; ++at) {
    Segment& segment = at->second;
    if (at->first > covered) break;
    if (!ordered_after_writer(segment, known))
      return Conflict{Fault::write_to_read, id_of(*segment.writer, segment.writer_done), at->first, segment.end};
    segment.readers_done[who.unit] = who.index + 1;
    covered = segment.end;
  }
  if (covered >= end) return std::nullopt;
  const auto next = segments_.lower_bound(covered);
  return Conflict{Fault::never_written, {}, covered, next == segments_.end() ? end : std::min(end, next->first)};
}

std::optional<AccessHistory::Conflict> AccessHistory::write_conflict(const Segments::value_type& entry,
                                                                     const VectorClock& known) {
  const auto& [begin, segment] = entry;
  for (const UnitId unit : each<UnitId>())
    if (segment.readers_done[unit] > known[unit])
      return Conflict{Fault::read_to_write, id_of(unit, segment.readers_done[unit]), begin, segment.end};
  if (!ordered_after_writer(segment, known))
    return Conflict{Fault::write_to_write, id_of(*segment.writer, segment.writer_done), begin, segment.end};
  return std::nullopt;
}

std::optional<AccessHistory::Conflict> AccessHistory::write(InstructionId who, const VectorClock& known,
                                                            std::uint64_t begin, std::uint64_t end) {
  split(end);
  VectorClock known_or_own = known;
  known_or_own[who.unit] = who.index + 1;
  auto at = split(begin);
  while (at != segments_.end() && at->first < end) {
    if (const auto conflict = write_conflict(*at, known_or_own)) return conflict;
    at = segments_.erase(at);
  }
  segments_.emplace_hint(at, begin, Segment{end, who.unit, who.index + 1, {}});
  return std::nullopt;
}

}  // namespace ernsim::compiler

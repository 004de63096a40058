#include "compiler/schedule_check_history.h"

#include <algorithm>
#include <iterator>

namespace ernsim::compiler {
namespace {

InstructionId id_of(std::size_t unit, std::uint32_t done) { return {static_cast<UnitId>(unit), done - 1}; }

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
  return segment.writer_unit == host || known[segment.writer_unit] >= segment.writer_done;
}

void AccessHistory::write_initially(std::uint64_t begin, std::uint64_t end) {
  segments_.insert_or_assign(begin, Segment{end, host, 0, {}});
}

std::optional<AccessHistory::Conflict> AccessHistory::read(InstructionId who, const VectorClock& known,
                                                           std::uint64_t begin, std::uint64_t end) {
  split(end);
  std::uint64_t covered = begin;
  for (auto at = split(begin); at != segments_.end() && at->first < end; ++at) {
    Segment& segment = at->second;
    if (at->first > covered) break;
    if (!ordered_after_writer(segment, known))
      return Conflict{Fault::write_to_read, id_of(segment.writer_unit, segment.writer_done), at->first, segment.end};
    segment.readers_done[static_cast<std::size_t>(who.unit)] = who.index + 1;
    covered = segment.end;
  }
  if (covered >= end) return std::nullopt;
  const auto next = segments_.lower_bound(covered);
  return Conflict{Fault::never_written, {}, covered, next == segments_.end() ? end : std::min(end, next->first)};
}

std::optional<AccessHistory::Conflict> AccessHistory::write_conflict(const Segments::value_type& entry,
                                                                     const VectorClock& known) {
  const auto& [begin, segment] = entry;
  for (std::size_t unit = 0; unit < unit_count; ++unit)
    if (segment.readers_done[unit] > known[unit])
      return Conflict{Fault::read_to_write, id_of(unit, segment.readers_done[unit]), begin, segment.end};
  if (!ordered_after_writer(segment, known))
    return Conflict{Fault::write_to_write, id_of(segment.writer_unit, segment.writer_done), begin, segment.end};
  return std::nullopt;
}

std::optional<AccessHistory::Conflict> AccessHistory::write(InstructionId who, const VectorClock& known,
                                                            std::uint64_t begin, std::uint64_t end) {
  split(end);
  const auto unit = static_cast<std::size_t>(who.unit);
  VectorClock known_or_own = known;
  known_or_own[unit] = who.index + 1;
  auto at = split(begin);
  while (at != segments_.end() && at->first < end) {
    if (const auto conflict = write_conflict(*at, known_or_own)) return conflict;
    at = segments_.erase(at);
  }
  segments_.emplace_hint(at, begin, Segment{end, unit, who.index + 1, {}});
  return std::nullopt;
}

}  // namespace ernsim::compiler

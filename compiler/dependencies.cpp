#include "compiler/dependencies.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace ernsim::compiler {

namespace {

constexpr std::size_t no_semaphore = semaphore_count;

std::size_t semaphore_between(MemoryId memory, std::size_t from, std::size_t to) {
  for (std::size_t i = 0; i < semaphore_count; ++i)
    if (semaphores[i].memory == memory && static_cast<std::size_t>(semaphores[i].from) == from &&
        static_cast<std::size_t>(semaphores[i].to) == to)
      return i;
  return no_semaphore;
}

void add_wait(Instruction& instruction, std::size_t semaphore, std::size_t count) {
  if (instruction.wait_count == max_waits) throw std::logic_error("an instruction needs too many semaphores");
  if (count > max_wait_count) throw std::logic_error("an instruction waits for too many credits");
  instruction.waits[instruction.wait_count++] = {static_cast<std::uint8_t>(semaphore),
                                                 static_cast<std::uint16_t>(count)};
}

}  // namespace

void Dependencies::add(const Instruction& instruction) {
  unit_ = static_cast<std::size_t>(instruction.unit);
  streams_[unit_].push_back(instruction);
  ++number_;
}

std::uint32_t Dependencies::last_use(MemoryId memory, std::uint32_t begin, std::uint32_t count) const {
  const auto& ranges = ranges_[static_cast<std::size_t>(memory)];
  auto range = ranges.upper_bound(begin);
  if (range != ranges.begin() && std::prev(range)->second.end > begin) --range;
  std::uint32_t last = 0;
  for (; range != ranges.end() && range->first < begin + count; ++range) last = std::max(last, range->second.last_use);
  return last;
}

/// Makes `at` a boundary of the ranges.
void Dependencies::split(std::map<std::uint32_t, Range>& ranges, std::uint32_t at) {
  auto after = ranges.upper_bound(at);
  if (after == ranges.begin()) return;
  auto range = std::prev(after);
  if (range->first == at || range->second.end <= at) return;
  Range upper = range->second;
  range->second.end = at;
  ranges.emplace_hint(after, at, upper);
}

void Dependencies::touch(MemoryId memory, std::uint32_t begin, std::uint32_t count, bool write) {
  if (count == 0) return;
  auto& ranges = ranges_[static_cast<std::size_t>(memory)];
  const std::uint32_t end = begin + count;
  const auto number = static_cast<std::int32_t>(streams_[unit_].size()) - 1;
  split(ranges, begin);
  split(ranges, end);
  auto range = ranges.lower_bound(begin);
  while (range != ranges.end() && range->first < end) {
    bool read_since = false;
    for (std::size_t u = 0; write && u < unit_count; ++u) {
      if (range->second.readers[u] == none) continue;
      need(memory, u, range->second.readers[u]);
      read_since = true;
    }
    if (!read_since && range->second.writer != none) need(memory, range->second.writer_unit, range->second.writer);
    if (!write) range->second.readers[unit_] = number;
    range->second.last_use = number_;
    range = write ? ranges.erase(range) : std::next(range);
  }
  if (!write) return;
  Range fresh{end, unit_, number, {}, number_};
  fresh.readers.fill(none);
  ranges[begin] = fresh;
}

void Dependencies::need(MemoryId memory, std::size_t from, std::int32_t provider) {
  if (from == unit_) return;
  const std::size_t semaphore = semaphore_between(memory, from, unit_);
  if (semaphore == no_semaphore)
    throw std::logic_error(fmt::format("no semaphore orders {} after {} on {}", name_of(static_cast<UnitId>(unit_)),
                                       name_of(static_cast<UnitId>(from)), name_of(memory)));
  auto& needs = needs_[semaphore];
  const auto waiter = static_cast<std::int32_t>(streams_[unit_].size()) - 1;
  if (!needs.empty() && needs.back().provider >= provider) return;
  if (!needs.empty() && needs.back().waiter == waiter)
    needs.back().provider = provider;
  else
    needs.push_back({waiter, provider});
}

std::array<std::vector<Instruction>, unit_count> Dependencies::finish() {
  for (std::size_t s = 0; s < semaphore_count; ++s) {
    auto& from = streams_[static_cast<std::size_t>(semaphores[s].from)];
    auto& to = streams_[static_cast<std::size_t>(semaphores[s].to)];
    for (const Need& need : needs_[s]) {
      from[static_cast<std::size_t>(need.provider)].posts |= 1U << s;
      add_wait(to[static_cast<std::size_t>(need.waiter)], s, 1);
    }
  }
  for (auto& stream : streams_)
    if (!stream.empty()) stream.back().last = true;
  return streams_;
}

}  // namespace ernsim::compiler

#include "compiler/dependencies.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace ernsim::compiler {

namespace {

constexpr std::size_t no_semaphore = semaphore_count;

/// [memory][from][to]
using SemaphoreTable = EnumArray<MemoryId, EnumArray<UnitId, EnumArray<UnitId, std::size_t>>>;

SemaphoreTable semaphore_table() {
  SemaphoreTable table;
  for (auto& memory : table)
    for (auto& from : memory) from.fill(no_semaphore);
  for (std::size_t i = 0; i < semaphore_count; ++i)
    table[semaphores[i].memory][semaphores[i].from][semaphores[i].to] = i;
  return table;
}

std::size_t semaphore_between(MemoryId memory, UnitId from, UnitId to) {
  static const SemaphoreTable table = semaphore_table();
  return table[memory][from][to];
}

void add_wait(Instruction& instruction, std::size_t semaphore, std::size_t count) {
  if (instruction.wait_count == max_waits) throw std::logic_error("an instruction needs too many semaphores");
  if (count > max_wait_count) throw std::logic_error("an instruction waits for too many credits");
  instruction.waits[instruction.wait_count++] = {static_cast<std::uint8_t>(semaphore),
                                                 static_cast<std::uint16_t>(count)};
}

}  // namespace

void Dependencies::add(const Instruction& instruction) {
  unit_ = instruction.unit;
  streams_[unit_].push_back(instruction);
  ++number_;
}

void Dependencies::touch(MemoryId memory, std::uint32_t begin, std::uint32_t count, bool write) {
  const auto number = static_cast<std::int32_t>(streams_[unit_].size()) - 1;
  histories_[memory].touch(begin, count, write, unit_, number, number_,
                           [this, memory](UnitId from, std::int32_t provider) { need(memory, from, provider); });
}

/// Pieces that follow each other are one.
void Dependencies::touch_rows(MemoryId memory, std::uint32_t begin, std::uint32_t rows, std::uint32_t count,
                              std::uint32_t stride, bool write) {
  if (stride == count) return touch(memory, begin, rows * count, write);
  for (std::uint32_t row = 0; row < rows; ++row) touch(memory, begin + row * stride, count, write);
}

void Dependencies::need(MemoryId memory, UnitId from, std::int32_t provider) {
  if (from == unit_) return;
  const std::size_t semaphore = semaphore_between(memory, from, unit_);
  if (semaphore == no_semaphore)
    throw std::logic_error(
        fmt::format("no semaphore orders {} after {} on {}", name_of(unit_), name_of(from), name_of(memory)));
  auto& needs = needs_[semaphore];
  const auto waiter = static_cast<std::int32_t>(streams_[unit_].size()) - 1;
  if (!needs.empty() && needs.back().provider >= provider) return;
  if (!needs.empty() && needs.back().waiter == waiter)
    needs.back().provider = provider;
  else
    needs.push_back({waiter, provider});
}

EnumArray<UnitId, std::vector<Instruction>> Dependencies::finish() {
  for (std::size_t s = 0; s < semaphore_count; ++s) {
    auto& from = streams_[semaphores[s].from];
    auto& to = streams_[semaphores[s].to];
    for (const Need& need : needs_[s]) {
      from[static_cast<std::size_t>(need.provider)].posts |= 1U << s;
      add_wait(to[static_cast<std::size_t>(need.waiter)], s, 1);
    }
  }
  for (auto& stream : streams_)
    if (!stream.empty()) stream.back().last = true;
  return std::move(streams_);
}

}  // namespace ernsim::compiler

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "models/control/instruction.h"

namespace ernsim::compiler {

/// Derives the semaphores of instruction streams from what the instructions read and write.
///
/// Instructions are added in one global program order; each unit's stream is the subsequence of its own. A read must
/// come after the last writer of what it reads, a write after the last writer and all readers since. Between units that
/// takes a credit of the semaphore (memory, from, to); inside a unit the stream's order is enough. Since both streams
/// of a semaphore are in order, a wait covered by an earlier one is dropped.
class Dependencies {
 public:
  /// Adds `instruction` to its unit's stream; the calls of read() and write() that follow belong to it.
  void add(const Instruction& instruction);
  void read(MemoryId memory, std::uint32_t begin, std::uint32_t count) { touch(memory, begin, count, false); }
  void write(MemoryId memory, std::uint32_t begin, std::uint32_t count) { touch(memory, begin, count, true); }

  /// The instruction, counted from 1 in program order, that touches a word of the range last; 0: none does.
  std::uint32_t last_use(MemoryId memory, std::uint32_t begin, std::uint32_t count) const;

  /// The streams with waits, posts and `last` filled in. Throws std::logic_error if two units share memory without a
  /// semaphore between them or an instruction would need more waits than it can hold.
  std::array<std::vector<Instruction>, unit_count> finish();

 private:
  static constexpr std::int32_t none = -1;
  /// Instruction numbers in their streams, per unit.
  using PerUnit = std::array<std::int32_t, unit_count>;
  struct Range {
    std::uint32_t end = 0;
    std::size_t writer_unit = 0;
    std::int32_t writer = none;
    PerUnit readers{};           ///< last reader of each unit since the write
    std::uint32_t last_use = 0;  ///< number of the last reader or writer in program order
  };
  struct Need {
    std::int32_t waiter = 0;    ///< instruction number of the waiting unit
    std::int32_t provider = 0;  ///< instruction number of the posting unit
  };

  void touch(MemoryId memory, std::uint32_t begin, std::uint32_t count, bool write);
  void split(std::map<std::uint32_t, Range>& ranges, std::uint32_t at);
  void need(MemoryId memory, std::size_t from, std::int32_t provider);

  std::array<std::vector<Instruction>, unit_count> streams_;
  std::array<std::map<std::uint32_t, Range>, memory_count> ranges_;
  std::array<std::vector<Need>, semaphore_count> needs_;  ///< ascending in both numbers
  std::size_t unit_ = 0;
  std::uint32_t number_ = 0;  ///< of the instruction added last, in program order
};

}  // namespace ernsim::compiler

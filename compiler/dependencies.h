#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "compiler/use_history.h"

namespace ernsim::compiler {

/// Derives the semaphores of instruction streams from what the instructions read and write.
///
/// Instructions are added in one global program order; each unit's stream is the subsequence of its own. A read must
/// come after the last writer of what it reads, a write after the last writer and all readers since. Between units that
/// takes a credit of the semaphore (memory, from, to); inside a unit the stream's order is enough. Since both streams
/// of a semaphore are in order, a wait covered by an earlier one is dropped.
class Dependencies {
 public:
  Dependencies() { histories_[MemoryId::external] = UseHistory(external_page_bits); }

  /// Adds `instruction` to its unit's stream; the calls of read() and write() that follow belong to it.
  void add(const Instruction& instruction);
  void read(MemoryId memory, std::uint32_t begin, std::uint32_t count) { touch(memory, begin, count, false); }
  void write(MemoryId memory, std::uint32_t begin, std::uint32_t count) { touch(memory, begin, count, true); }

  /// The same for `rows` pieces of `count` words each, `stride` words apart.
  void read_rows(MemoryId memory, std::uint32_t begin, std::uint32_t rows, std::uint32_t count, std::uint32_t stride) {
    touch_rows(memory, begin, rows, count, stride, false);
  }
  void write_rows(MemoryId memory, std::uint32_t begin, std::uint32_t rows, std::uint32_t count, std::uint32_t stride) {
    touch_rows(memory, begin, rows, count, stride, true);
  }

  /// The instruction, counted from 1 in program order, that touches a word of the range last; 0: none does.
  std::uint32_t last_use(MemoryId memory, std::uint32_t begin, std::uint32_t count) const {
    return histories_[memory].last_use(begin, count);
  }

  /// The streams with waits, posts and `last` filled in. Throws std::logic_error if two units share memory without a
  /// semaphore between them or an instruction would need more waits than it can hold.
  EnumArray<UnitId, std::vector<Instruction>> finish();

 private:
  static constexpr std::uint32_t external_page_bits = 13;  ///< bytes there, words elsewhere

  struct Need {
    std::int32_t waiter = 0;    ///< instruction number of the waiting unit
    std::int32_t provider = 0;  ///< instruction number of the posting unit
  };

  void touch(MemoryId memory, std::uint32_t begin, std::uint32_t count, bool write);
  void touch_rows(MemoryId memory, std::uint32_t begin, std::uint32_t rows, std::uint32_t count, std::uint32_t stride,
                  bool write);
  void need(MemoryId memory, UnitId from, std::int32_t provider);

  EnumArray<UnitId, std::vector<Instruction>> streams_;
  EnumArray<MemoryId, UseHistory> histories_;
  std::array<std::vector<Need>, semaphore_count> needs_;  ///< ascending in both numbers
  UnitId unit_{};
  std::uint32_t number_ = 0;  ///< of the instruction added last, in program order
};

}  // namespace ernsim::compiler

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>

#include "compiler/schedule_check_parts.h"

namespace ernsim::compiler {

/// Who last wrote and who has since read each part of one memory.
class AccessHistory {
 public:
  enum class Fault {
    never_written,   ///< a read of what nobody wrote
    write_to_read,   ///< a read not ordered after the write
    read_to_write,   ///< a write not ordered after a read of the old data
    write_to_write,  ///< a write not ordered after the write before it
  };
  struct Conflict {
    Fault fault;
    InstructionId other;  ///< the earlier access; meaningless for never_written
    std::uint64_t begin;  ///< part of the range that is at fault
    std::uint64_t end;
  };

  /// The host filled the range before the streams start.
  void write_initially(std::uint64_t begin, std::uint64_t end);

  /// Records an access by an instruction that knows `known` to be complete; the first conflict, if any.
  std::optional<Conflict> read(InstructionId who, const VectorClock& known, std::uint64_t begin, std::uint64_t end);
  std::optional<Conflict> write(InstructionId who, const VectorClock& known, std::uint64_t begin, std::uint64_t end);

 private:
  /// For the writer and per reading unit the number of instructions that must be complete; 0 for none.
  struct Segment {
    std::uint64_t end;
    std::optional<UnitId> writer;  ///< none: the host, before the streams start
    std::uint32_t writer_done;
    EnumArray<UnitId, std::uint32_t> readers_done{};
  };
  using Segments = std::map<std::uint64_t, Segment>;

  Segments::iterator split(std::uint64_t at);
  static bool ordered_after_writer(const Segment& segment, const VectorClock& known);
  static std::optional<Conflict> write_conflict(const Segments::value_type& entry, const VectorClock& known);

  Segments segments_;  ///< by begin; do not overlap
};

}  // namespace ernsim::compiler

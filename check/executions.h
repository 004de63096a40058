#pragma once

#include <array>
#include <deque>
#include <map>

#include "check/instruction.h"
#include "check/report.h"
#include "check/trace.h"
#include "check/walk.h"

namespace ernsim::check {

inline constexpr Cycle unknown = -1;

/// What a run was started with, if somebody other than the trace says it.
struct Schedule {
  std::array<std::vector<std::array<std::uint8_t, instruction_bytes>>, unit_count> streams;
  std::array<std::uint32_t, semaphore_count> initial_credits{};
};

/// One instruction that a unit executed.
struct Execution {
  int frame = 0;
  std::uint32_t number = 0;         ///< in its stream
  const Instruction* op = nullptr;  ///< null: what it says is not known
  bool follows = false;             ///< the one before it in the stream is the one before it here
  bool first = false;               ///< of a frame
  Cycle fetched = unknown;          ///< its fetch was done in this cycle
  Cycle start = unknown, end = unknown;
  Cycle credits = unknown;  ///< from here on all credits it takes at its start are there
  Cycle weights = unknown;  ///< the same for those that the weight loader takes

  int layer() const { return op != nullptr ? op->at[0] : -1; }
};

/// From one start command to the next.
struct Frame {
  Cycle start = 0;
  std::map<std::uint32_t, std::uint32_t> registers;  ///< as they are then
};

/// Who executed what and when, from the channels of instructions, starts and ends, and from the schedule.
class Executions {
 public:
  Executions(const Trace& trace, const Schedule* schedule, Report& report);

  std::vector<Execution>& of(int unit) { return executions_[static_cast<std::size_t>(unit)]; }
  const std::vector<Execution>& of(int unit) const { return executions_[static_cast<std::size_t>(unit)]; }
  /// Frame 0 is what comes before the first start command.
  const std::vector<Frame>& frames() const { return frames_; }
  int frame_of(Cycle cycle) const;
  /// Instructions of the unit's stream in that frame; unknown if neither trace nor schedule says.
  std::int64_t stream_length(int unit, int frame) const;
  /// Credits a semaphore has at the start of a frame; unknown if nobody says.
  std::int64_t initial_credits(std::size_t semaphore, int frame) const;

 private:
  using Key = std::pair<int, std::uint32_t>;  ///< frame and number
  struct Known {
    Instruction op;
    Cycle fetched = unknown;
  };

  void read_frames(const Trace& trace);
  void read_schedule(const Schedule& schedule);
  void read_fetched(const Trace& trace, Report& report);
  void read_starts(const Trace& trace, int unit, Report& report);
  void read_ends(const Trace& trace, int unit, Report& report);
  void list_known(const Trace& trace, int unit);
  void look_up(int unit, Execution& execution);
  std::int64_t register_of(int frame, std::uint32_t number) const;

  const Schedule* schedule_;
  std::vector<Frame> frames_;
  std::array<std::map<Key, Known>, unit_count> fetched_;
  std::array<std::deque<Instruction>, unit_count> scheduled_;
  std::array<std::vector<Execution>, unit_count> executions_;
};

}  // namespace ernsim::check

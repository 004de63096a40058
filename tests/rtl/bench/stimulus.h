#pragma once

#include <array>

#include "models/accelerator/isa/instruction.h"
#include "tests/rtl/bench/memories.h"
#include "timing/clock.h"

namespace ernsim::rtl {

enum class Unit { convolution, quantization };
inline constexpr std::size_t units = 2;

/// An instruction, the first cycle in which it may be pushed, and whether it comes in one burst with the one before it.
struct Arrival {
  Instruction instruction;
  Cycle earliest = 0;
  bool with_previous = false;
};

/// One random case: streams of one unit or both, and what the rest of the accelerator does.
struct Stimulus {
  Shape shape;
  std::uint32_t seed = 0;  ///< of outside posts and takes
  Memories initial{shape};
  std::array<std::vector<Arrival>, units> streams;
  std::array<std::uint16_t, semaphore_count> initial_credits{};
  std::array<int, semaphore_count> outside_posts{};  ///< how many, spread over time
  std::uint32_t outside_takes = 0;                   ///< semaphores that others take from
  unsigned outside_rate = 32;                        ///< of 256: how often an outside unit acts

  const std::vector<Arrival>& stream(Unit unit) const { return streams[static_cast<std::size_t>(unit)]; }
  bool is_of_one_unit() const { return streams[0].empty() || streams[1].empty(); }
  std::vector<Arrival>& stream(Unit unit) { return streams[static_cast<std::size_t>(unit)]; }
};

}  // namespace ernsim::rtl

#pragma once

#include <memory>

#include "models/accelerator/isa/instruction_codec.h"
#include "tests/rtl/bench/recording.h"
#include "tests/rtl/bench/stimulus.h"

namespace ernsim::rtl {

using EncodedInstruction = std::array<std::uint8_t, instruction_bytes>;

/// What comes from outside in one cycle.
struct Inputs {
  std::array<std::vector<EncodedInstruction>, units> pushes;  ///< four at most each
  std::uint32_t posts = 0;
  std::array<std::uint16_t, semaphore_count> takes{};
};

/// A Verilated model with everything around it that it needs. It records what it does.
class Rtl {
 public:
  virtual ~Rtl() = default;
  /// Whatever the model is doing: a cycle of reset, and the memories and credits that the case begins with.
  virtual void begin(const Stimulus& stimulus) = 0;
  virtual void cycle(const Inputs& inputs, Recording& recording, Cycle now) = 0;
  /// After the last cycle: the memories' contents.
  virtual void read_back(Memories& memories) = 0;
};

/// Each Verilated model comes with a function of this kind.
using RtlFactory = std::unique_ptr<Rtl> (*)();

}  // namespace ernsim::rtl

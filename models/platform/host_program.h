#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "models/accelerator/convolution/convolution_config.h"
#include "models/platform/logit_map.h"
#include "models/platform/run.h"

namespace ernsim {

/// What a processor writes before it starts a program, and where the result will be.
struct HostProgram {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> registers;  ///< (number, value), in order; the start comes after
  LogitMap logits;
};

/// Where the logits of the first frame will be. `block_channels`: of the array.
LogitMap logit_map(const Program& program, std::int64_t block_channels);

HostProgram host_program(const Program& program, std::int64_t block_channels);

/// What the simulator's host runs: program files without memory regions, which have been placed before.
struct HostWork {
  std::vector<std::vector<std::uint8_t>> programs;  ///< frame i runs [i % size]; two overlap: one map each
  int frames = 1;
  bool data = true;  ///< false: the result is not read
};

HostWork host_work(const Program& program, const ConvolutionConfig& convolution, int frames, bool data);

}  // namespace ernsim

#pragma once

#include "tests/rtl/bench/model_side.h"

namespace ernsim::rtl {

/// Adds to `expected` every access to a memory that the beat contract (rtl/design/README.md) makes of the instructions'
/// times, and the memories' final contents, computed naively, word by word in the order of cycles. Returns what
/// contradicts the contract in the times themselves, empty if nothing.
std::string expand_beats(const Stimulus& stimulus, const ModelSide& model, Recording& expected);

}  // namespace ernsim::rtl

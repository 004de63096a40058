#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "compiler/schedule.h"
#include "models/accelerator/convolution/convolution_config.h"
#include "models/platform/run.h"

namespace ernsim {

/// What a multiplier of the array did with a cycle: it multiplied, or why not.
enum class SlotUse : std::uint8_t {
  compute,          ///< a multiply-accumulate of the network, zero padding of pictures included
  lanes,            ///< its lane had no kernel column, or no pixel
  channel_padding,  ///< its channel only fills a block
  core_rows,        ///< its core had no row of the tile
  weights,          ///< the array waited for a pane
  activations,      ///< for input, or for a store that must come first
  banks,            ///< for words of A that lie in the same bank
  residuals,        ///< for room behind it: thresholds, residuals, sums and codes on their way
  latency,          ///< issue, pipelines, instruction fetch, the last layer's way out
};
constexpr std::size_t count_of(SlotUse) { return 9; }
const char* name_of(SlotUse use);  ///< "channel_padding"

/// Multiplier-cycles by what they went to. They add up to cycles x B x B x M x C.
using ArraySlots = EnumArray<SlotUse, std::int64_t>;

/// [layer], of the first frame.
std::vector<ArraySlots> array_slots(const compiler::Schedule& schedule, const ConvolutionConfig& array,
                                    const RunResult& result);

/// Multiply-accumulates of the network over all that the array could have done: what is called utilization everywhere.
double utilization(std::int64_t macs, Cycle cycles, const ConvolutionConfig& array);

/// compute if nine of ten slots multiply; otherwise what most of the others went to, with a space for '_'.
std::string bound_by(const ArraySlots& slots);

}  // namespace ernsim

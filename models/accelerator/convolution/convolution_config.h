#pragma once

#include "config/parameter.h"

namespace ernsim {

/// Where the M multiplier arrays of the convolution unit work.
enum class LaneMapping {
  kernel_columns,  ///< on M neighbouring kernel columns of one output pixel
  pixels,          ///< on M neighbouring output pixels of one kernel position
};

struct ConvolutionConfig {
  std::int64_t block_channels = 64;  ///< B
  std::int64_t lanes = 3;            ///< M
  std::int64_t cores = 1;            ///< C
  LaneMapping lane_mapping = LaneMapping::kernel_columns;
  std::int64_t issue_cycles = 2;
  std::int64_t pipeline_cycles = 8;
  std::int64_t pane_load_cycles = 0;
};

template <class Config, class Visitor>
void visit_convolution(Config& c, Visitor&& visit) {
  visit(ParameterInfo{"block_channels", "channels", 8, 64, "B: channels per block; a power of two",
                      "ERN paper, Table 6: B64"},
        c.block_channels);
  visit(ParameterInfo{"lanes", "arrays", 1, 8, "M: multiplier arrays of B x B", "ERN paper, Table 6: M3"}, c.lanes);
  visit(ParameterInfo{"cores", "cores", 1, 16,
                      "C: sets of M arrays and a quantizer that work on the same pane and share the rows of a tile",
                      "ERN paper, Table 6: C1; sharing of rows: guess"},
        c.cores);
  visit(ParameterInfo{"lane_mapping", "", 0, 0, "what the M arrays work on",
                      "guess: kernel columns fit the published latencies of ERNs34 and ERNs101"},
        c.lane_mapping,
        EnumNames<LaneMapping>{{"kernel_columns", LaneMapping::kernel_columns}, {"pixels", LaneMapping::pixels}});
  visit(ParameterInfo{"issue_cycles", "cycles", 0, 1000, "from semaphores taken to first array step", "guess"},
        c.issue_cycles);
  visit(ParameterInfo{"pipeline_cycles", "cycles", 1, 1000, "from an array step to its accumulator being written",
                      "guess: adder tree of depth log2(B) and the read-modify-write of F"},
        c.pipeline_cycles);
  visit(ParameterInfo{"pane_load_cycles", "cycles", 0, 100000, "to load one weight pane; 0 means B, one row per cycle",
                      "BxB RTL: one row of weights per cycle"},
        c.pane_load_cycles);
}

}  // namespace ernsim

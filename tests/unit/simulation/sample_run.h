#pragma once

#include "simulation/run_report.h"

namespace ernsim {

/// A made-up run of two layers with round figures: 1000 cycles of 8 ns.
struct SampleRun {
  SampleRun() {
    graph.network = "ERNs18";
    graph.stem = "released";
    graph.input_height = 64;
    graph.input_width = 96;
    schedule.layers = {convolution("backbone.conv1", 3, 2, 2'457'600), convolution("conv", 1, 1, 1000)};
    schedule.layers[0].choice = "tile 8x8, weights \"resident\"";
    schedule.streams[UnitId::convolution] = {tile(0, 3, 10), tile(1, 1, 1)};
    graph.nodes.resize(2);
    graph.nodes[0].name = "backbone.conv1";
    graph.nodes[1].name = "conv";
    for (workloads::Node& node : graph.nodes) node.kind = workloads::NodeKind::add;  // whose shape does not matter
    result.cycles = 1000;
    result.accelerator_ps = 8'000'000;
    result.host_ps = 2'000'000;
    result.frame_ps = {10'000'000};
    result.layers.resize(2);
    result.layers[0] = {100, 500, 400, 300, {}, 4096, 1024, {}};
    result.layers[1] = {450, 1000, 550, 10, {}, 0, 0, {}};
    result.dram.read_bytes = 64'000;
    result.dram.write_bytes = 16'000;
    result.overflows = 3;
    result.logits = {0.25F, -1, 0.75F};
    auto& array = result.units[UnitId::convolution];
    array.busy_cycles = 900;
    array.stalled_cycles[StallCause::weights] = 70;
    array.idle_cycles = 30;
  }

  RunReport report() const {
    return make_run_report(
        {graph, platform, schedule, {"convolution.lanes=3"}, 1, data, "", std::nullopt, {}, sum_ranges, {"a note"}},
        result);
  }

  static compiler::Layer convolution(const char* name, int kernel, int stride, std::int64_t macs) {
    compiler::Layer layer;
    layer.name = name;
    layer.kernel = kernel;
    layer.stride = stride;
    layer.macs = macs;
    return layer;
  }

  /// A convolution of `side` x `side` pixels: with a 3x3 kernel of 64 channels 3 steps a pixel.
  static Instruction tile(std::uint16_t layer, std::uint8_t kernel, std::uint16_t side) {
    Instruction instruction;
    instruction.unit = UnitId::convolution;
    instruction.at.layer = layer;
    instruction.convolution.kernel = kernel;
    instruction.convolution.out_rows = instruction.convolution.out_columns = side;
    instruction.convolution.in_blocks = 1;
    return instruction;
  }

  workloads::Graph graph;
  bool data = true;
  std::vector<workloads::SumRange> sum_ranges{{-810, 802}, {-96, 40'000}};  ///< [node]: 11 bits, 17 bits
  PlatformConfig platform;
  compiler::Schedule schedule;
  RunResult result;
};

}  // namespace ernsim

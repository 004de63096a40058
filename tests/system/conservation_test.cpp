#include <catch2/catch.hpp>

#include "compiler/compile.h"
#include "compiler/program.h"
#include "models/accelerator/convolution/array_geometry.h"
#include "models/dram/dram_timing.h"
#include "models/platform/run.h"
#include "platforms/config_file.h"
#include "workloads/folding.h"
#include "workloads/networks.h"

// What goes in comes out: cycles and bytes of whole frames add up, and nothing is faster than its resources allow.
// Each test simulates one network at 256x256, timing only.

using namespace ernsim;

namespace {

struct Frame {
  PlatformConfig config = load_platform("kv260", {});
  compiler::Schedule schedule;
  RunResult result;

  explicit Frame(const std::string& name) {
    const auto graph = workloads::build_network(name, {"released", 256, 256, 10});
    schedule = compiler::compile(graph, config);
    RunOptions options;
    options.data = false;
    result = run_platform(
        config, compiler::make_program(schedule, workloads::without_weights(graph), {}, config, false), options);
  }
};

/// 64-byte columns that a transfer's runs touch, in bytes.
std::int64_t column_bytes(const TransferOperands& o) {
  std::int64_t bytes = 0;
  for (std::uint64_t i = 0; i < o.outer_count; ++i)
    for (std::uint64_t j = 0; j < o.inner_count; ++j) {
      const std::uint64_t begin = o.external_address + i * o.outer_stride_bytes + j * o.inner_stride_bytes;
      bytes += static_cast<std::int64_t>((begin + o.run_bytes + 63) / 64 * 64 - begin / 64 * 64);
    }
  return bytes;
}

void check_cycles(const Frame& frame) {
  for (const UnitId id : each<UnitId>()) {
    INFO(name_of(id));
    const UnitStatistics& unit = frame.result.units[id];
    Cycle sum = unit.busy_cycles + unit.idle_cycles;
    for (const Cycle stalled : unit.stalled_cycles) sum += stalled;
    CHECK(sum == frame.result.cycles);
  }
  Cycle layers = 0, array = 0;
  for (const LayerResult& layer : frame.result.layers) {
    CHECK(layer.start_cycle <= layers);
    CHECK(layer.cycles <= layer.end_cycle - layer.start_cycle);
    layers += layer.cycles;
    array += layer.array_busy_cycles;
  }
  CHECK(layers == frame.result.cycles);
  CHECK(array == frame.result.units[UnitId::convolution].busy_cycles);
}

void check_bytes(const Frame& frame) {
  std::int64_t read = 0, written = 0, in_layers = 0;
  for (const UnitId id : each<UnitId>()) {
    if (id == UnitId::convolution || id == UnitId::quantization) continue;
    for (const Instruction& each : frame.schedule.streams[id])
      (id == UnitId::store ? written : read) += column_bytes(each.transfer);
  }
  for (const LayerResult& layer : frame.result.layers) in_layers += layer.dram_read_bytes + layer.dram_write_bytes;
  CHECK(frame.result.dram.write_bytes == written);
  CHECK(frame.result.dram.read_bytes == read + frame.result.instruction_bytes);
  CHECK(in_layers == read + written);
  const DramStatistics& dram = frame.result.dram;
  CHECK((dram.row_hits + dram.row_misses) * 64 == dram.read_bytes + dram.write_bytes);
}

/// Up to the end of any layer the array has done that layer's work and all before it, one step a cycle, and every port
/// has carried its bytes.
void check_bounds(const Frame& frame) {
  const ArrayGeometry geometry = geometry_of(frame.config.accelerator.convolution);
  std::vector<Cycle> steps(frame.schedule.layers.size()), weights(steps.size()), inputs(steps.size());
  const auto stream = [&frame](UnitId id) -> const auto& { return frame.schedule.streams[id]; };
  for (const Instruction& each : stream(UnitId::convolution))
    steps[each.at.layer] += Cycle{geometry.panes(each.convolution)} * geometry.steps(each.convolution);
  const auto width = frame.config.accelerator.interconnect.port_width_bytes;
  for (const Instruction& each : stream(UnitId::load_weights))
    weights[each.at.layer] += column_bytes(each.transfer) / width;
  for (const Instruction& each : stream(UnitId::load_activations))
    inputs[each.at.layer] += column_bytes(each.transfer) / width;
  Cycle step = 0, weight = 0, input = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    INFO(frame.schedule.layers[i].name);
    step += steps[i];
    weight += weights[i];
    input += inputs[i];
    CHECK(frame.result.layers[i].end_cycle > step);
    CHECK(frame.result.layers[i].end_cycle > weight);
    CHECK(frame.result.layers[i].end_cycle > input);
    CHECK(frame.result.layers[i].array_busy_cycles >= steps[i]);
  }
  const auto burst_ps = static_cast<double>(dram_burst_ps(frame.config.dram));
  const auto bytes = static_cast<double>(frame.result.dram.read_bytes + frame.result.dram.write_bytes);
  CHECK(static_cast<double>(frame.result.accelerator_ps) > bytes / 64 * burst_ps);
}

void check(const std::string& network) {
  const Frame frame(network);
  check_cycles(frame);
  check_bytes(frame);
  check_bounds(frame);
}

}  // namespace

TEST_CASE("cycles and bytes of ERNs18x075 add up and keep their bounds") { check("ERNs18x075"); }
TEST_CASE("cycles and bytes of ERNs18 add up and keep their bounds") { check("ERNs18"); }
TEST_CASE("cycles and bytes of ERNs34 add up and keep their bounds") { check("ERNs34"); }
TEST_CASE("cycles and bytes of ERNs50 add up and keep their bounds") { check("ERNs50"); }
TEST_CASE("cycles and bytes of ERNs101 add up and keep their bounds") { check("ERNs101"); }

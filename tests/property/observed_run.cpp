#include "tests/property/observed_run.h"

#include <fmt/format.h>

#include "compiler/program.h"
#include "models/dram/dram_timing.h"
#include "models/platform/run.h"
#include "tests/property/digest.h"
#include "tests/property/observed_ports.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/parameters.h"
#include "workloads/reference_executor.h"

namespace ernsim::test {

namespace {

/// Sees every instruction, every value and every memory command.
class Recorder : public Observer, public DramCommandObserver {
 public:
  Recorder(const PlatformConfig& config, Detail detail)
      : clock_(config.accelerator.clock()),
        memory_clock_(dram_clock(config.dram)),
        block_(static_cast<std::size_t>(config.accelerator.convolution.block_channels)),
        detail_(detail) {}

  void instruction(const Instruction& instruction, Cycle start, Cycle end) override {
    const UnitId unit = instruction.unit;
    const auto line = fmt::format("{} #{} layer {}: {} to {}\n", name_of(instruction.unit), counts_[unit]++,
                                  instruction.at.layer, start, end);
    (detail_ == Detail::events ? events_ : instructions_[unit]) += line;
  }
  void embedded(int row, int column, int count, int blocks, const std::uint8_t* words) override {
    for (const int value : {row, column, count, blocks}) embedded_.add(static_cast<std::uint64_t>(value));
    embedded_.add(words, static_cast<std::size_t>(count * blocks) * block_ / 4);
  }
  void accumulators(const Instruction& instruction, const std::int16_t* values) override {
    quantized_.add(values, 2 * values_of(instruction));
  }
  void sums(const Instruction& instruction, const std::int16_t* values) override {
    quantized_.add(values, 2 * values_of(instruction));
  }
  void codes(const Instruction& instruction, const std::uint8_t* values) override {
    quantized_.add(values, values_of(instruction));
  }
  void dram_command(const DramCommand& command) override {
    if (detail_ == Detail::events)
      events_ += fmt::format("memory command {}, bank {}, row {}: {}, in accelerator cycle {}\n",
                             static_cast<int>(command.kind), command.bank, command.row, command.at,
                             clock_.edge_at_or_after(memory_clock_.time_ps(command.at)));
    commands_.add(static_cast<std::uint64_t>(command.at));
    commands_.add(static_cast<std::uint64_t>(command.kind));
    commands_.add(command.bank);
    commands_.add(command.row);
    ++command_count_;
  }

  std::string text() const {
    std::string all = events_;
    for (const auto& each : instructions_) all += each;
    return all + fmt::format("{} memory commands {:016x}\nembedded pixels {:016x}\nquantized values {:016x}\n",
                             command_count_, commands_.value(), embedded_.value(), quantized_.value());
  }

 private:
  std::size_t values_of(const Instruction& instruction) const {
    return std::size_t{instruction.quantization.rows} * instruction.quantization.columns * block_;
  }

  Clock clock_, memory_clock_;
  std::size_t block_;
  Detail detail_;
  std::string events_;
  EnumArray<UnitId, std::string> instructions_;
  EnumArray<UnitId, int> counts_{};
  Digest commands_, embedded_, quantized_;
  std::int64_t command_count_ = 0;
};

std::string describe(const RunResult& result) {
  std::string text =
      fmt::format("cycles {}, accelerator {} ps, host {} ps, overflows {}, instruction bytes {}\n", result.cycles,
                  result.accelerator_ps, result.host_ps, result.overflows, result.instruction_bytes);
  for (const auto frame : result.frame_ps) text += fmt::format("frame {} ps\n", frame);
  for (const UnitId id : each<UnitId>()) {
    const auto& unit = result.units[id];
    text += fmt::format("{}: {} instructions, busy {}, idle {}, stalled", name_of(id), unit.instructions,
                        unit.busy_cycles, unit.idle_cycles);
    for (const Cycle stalled : unit.stalled_cycles) text += fmt::format(" {}", stalled);
    const Work& work = unit.work;
    text += fmt::format(", work {} {} {}, on chip {} read, {} written\n", work.macs, work.additions, work.comparisons,
                        work.read_bytes, work.write_bytes);
  }
  for (const auto& layer : result.layers) {
    text += fmt::format("layer {} to {}, cycles {}, busy {}, read {}, written {}, stalled", layer.start_cycle,
                        layer.end_cycle, layer.cycles, layer.array_busy_cycles, layer.dram_read_bytes,
                        layer.dram_write_bytes);
    for (const Cycle stalled : layer.convolution_stalled_cycles) text += fmt::format(" {}", stalled);
    text += "\n";
  }
  const auto& d = result.dram;
  text += fmt::format(
      "memory: read {}, written {}, hits {}, misses {}, conflicts {}, refreshes {}, activates {}, precharges {}, "
      "turnarounds {}\n",
      d.read_bytes, d.write_bytes, d.row_hits, d.row_misses, d.row_conflicts, d.refreshes, d.activates, d.precharges,
      d.turnarounds);
  for (const float logit : result.logits) text += fmt::format("logit {}\n", logit);
  return text;
}

void require_whole(const RunResult& result) {
  for (const UnitId id : each<UnitId>()) {
    const auto& unit = result.units[id];
    Cycle sum = unit.busy_cycles + unit.idle_cycles;
    for (const Cycle stalled : unit.stalled_cycles) sum += stalled;
    if (sum != result.cycles)
      throw std::runtime_error(
          fmt::format("{}: busy, stalled and idle are {} of {} cycles", name_of(id), sum, result.cycles));
  }
}

void require_reference(const workloads::IntegerNetwork& network, const workloads::Image& image, int bits,
                       const RunResult& result) {
  const auto reference = workloads::execute_reference(network, image, bits);
  for (std::size_t i = 0; i < reference.logits.size(); ++i)
    if (result.logits.at(i) != static_cast<float>(reference.logits[i]))
      throw std::runtime_error(
          fmt::format("logit {} is {}, the reference's {}", i, result.logits[i], reference.logits[i]));
}

void require_room(const ObservedPorts& ports, std::int64_t depth_beats) {
  if (ports.most_buffered_beats() > depth_beats)
    throw std::runtime_error(
        fmt::format("the embedding's buffer held {} beats, its depth is {}", ports.most_buffered_beats(), depth_beats));
}

}  // namespace

std::string observed_run(const RandomCase& chosen, EngineKind engine, Detail detail) {
  const auto network = chosen.data
                           ? workloads::fold(chosen.graph, workloads::seeded_parameters(chosen.graph, chosen.seed))
                           : workloads::without_weights(chosen.graph);
  const auto image = workloads::generated_image(chosen.graph.input_height, chosen.graph.input_width, chosen.seed);
  const Program program = compiler::make_program(chosen.schedule, network, image, chosen.config, chosen.data);
  Recorder recorder(chosen.config, detail);
  RunOptions options;
  options.engine = engine;
  options.data = chosen.data;
  options.frames = chosen.frames;
  options.observer = &recorder;
  options.dram_commands = &recorder;
  ObservedPorts ports;
  if (chosen.data) options.ports = &ports;
  std::vector<std::uint8_t> memory;
  const RunResult result = run_platform(chosen.config, program, options, &memory);
  require_whole(result);
  require_room(ports, chosen.config.accelerator.pixel_embedding.buffer_beats);
  if (chosen.data && chosen.same_values && engine == EngineKind::leap)
    require_reference(network, image, static_cast<int>(chosen.config.accelerator.memory.accumulator_bits), result);
  Digest bytes;
  bytes.add(memory.data(), memory.size());
  const auto digest = fmt::format("external memory {:016x}\n", bytes.value());
  return detail == Detail::events ? recorder.text() + describe(result) + digest
                                  : describe(result) + recorder.text() + digest + ports.text();
}

}  // namespace ernsim::test

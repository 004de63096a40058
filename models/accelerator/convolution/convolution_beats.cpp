#include "models/accelerator/convolution/convolution_beats.h"

#include <algorithm>

namespace ernsim {

ConvolutionBeats::ConvolutionBeats(PortObserver& ports, const ConvolutionConfig& config, const ActivationReads& reads)
    : ports_(ports), config_(config), geometry_(geometry_of(config)), reads_(reads) {}

std::int64_t ConvolutionBeats::execute(Convolution& arithmetic, const Instruction& instruction,
                                       const PaneTimes& times) {
  list_places(instruction.convolution);
  const auto written = [&](int pane) { return times.sweeps[static_cast<std::size_t>(pane)] + config_.pipeline_cycles; };
  return arithmetic.execute_by_pane(
      instruction.convolution,
      [&](int pane) {
        reads_.list_steps(instruction.convolution, pane, steps_);
        if (pane > 0 || instruction.convolution.accumulate)
          report_accumulators(Port::convolution_accumulators_in, arithmetic, instruction, written(pane) - 1);
      },
      [&](int pane) {
        const auto p = static_cast<std::size_t>(pane);
        report_weights(arithmetic, instruction, pane, times.loads[p]);
        report_activations(arithmetic, instruction, pane, times.sweeps[p]);
        report_accumulators(Port::convolution_accumulators_out, arithmetic, instruction, written(pane));
      });
}

/// In the order of steps: each core has its share of rows, each lane a pixel of a group if lanes are mapped to pixels.
void ConvolutionBeats::list_places(const ConvolutionOperands& operands) {
  const int at_once = geometry_.mapping == LaneMapping::pixels ? geometry_.lanes : 1;
  const int rows = (operands.out_rows + geometry_.cores - 1) / geometry_.cores;
  const int groups = (operands.out_columns + at_once - 1) / at_once;
  places_.clear();
  for (int y = 0; y < operands.out_rows; ++y)
    for (int x = 0; x < operands.out_columns; ++x)
      places_.push_back({y, x, static_cast<std::size_t>(y % rows * groups + x / at_once)});
  if (geometry_.cores > 1)
    std::stable_sort(places_.begin(), places_.end(), [](const Place& a, const Place& b) { return a.step < b.step; });
}

void ConvolutionBeats::report_weights(const Convolution& arithmetic, const Instruction& instruction, int pane,
                                      Cycle load) {
  const MemoryView& weights = arithmetic.weights();
  const Cycle rows = config_.block_channels;
  const auto first = static_cast<std::uint32_t>(instruction.convolution.weight_address + pane * rows);
  cycles_.clear();
  for (Cycle r = 0; r < rows; ++r) cycles_.push_back(load + r * config_.pane_load_cycles / rows);
  PortBeats beats{Port::convolution_weights_in, &instruction, static_cast<std::size_t>(rows), load};
  if (config_.pane_load_cycles != rows) beats.cycles = cycles_.data();
  beats.first_address = first;
  beats.data = weights.word(first);
  beats.word_bytes = weights.word_bytes;
  ports_.beats(beats);
}

void ConvolutionBeats::report_activations(const Convolution& arithmetic, const Instruction& instruction, int pane,
                                          Cycle sweep) {
  const ConvolutionOperands& operands = instruction.convolution;
  cycles_.clear();
  addresses_.clear();
  data_.clear();
  Cycle begin = sweep;
  std::size_t step = 0;
  for (int y = 0; y < reads_.rows_of_a_core(operands); ++y)
    for (int x = 0; x < reads_.steps_of_a_row(operands); ++x, begin = sweep + steps_[step++] + 1)
      read_step(arithmetic, operands, pane, y, x, begin);
  send(Port::convolution_activations_in, instruction, arithmetic.activations().word_bytes);
}

/// What all cores read for one step, from cycle `begin` on: cycle by cycle, core by core, lane by lane.
void ConvolutionBeats::read_step(const Convolution& arithmetic, const ConvolutionOperands& operands, int pane, int y,
                                 int x, Cycle begin) {
  const ActivationReads::Lanes lanes = reads_.read_by(operands, pane, x);
  const int at_once = reads_.lanes_at_once(operands), spacing = reads_.spacing(operands);
  const int block = pane / geometry_.panes_per_pass(operands.kernel), rows = reads_.rows_of_a_core(operands);
  for (int first = 0; first < lanes.count; first += at_once, ++begin) {
    int row = reads_.input_row(operands, pane, y);
    for (int out = y; out < operands.out_rows; out += rows, row += reads_.rows_apart(operands)) {
      if (row < 0 || row >= operands.in_rows) continue;
      const int line = operands.input_address + row * operands.input_row_stride + block * operands.in_columns;
      for (int lane = first; lane < std::min(first + at_once, lanes.count); ++lane)
        add(arithmetic.activations(), begin,
            static_cast<std::uint32_t>(line + lanes.column + (lanes.first + lane) * spacing));
    }
  }
}

void ConvolutionBeats::add(const MemoryView& memory, Cycle cycle, std::uint32_t address) {
  const std::uint8_t* word = memory.word(address);
  cycles_.push_back(cycle);
  addresses_.push_back(address);
  data_.insert(data_.end(), word, word + memory.word_bytes);
}

/// The words of F that a sweep reads or writes, the first one in cycle `first`.
void ConvolutionBeats::report_accumulators(Port port, const Convolution& arithmetic, const Instruction& instruction,
                                           Cycle first) {
  const MemoryView& accumulators = arithmetic.accumulators();
  const ConvolutionOperands& operands = instruction.convolution;
  PortBeats beats{port, &instruction, places_.size(), first};
  beats.first_address = operands.output_address;
  beats.word_bytes = accumulators.word_bytes;
  if (steps_.size() == places_.size() &&
      steps_.back() + 1 == static_cast<Cycle>(steps_.size())) {  // one pixel a cycle, as they lie in F
    beats.data = accumulators.word(operands.output_address);
    return ports_.beats(beats);
  }
  cycles_.clear();
  addresses_.clear();
  data_.clear();
  for (const Place& place : places_)
    add(accumulators, first + steps_[place.step],
        static_cast<std::uint32_t>(operands.output_address + place.y * operands.out_columns + place.x));
  send(port, instruction, accumulators.word_bytes);
}

void ConvolutionBeats::send(Port port, const Instruction& instruction, std::size_t word_bytes) {
  if (cycles_.empty()) return;
  ports_.beats(PortBeats{port, &instruction, cycles_.size(), cycles_[0], cycles_.data(), addresses_[0],
                         addresses_.data(), data_.data(), word_bytes});
}

}  // namespace ernsim

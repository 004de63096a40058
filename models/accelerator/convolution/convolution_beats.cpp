#include "models/accelerator/convolution/convolution_beats.h"

#include <algorithm>
#include <cstring>

namespace ernsim {

ConvolutionBeats::ConvolutionBeats(PortObserver& ports, const ConvolutionConfig& config)
    : ports_(ports), config_(config), geometry_(geometry_of(config)) {}

std::int64_t ConvolutionBeats::execute(Convolution& arithmetic, const Instruction& instruction,
                                       const PaneTimes& times) {
  list_places(instruction.convolution);
  const auto written = [&](int pane) { return times.sweeps[static_cast<std::size_t>(pane)] + config_.pipeline_cycles; };
  return arithmetic.execute_by_pane(
      instruction.convolution,
      [&](int pane) {
        if (pane > 0 || instruction.convolution.accumulate)
          report_accumulators(Port::convolution_accumulators_in, arithmetic, instruction, written(pane) - 1);
      },
      [&](int pane) {
        const auto p = static_cast<std::size_t>(pane);
        report_weights(arithmetic, instruction, pane, times.loads[p]);
        report_activations(arithmetic, instruction, times.sweeps[p]);
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
    for (int x = 0; x < operands.out_columns; ++x) places_.push_back({y, x, Cycle{y % rows} * groups + x / at_once});
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

void ConvolutionBeats::report_activations(const Convolution& arithmetic, const Instruction& instruction, Cycle sweep) {
  const MemoryView& activations = arithmetic.activations();
  const ConvolutionOperands& operands = instruction.convolution;
  const std::vector<int>& taps = arithmetic.pane_taps();
  const auto matrices = static_cast<std::size_t>(geometry_.matrices_per_pane(operands.kernel));
  cycles_.clear();
  addresses_.clear();
  data_.resize(taps.size() * activations.word_bytes);
  std::uint8_t* out = data_.data();
  for (const Place& place : places_) {
    const int* tap = taps.data() + static_cast<std::size_t>(place.y * operands.out_columns + place.x) * matrices;
    for (std::size_t m = 0; m < matrices; ++m) {
      if (tap[m] < 0) continue;
      cycles_.push_back(sweep + place.step);
      addresses_.push_back(static_cast<std::uint32_t>(tap[m]));
      std::memcpy(out, activations.word(static_cast<std::size_t>(tap[m])), activations.word_bytes);
      out += activations.word_bytes;
    }
  }
  send(Port::convolution_activations_in, instruction, activations.word_bytes);
}

/// The words of F that a sweep reads or writes, the first one in cycle `first`.
void ConvolutionBeats::report_accumulators(Port port, const Convolution& arithmetic, const Instruction& instruction,
                                           Cycle first) {
  const MemoryView& accumulators = arithmetic.accumulators();
  const ConvolutionOperands& operands = instruction.convolution;
  PortBeats beats{port, &instruction, places_.size(), first};
  beats.first_address = operands.output_address;
  beats.word_bytes = accumulators.word_bytes;
  if (places_.back().step + 1 == static_cast<Cycle>(places_.size())) {  // one pixel a cycle, as they lie in F
    beats.data = accumulators.word(operands.output_address);
    return ports_.beats(beats);
  }
  cycles_.clear();
  addresses_.clear();
  data_.clear();
  for (const Place& place : places_) {
    const auto address = static_cast<std::uint32_t>(operands.output_address + place.y * operands.out_columns + place.x);
    const std::uint8_t* word = accumulators.word(address);
    cycles_.push_back(first + place.step);
    addresses_.push_back(address);
    data_.insert(data_.end(), word, word + accumulators.word_bytes);
  }
  send(port, instruction, accumulators.word_bytes);
}

void ConvolutionBeats::send(Port port, const Instruction& instruction, std::size_t word_bytes) {
  if (cycles_.empty()) return;
  ports_.beats(PortBeats{port, &instruction, cycles_.size(), cycles_[0], cycles_.data(), addresses_[0],
                         addresses_.data(), data_.data(), word_bytes});
}

}  // namespace ernsim

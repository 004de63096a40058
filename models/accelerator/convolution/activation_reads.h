#pragma once

#include <vector>

#include "models/accelerator/convolution/array_geometry.h"
#include "models/accelerator/memory/memory_config.h"
#include "timing/clock.h"

namespace ernsim {

/// Which words of A the steps of a sweep read, and when. A has banks by word address, and gives one word of each in a
/// cycle; a step waits for what it has not got. With `kernel_columns` the arrays' pixels lie in line registers: a step
/// reads only the pixels that came into view since the step before, the first one of a row all. With `pixels` a step
/// reads all its pixels. Taps outside the input region or the kernel are not read. Contract:
/// models/accelerator/convolution/README.md.
class ActivationReads {
 public:
  ActivationReads(const ArrayGeometry& geometry, const MemoryConfig& memory)
      : geometry_(geometry), banks_(static_cast<int>(memory.activations_banks)) {}

  int banks() const { return banks_; }

  /// Neighbouring lanes of one step; lane m meets input column `column` + m x spacing().
  struct Lanes {
    int first = 0, count = 0;
    int column = 0;  ///< of lane 0
  };
  /// What step `x` of an output row reads, if the row's input row is inside the region.
  Lanes read_by(const ConvolutionOperands& operands, int pane, int x) const;
  /// Input columns between neighbouring lanes.
  int spacing(const ConvolutionOperands& operands) const {
    return geometry_.mapping == LaneMapping::pixels ? operands.stride : 1;
  }
  /// Of `lanes` neighbouring ones a cycle reads so many: those whose words are in different banks.
  int lanes_at_once(const ConvolutionOperands& operands) const;
  /// Whether a step of some pane may take more than a cycle.
  bool may_wait(const ConvolutionOperands& operands) const;
  /// Input row of the first core's row `y`; of core c it is `rows_apart` x c further on.
  int input_row(const ConvolutionOperands& operands, int pane, int y) const;
  int rows_apart(const ConvolutionOperands& operands) const { return rows_of_a_core(operands) * operands.stride; }
  int rows_of_a_core(const ConvolutionOperands& operands) const {
    return (operands.out_rows + geometry_.cores - 1) / geometry_.cores;
  }
  int steps_of_a_row(const ConvolutionOperands& operands) const { return geometry_.steps(1, operands.out_columns); }

  /// Cycles of a sweep, from its first read to its last step.
  Cycle cycles(const ConvolutionOperands& operands, int pane) const;
  /// [step], row by row: the cycle of the sweep, counted from 0, in which it is made.
  void list_steps(const ConvolutionOperands& operands, int pane, std::vector<Cycle>& steps) const;
  /// Words that all sweeps of an instruction read.
  std::int64_t words(const ConvolutionOperands& operands) const;

 private:
  Cycle cycles_of_step(const ConvolutionOperands& operands, int pane, int x) const;
  bool reads_in_row(const ConvolutionOperands& operands, int pane, int y) const;
  std::int64_t words_of_a_row(const ConvolutionOperands& operands, int pane) const;

  ArrayGeometry geometry_;
  int banks_;
};

}  // namespace ernsim

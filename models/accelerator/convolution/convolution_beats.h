#pragma once

#include <vector>

#include "models/accelerator/convolution/activation_reads.h"
#include "models/accelerator/convolution/convolution.h"
#include "models/accelerator/unit/port_observer.h"

namespace ernsim {

/// When a convolution instruction swept and loaded its panes, in cycles; those of later instructions may follow.
struct PaneTimes {
  std::vector<Cycle> sweeps;  ///< [pane]: first step
  std::vector<Cycle> loads;   ///< [pane]: first word read from W
};

/// The beats on the convolution unit's ports. Contract: the words of A are read in the cycle of the step, as far as
/// banks allow; a pane's word r of B is read from W in cycle load + r * pane_load_cycles / B; F is written
/// `pipeline_cycles` after the step, for others to read from the next cycle on, and read in the cycle before it unless
/// the pane overwrites.
class ConvolutionBeats {
 public:
  ConvolutionBeats(PortObserver& ports, const ConvolutionConfig& config, const ActivationReads& reads);

  /// Executes the instruction and reports its beats; returns how many sums wrapped.
  std::int64_t execute(Convolution& arithmetic, const Instruction& instruction, const PaneTimes& times);

 private:
  /// An output pixel, and in which step of a sweep it is computed, counted from 0.
  struct Place {
    int y, x;
    std::size_t step;
  };

  void list_places(const ConvolutionOperands& operands);
  void report_weights(const Convolution& arithmetic, const Instruction& instruction, int pane, Cycle load);
  void report_activations(const Convolution& arithmetic, const Instruction& instruction, int pane, Cycle sweep);
  void read_step(const Convolution& arithmetic, const ConvolutionOperands& operands, int pane, int y, int x,
                 Cycle begin);
  void add(const MemoryView& memory, Cycle cycle, std::uint32_t address);
  void report_accumulators(Port port, const Convolution& arithmetic, const Instruction& instruction, Cycle first);
  void send(Port port, const Instruction& instruction, std::size_t word_bytes);

  PortObserver& ports_;
  ConvolutionConfig config_;
  ArrayGeometry geometry_;
  ActivationReads reads_;
  std::vector<Place> places_;
  std::vector<Cycle> steps_;  ///< [step] of the pane being reported: its cycle in the sweep
  // of the beats being reported
  std::vector<Cycle> cycles_;
  std::vector<std::uint32_t> addresses_;
  std::vector<std::uint8_t> data_;
};

}  // namespace ernsim

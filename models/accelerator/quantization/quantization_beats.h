#pragma once

#include <vector>

#include "models/accelerator/quantization/quantization.h"
#include "models/accelerator/unit/port_observer.h"

namespace ernsim {

/// The beats on the quantization unit's ports. Contract: F and R are read pixel by pixel from cycle `first` on, Q with
/// the first pixel; codes and sums are written `pipeline_cycles` after their pixel is read.
class QuantizationBeats {
 public:
  QuantizationBeats(PortObserver& ports, int cores, Cycle pipeline_cycles)
      : ports_(ports), cores_(cores), pipeline_cycles_(pipeline_cycles) {}

  /// Of an instruction that has been executed and whose first pixel was read in cycle `first`.
  void report(const Quantization& arithmetic, const Instruction& instruction, Cycle first);

 private:
  /// Beats of one port, a word per pixel: the word of (row, column) is at address + row * row_stride + column.
  void pixels(Port port, const Instruction& instruction, const MemoryView& memory, std::uint32_t address,
              std::uint32_t row_stride, Cycle first);

  PortObserver& ports_;
  int cores_;
  Cycle pipeline_cycles_;
  std::vector<Cycle> cycles_;
  std::vector<std::uint32_t> addresses_;
  std::vector<std::uint8_t> data_;
};

}  // namespace ernsim

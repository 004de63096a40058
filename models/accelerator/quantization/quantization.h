#pragma once

#include <cstdint>
#include <vector>

#include "models/accelerator/isa/instruction.h"
#include "models/accelerator/memory/memory_view.h"
#include "models/accelerator/unit/observer.h"

namespace ernsim {

/// What the quantization unit computes for one instruction: sum = F (+ R), wrapped; code = number of thresholds the sum
/// passes. Words are those of isa/word_formats.h.
class Quantization {
 public:
  Quantization(int block_channels, int accumulator_bits);

  void attach(MemoryView accumulators, MemoryView residuals, MemoryView thresholds, MemoryView codes, MemoryView sums);
  void set_observer(Observer* observer) { observer_ = observer; }

  const MemoryView& accumulators() const { return accumulators_; }
  const MemoryView& residuals() const { return residuals_; }
  const MemoryView& thresholds() const { return thresholds_; }
  const MemoryView& codes() const { return codes_; }
  const MemoryView& sums() const { return sums_; }

  /// Executes the whole instruction; returns how many sums wrapped.
  std::int64_t execute(const Instruction& instruction);

 private:
  void decode_thresholds(std::uint16_t entry);
  void pack_codes(std::uint8_t* word) const;
  void observe(const std::int16_t* accumulators, const std::uint8_t* word);
  void report(const Instruction& instruction);

  std::size_t block_channels_;
  std::int32_t largest_;
  Observer* observer_ = nullptr;
  MemoryView accumulators_, residuals_, thresholds_, codes_, sums_;
  // Per channel; x <= t is the same as ~x >= ~t, so a channel passes level i if ((x ^ flip) >= level) & enabled.
  std::vector<std::int16_t> flip_, level_[3], enabled_[3];
  std::vector<std::int16_t> sum_;                            ///< of one pixel
  std::vector<std::int16_t> seen_accumulators_, seen_sums_;  ///< of the tile, for the observer
  std::vector<std::uint8_t> seen_codes_;
};

}  // namespace ernsim

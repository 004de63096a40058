#include "models/accelerator/quantization/quantization.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "models/accelerator/isa/word_formats.h"
#include "models/accelerator/quantization/level_kernel.h"
#include "models/accelerator/quantization/residual_kernel.h"

namespace ernsim {

namespace {

const std::int16_t* values(const MemoryView& memory, std::size_t address) {
  return reinterpret_cast<const std::int16_t*>(memory.word(address));
}

}  // namespace

Quantization::Quantization(int block_channels, int accumulator_bits)
    : block_channels_(static_cast<std::size_t>(block_channels)),
      largest_((1 << (accumulator_bits - 1)) - 1),
      flip_(block_channels_),
      sum_(block_channels_) {
  for (int i = 0; i < 3; ++i) {
    level_[i].resize(block_channels_);
    enabled_[i].resize(block_channels_);
  }
}

void Quantization::attach(MemoryView accumulators, MemoryView residuals, MemoryView thresholds, MemoryView codes,
                          MemoryView sums) {
  accumulators_ = accumulators;
  residuals_ = residuals;
  thresholds_ = thresholds;
  codes_ = codes;
  sums_ = sums;
}

void Quantization::decode_thresholds(std::uint16_t entry) {
  constexpr std::int32_t low = std::numeric_limits<std::int16_t>::min();
  constexpr std::int32_t high = std::numeric_limits<std::int16_t>::max();
  for (std::size_t channel = 0; channel < block_channels_; ++channel) {
    const ThresholdWord word = read_thresholds(thresholds_.word(entry) + channel * sizeof(std::uint64_t));
    flip_[channel] = word.downward ? std::int16_t{-1} : std::int16_t{0};
    for (std::size_t i = 0; i < 3; ++i) {
      const std::int32_t level = word.downward ? ~word.thresholds[i] : word.thresholds[i];
      level_[i][channel] = static_cast<std::int16_t>(std::clamp(level, low, high));
      enabled_[i][channel] = level > high ? std::int16_t{0} : std::int16_t{-1};
    }
  }
}

/// Writes the pixel's codes: B bits of bit 0, then B bits of bit 1. Code = how many of the three levels are passed.
void Quantization::pack_codes(std::uint8_t* word) const {
  const Levels levels{flip_.data(),
                      {level_[0].data(), level_[1].data(), level_[2].data()},
                      {enabled_[0].data(), enabled_[1].data(), enabled_[2].data()}};
  pack_levels(sum_.data(), levels, block_channels_, word, word + block_channels_ / 8);
}

std::int64_t Quantization::execute(const Instruction& instruction) {
  const QuantizationOperands& operands = instruction.quantization;
  if (operands.emit_codes) decode_thresholds(operands.threshold_entry);
  std::int64_t wrapped = 0;
  for (std::size_t y = 0, pixel = 0; y < operands.rows; ++y) {
    for (std::size_t x = 0; x < operands.columns; ++x, ++pixel) {
      const std::int16_t* accumulators = values(accumulators_, operands.accumulator_address + pixel);
      if (operands.add_residual)
        wrapped += add_residuals(accumulators, values(residuals_, operands.residual_address + pixel), block_channels_,
                                 largest_, sum_.data());
      else
        std::copy_n(accumulators, block_channels_, sum_.data());
      if (operands.emit_sums) std::memcpy(sums_.word(operands.result_address + pixel), sum_.data(), sums_.word_bytes);
      std::uint8_t* word =
          operands.emit_codes ? codes_.word(operands.code_address + y * operands.code_row_stride + x) : nullptr;
      if (word != nullptr) pack_codes(word);
      if (observer_ != nullptr) observe(accumulators, word);
    }
  }
  if (observer_ != nullptr) report(instruction);
  return wrapped;
}

/// Collects the pixel for the observer.
void Quantization::observe(const std::int16_t* accumulators, const std::uint8_t* word) {
  seen_accumulators_.insert(seen_accumulators_.end(), accumulators, accumulators + block_channels_);
  seen_sums_.insert(seen_sums_.end(), sum_.begin(), sum_.end());
  if (word == nullptr) return;
  seen_codes_.resize(seen_codes_.size() + block_channels_);
  read_codes(word, block_channels_, seen_codes_.data() + seen_codes_.size() - block_channels_);
}

/// Hands the collected tile to the observer.
void Quantization::report(const Instruction& instruction) {
  observer_->accumulators(instruction, seen_accumulators_.data());
  observer_->sums(instruction, seen_sums_.data());
  if (instruction.quantization.emit_codes) observer_->codes(instruction, seen_codes_.data());
  seen_accumulators_.clear();
  seen_sums_.clear();
  seen_codes_.clear();
}

}  // namespace ernsim

#include "rtl/quantization_rtl.h"

#include <algorithm>
#include <cstring>

#include "models/accelerator/isa/word_formats.h"

namespace ernsim::rtl {

namespace {

std::size_t pixels_of(const Instruction& instruction) {
  return std::size_t{instruction.quantization.rows} * instruction.quantization.columns;
}

void append_sums(std::vector<std::int16_t>& values, const Bytes& word) {
  values.resize(values.size() + word.size() / 2);
  std::memcpy(values.data() + values.size() - word.size() / 2, word.data(), word.size());
}

void append_codes(std::vector<std::uint8_t>& values, const Bytes& word) {
  const std::size_t block = 4 * word.size();
  values.resize(values.size() + block);
  read_codes(word.data(), block, values.data() + values.size() - block);
}

}  // namespace

QuantizationRtl::QuantizationRtl(const UnitContext& context, const AcceleratorConfig& config,
                                 std::unique_ptr<Design> design)
    : DesignUnit(UnitId::quantization, context, std::move(design), {3, 5, 9, 11, 13, 16}),
      block_channels_(static_cast<std::size_t>(config.convolution.block_channels)) {}

void QuantizationRtl::attach(const OnChipMemories& memories) {
  accumulators_.emplace(Port::quantization_accumulators_in, memories.accumulators.word_bytes);
  residuals_.emplace(Port::quantization_residuals_in, memories.residuals.word_bytes);
  thresholds_.emplace(Port::quantization_thresholds_in, memories.thresholds.word_bytes);
  codes_.emplace(Port::quantization_codes_out, memories.activations.word_bytes);
  sums_.emplace(Port::quantization_sums_out, memories.results.word_bytes);
  const auto shown = [this](std::optional<BeatQueue>& beats) {
    return context_.ports != nullptr || values_ != nullptr ? &*beats : nullptr;
  };
  link({{memories.accumulators, shown(accumulators_)},
        {memories.residuals, shown(residuals_)},
        {memories.thresholds, shown(thresholds_)}},
       {{memories.activations, shown(codes_)}, {memories.results, shown(sums_)}});
}

void QuantizationRtl::clear() {
  DesignUnit::clear();
  for (auto* beats : {&accumulators_, &residuals_, &thresholds_, &codes_, &sums_}) (*beats)->clear();
  values_out_.clear();
  reading_ = false;
  left_ = 0;
  read_end_ = 0;
}

void QuantizationRtl::observe(Cycle now) {
  const bool writes = pins().writes[0].enabled || pins().writes[1].enabled;
  if (values_ != nullptr && writes) values_out_.push_back(pins().writes[1].data);
  if (pins().finished) finish_oldest(now);
  if (reading_ && pins().busy && --left_ == 0) {
    reading_ = false;
    read_end_ = now + 1;
  }
  if (pins().consumed) {
    reading_instruction_ = start_head(now);
    left_ = pixels_of(reading_instruction_);
    reading_ = true;
  } else if (!reading_ && now >= read_end_) {
    wait_for_next(now, [](const SemaphoreWait&) { return true; });
  }
}

void QuantizationRtl::report_beats(const Instruction& instruction) {
  const QuantizationOperands& operands = instruction.quantization;
  const std::size_t pixels = pixels_of(instruction);
  if (values_ != nullptr) show(instruction, pixels);
  accumulators_->report(pixels, instruction, context_.ports);
  if (operands.add_residual) residuals_->report(pixels, instruction, context_.ports);
  if (operands.emit_codes) {
    thresholds_->report(1, instruction, context_.ports);
    codes_->report(pixels, instruction, context_.ports);
  }
  if (operands.emit_sums) sums_->report(pixels, instruction, context_.ports);
  if (!pins().done_last) return;
  for (BeatQueue* rest : {&*accumulators_, &*residuals_, &*thresholds_, &*codes_, &*sums_})
    rest->report(rest->size(), instruction, context_.ports);
}

/// Shows the values that passed the pins.
void QuantizationRtl::show(const Instruction& instruction, std::size_t pixels) {
  std::vector<std::int16_t> accumulators, sums;
  std::vector<std::uint8_t> codes;
  for (std::size_t i = 0; i < std::min(pixels, accumulators_->size()); ++i)
    append_sums(accumulators, accumulators_->data(i));
  for (std::size_t i = 0; i < std::min(pixels, values_out_.size()); ++i) append_sums(sums, values_out_[i]);
  for (std::size_t i = 0; i < std::min(pixels, codes_->size()); ++i) append_codes(codes, codes_->data(i));
  values_out_.erase(values_out_.begin(),
                    values_out_.begin() + static_cast<std::ptrdiff_t>(std::min(pixels, values_out_.size())));
  accumulators.resize(pixels * block_channels_);
  sums.resize(pixels * block_channels_);
  codes.resize(pixels * block_channels_);
  values_->accumulators(instruction, accumulators.data());
  values_->sums(instruction, sums.data());
  if (instruction.quantization.emit_codes) values_->codes(instruction, codes.data());
}

}  // namespace ernsim::rtl

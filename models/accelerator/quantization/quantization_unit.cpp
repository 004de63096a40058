#include "models/accelerator/quantization/quantization_unit.h"

#include <algorithm>

#include "models/accelerator/quantization/quantization_sweep.h"
#include "models/accelerator/quantization/quantization_work.h"

namespace ernsim {

QuantizationUnit::QuantizationUnit(const UnitContext& context, const QuantizationConfig& config,
                                   const ConvolutionConfig& array, const MemoryConfig& memory)
    : InstructionUnit(UnitId::quantization, context),
      config_(config),
      block_channels_(array.block_channels),
      cores_(array.cores),
      arithmetic_(static_cast<int>(array.block_channels), static_cast<int>(memory.accumulator_bits)) {
  if (context.ports != nullptr && context.data)
    beats_.emplace(*context.ports, static_cast<int>(cores_), config.pipeline_cycles);
}

void QuantizationUnit::clear() {
  running_.clear();
  read_end_ = 0;
}

Cycle QuantizationUnit::step(Cycle now) {
  finish_those_done(now);
  if (now >= read_end_) take_next(now);
  Cycle next = running_.empty() ? never : running_.front().end;
  if (now < read_end_) next = std::min(next, read_end_);
  return next;
}

Work QuantizationUnit::work_of(const Instruction& instruction) const {
  return quantization_work(instruction.quantization, block_channels_);
}

void QuantizationUnit::finish_those_done(Cycle now) {
  while (!running_.empty() && running_.front().end <= now) {
    const Running done = running_.front();
    running_.pop_front();
    if (context_.data) overflows_ += arithmetic_.execute(done.instruction);
    if (beats_) beats_->report(arithmetic_, done.instruction, done.start + config_.issue_cycles);
    finish(done.instruction, done.start, now);
  }
}

void QuantizationUnit::take_next(Cycle now) {
  if (!look_for_next(now)) return;
  waiting_ = context_.semaphores.take(queue_[0].instruction, now, [](const SemaphoreWait&) { return true; });
  if (waiting_ != StallCause::none) return;
  const Instruction instruction = pop(now);
  const QuantizationOperands& operands = instruction.quantization;
  read_end_ = now + config_.issue_cycles + sweep_cycles(operands.rows, operands.columns, cores_);
  if (shared_ != nullptr && operands.emit_codes)
    shared_->reserve(now, now + config_.issue_cycles + config_.pipeline_cycles, read_end_ + config_.pipeline_cycles);
  reading_layer_ = instruction.at.layer;
  running_.push_back({instruction, now, read_end_ + config_.pipeline_cycles});
}

}  // namespace ernsim

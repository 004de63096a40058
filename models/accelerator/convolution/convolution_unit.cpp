#include "models/accelerator/convolution/convolution_unit.h"

#include <algorithm>

#include "models/accelerator/convolution/convolution_work.h"

namespace ernsim {

namespace {

bool is_weight_wait(const SemaphoreWait& wait) { return semaphores[wait.semaphore].memory == MemoryId::weights; }

}  // namespace

ConvolutionUnit::ConvolutionUnit(const UnitContext& context, const ConvolutionConfig& config,
                                 const MemoryConfig& memory)
    : InstructionUnit(UnitId::convolution, context),
      config_(config),
      geometry_(geometry_of(config)),
      reads_(geometry_, memory),
      arithmetic_(static_cast<int>(config.block_channels), static_cast<int>(memory.accumulator_bits), geometry_) {
  if (config_.pane_load_cycles == 0) config_.pane_load_cycles = config_.block_channels;
  if (context.ports != nullptr && context.data) beats_.emplace(*context.ports, config_, reads_);
}

void ConvolutionUnit::clear() {
  times_ = PaneTimes{};
  has_active_ = sweeping_ = loading_ = loader_taken_ = shadow_ready_ = false;
  draining_.clear();
  taken_ = loader_number_ = 0;
  loads_started_ = 0;
}

Cycle ConvolutionUnit::step(Cycle now) {
  bool changed = true;
  while (changed) {
    changed = finish_oldest(now);
    changed |= end_sweep(now);
    changed |= end_load(now);
    changed |= take_next(now);
    changed |= start_sweep(now);
    changed |= start_load(now);
  }
  return next_event();
}

InstructionUnit::Doing ConvolutionUnit::doing() const {
  if (!has_active_) return {};
  const std::size_t layer = active_.instruction.at.layer;
  if (sweeping_ && sweep_waits_) return {Doing::Kind::apart};
  if (sweeping_) return {Doing::Kind::holds, sweep_steps_end_, StallCause::accumulators, layer};
  return {Doing::Kind::holds, active_.ready, StallCause::weights, layer};
}

Work ConvolutionUnit::work_of(const Instruction& instruction) const {
  return convolution_work(instruction.convolution, geometry_, reads_, config_.block_channels);
}

bool ConvolutionUnit::finish_oldest(Cycle now) {
  if (draining_.empty() || draining_.front().end > now) return false;
  const Draining done = draining_.front();
  draining_.pop_front();
  execute(done.instruction);
  finish(done.instruction, done.start, now);
  return true;
}

bool ConvolutionUnit::end_sweep(Cycle now) {
  if (!sweeping_ || sweep_end_ > now) return false;
  if (sweep_waits_) book_sweep(now);
  sweeping_ = false;
  active_.ready = now;
  if (++active_.swept < active_.panes) return true;
  draining_.push_back({active_.instruction, active_.start, now + config_.pipeline_cycles});
  has_active_ = false;
  return true;
}

/// What lies between two steps is a wait for a bank.
void ConvolutionUnit::book_sweep(Cycle end) {
  const std::size_t layer = active_.instruction.at.layer;
  reads_.list_steps(active_.instruction.convolution, active_.swept, steps_);
  for (const Cycle step : steps_) {
    accounting_.stalled(StallCause::bank, sweep_start_ + step, layer);
    accounting_.busy(sweep_start_ + step + 1, layer);
  }
  accounting_.stalled(StallCause::accumulators, end, layer);
}

/// All values at once when the instruction is finished: until then nobody else may touch them.
void ConvolutionUnit::execute(const Instruction& instruction) {
  if (!context_.data) return;
  if (!beats_) {
    overflows_ += arithmetic_.execute(instruction.convolution);
    return;
  }
  overflows_ += beats_->execute(arithmetic_, instruction, times_);
  const int panes = geometry_.panes(instruction.convolution);
  times_.sweeps.erase(times_.sweeps.begin(), times_.sweeps.begin() + panes);
  times_.loads.erase(times_.loads.begin(), times_.loads.begin() + panes);
}

bool ConvolutionUnit::take_next(Cycle now) {
  if (has_active_) return false;
  if (!look_for_next(now)) return false;
  waiting_ = context_.semaphores.take(queue_[0].instruction, now,
                                      [](const SemaphoreWait& wait) { return !is_weight_wait(wait); });
  if (waiting_ != StallCause::none) return false;
  active_ = Active{pop(now), now, 0, 0, now + config_.issue_cycles};
  active_.panes = geometry_.panes(active_.instruction.convolution);
  has_active_ = true;
  ++taken_;
  return true;
}

bool ConvolutionUnit::start_sweep(Cycle now) {
  if (!has_active_ || sweeping_ || !shadow_ready_ || active_.ready > now) return false;
  shadow_ready_ = false;
  sweeping_ = true;
  if (beats_) times_.sweeps.push_back(now);
  const ConvolutionOperands& operands = active_.instruction.convolution;
  const Cycle cycles = reads_.cycles(operands, active_.swept);
  sweep_waits_ = cycles != geometry_.steps(operands);
  sweep_start_ = now;
  sweep_steps_end_ = now + cycles;
  sweep_end_ = now + std::max<Cycle>(cycles, config_.pipeline_cycles);
  return true;
}

bool ConvolutionUnit::end_load(Cycle now) {
  if (!loading_ || load_end_ > now) return false;
  loading_ = false;
  shadow_ready_ = true;
  return true;
}

/// The instruction the loader works for, if it has arrived.
const Instruction* ConvolutionUnit::loader_instruction(Cycle now) const {
  if (loader_number_ < taken_) return &active_.instruction;
  const std::size_t index = loader_number_ - taken_;
  return has_queued(index, now) ? &queue_[index].instruction : nullptr;
}

bool ConvolutionUnit::start_load(Cycle now) {
  if (loading_ || shadow_ready_) return false;
  const Instruction* instruction = loader_instruction(now);
  if (instruction == nullptr) return false;
  if (!loader_taken_ && context_.semaphores.take(*instruction, now, is_weight_wait) != StallCause::none) return false;
  loader_taken_ = true;
  loading_ = true;
  if (beats_) times_.loads.push_back(now);
  load_end_ = now + config_.pane_load_cycles;
  if (++loads_started_ == geometry_.panes(instruction->convolution)) {
    ++loader_number_;
    loads_started_ = 0;
    loader_taken_ = false;
  }
  return true;
}

Cycle ConvolutionUnit::next_event() const {
  Cycle next = never;
  if (!draining_.empty()) next = draining_.front().end;
  if (sweeping_) next = std::min(next, sweep_end_);
  if (loading_) next = std::min(next, load_end_);
  if (has_active_ && !sweeping_ && shadow_ready_) next = std::min(next, active_.ready);
  return next;
}

}  // namespace ernsim

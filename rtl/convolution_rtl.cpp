#include "rtl/convolution_rtl.h"

#include <algorithm>
#include <stdexcept>

namespace ernsim::rtl {

namespace {

constexpr std::uint8_t weights_semaphore = 7;
constexpr std::size_t weights_wait = 2;  // its place among those the unit waits for

bool is_weight_wait(const SemaphoreWait& wait) { return wait.semaphore == weights_semaphore; }

}  // namespace

ConvolutionRtl::ConvolutionRtl(const UnitContext& context, const AcceleratorConfig& config,
                               std::unique_ptr<Design> design)
    : DesignUnit(UnitId::convolution, context, std::move(design), {0, 2, weights_semaphore, 12}),
      config_(config.convolution),
      geometry_(geometry_of(config.convolution)),
      reads_(geometry_, config.memory) {}

void ConvolutionRtl::attach(const OnChipMemories& memories) {
  weights_.emplace(Port::convolution_weights_in, memories.weights.word_bytes);
  activations_.emplace(Port::convolution_activations_in, memories.activations.word_bytes);
  accumulators_in_.emplace(Port::convolution_accumulators_in, memories.accumulators.word_bytes);
  accumulators_.emplace(Port::convolution_accumulators_out, memories.accumulators.word_bytes);
  const auto shown = [this](std::optional<BeatQueue>& beats) { return context_.ports != nullptr ? &*beats : nullptr; };
  std::vector<MemoryLink> reads(reads_.banks(), {memories.activations, shown(activations_)});
  reads.push_back({memories.weights, shown(weights_)});
  reads.push_back({memories.accumulators, shown(accumulators_in_)});
  link(std::move(reads), {{memories.accumulators, shown(accumulators_)}});
}

void ConvolutionRtl::clear() {
  DesignUnit::clear();
  for (auto* beats : {&weights_, &activations_, &accumulators_in_, &accumulators_}) (*beats)->clear();
  steps_end_.clear();
  has_active_ = sweeping_ = stepped_ = false;
  swept_ = 0;
  ready_ = sweep_end_ = steps_left_ = 0;
  taken_ = weights_next_ = 0;
}

InstructionUnit::Doing ConvolutionRtl::doing() const {
  if (!has_active_) return {};
  if (sweeping_ && stepped_) return {Doing::Kind::holds, never, StallCause::none, active_.at.layer};
  if (sweeping_)
    return {Doing::Kind::holds, 0, steps_left_ > 0 ? StallCause::bank : StallCause::accumulators, active_.at.layer};
  return {Doing::Kind::holds, ready_, StallCause::weights, active_.at.layer};
}

void ConvolutionRtl::observe(Cycle now) {
  if (pins().finished) finish_oldest(now);
  if (sweeping_ && steps_left_ == 0 && sweep_end_ <= now) end_sweep(now);
  if (pins().consumed) {
    active_ = start_head(now, weights_semaphore);
    has_active_ = true;
    swept_ = 0;
    ready_ = now + config_.issue_cycles;
    ++taken_;
  }
  if ((pins().busy || reads_activations()) && has_active_ && !sweeping_) start_sweep(now);
  if (sweeping_) follow_sweep(now);
  if (pins().takes[weights_wait] != 0) take_weights(now);
  if (!has_active_) wait_for_next(now, [](const SemaphoreWait& wait) { return !is_weight_wait(wait); });
}

bool ConvolutionRtl::reads_activations() const {
  const auto& reads = pins().reads;
  return std::any_of(reads.begin(), reads.begin() + reads_.banks(), [](const ReadPins& read) { return read.enabled; });
}

void ConvolutionRtl::start_sweep(Cycle now) {
  sweeping_ = true;
  steps_left_ = geometry_.steps(active_.convolution);
  sweep_end_ = now + config_.pipeline_cycles;
}

void ConvolutionRtl::follow_sweep(Cycle now) {
  stepped_ = pins().busy && steps_left_ > 0;
  if (!stepped_ || --steps_left_ > 0) return;
  steps_end_.push_back(now + 1);
  sweep_end_ = std::max(sweep_end_, now + 1);
}

void ConvolutionRtl::end_sweep(Cycle now) {
  sweeping_ = stepped_ = false;
  ready_ = now;
  has_active_ = ++swept_ < geometry_.panes(active_.convolution);
}

/// Instruction number `number` of those that came, if it is held or in the queue.
const Instruction* ConvolutionRtl::numbered(std::size_t number) const {
  if (number >= taken_) return number - taken_ < queue_.size() ? &queue_[number - taken_].instruction : nullptr;
  const std::size_t back = taken_ - number;
  return back <= held_.size() ? &held_[held_.size() - back].instruction : nullptr;
}

/// The loader's credits are those of the first instruction that has not got them yet.
void ConvolutionRtl::take_weights(Cycle now) {
  for (weights_next_ = std::max(weights_next_, taken_ - held_.size());; ++weights_next_) {
    const Instruction* instruction = numbered(weights_next_);
    if (instruction == nullptr) throw std::runtime_error("RTL of convolution: it takes credits for no instruction");
    const auto* waits = instruction->waits.data();
    if (!std::any_of(waits, waits + instruction->wait_count, is_weight_wait)) continue;
    take(*instruction, now, weights_wait);
    ++weights_next_;
    return;
  }
}

/// Pane after pane, as the model's unit does.
void ConvolutionRtl::report_beats(const Instruction& instruction) {
  const Cycle steps = geometry_.steps(instruction.convolution);
  const auto wanted = static_cast<std::size_t>(geometry_.panes(instruction.convolution));
  const std::size_t panes = std::min(wanted, steps_end_.size());
  for (std::size_t p = 0; p < panes; ++p) {
    accumulators_in_->report(accumulators_in_->count_before(steps_end_[p] + config_.pipeline_cycles - 1), instruction,
                             context_.ports);
    weights_->report(static_cast<std::size_t>(config_.block_channels), instruction, context_.ports);
    activations_->report(activations_->count_before(steps_end_[p]), instruction, context_.ports);
    accumulators_->report(static_cast<std::size_t>(steps), instruction, context_.ports);
  }
  steps_end_.erase(steps_end_.begin(), steps_end_.begin() + static_cast<std::ptrdiff_t>(panes));
  if (!pins().done_last) return;
  for (BeatQueue* rest : {&*accumulators_in_, &*weights_, &*activations_, &*accumulators_})
    rest->report(rest->size(), instruction, context_.ports);
}

}  // namespace ernsim::rtl

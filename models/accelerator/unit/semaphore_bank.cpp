#include "models/accelerator/unit/semaphore_bank.h"

namespace ernsim {

void SemaphoreBank::reset(const std::array<std::uint16_t, semaphore_count>& initial) {
  for (std::size_t i = 0; i < semaphore_count; ++i) {
    states_[i] = State{};
    states_[i].credits = initial[i];
  }
}

void SemaphoreBank::post(std::uint32_t mask, Cycle now) {
  for (std::size_t i = 0; i < semaphore_count; ++i) {
    if ((mask >> i & 1U) == 0) continue;
    State& state = states_[i];
    visible(i, now);
    state.pending.push_back(now + latency_);
    const std::uint16_t credits = 1;
    if (ports_ != nullptr)
      ports_->beat(Port::semaphore_post, nullptr, now, static_cast<std::uint32_t>(i), &credits, sizeof credits);
    Clocked* waiter = waiters_[semaphores[i].to];
    if (waiter != nullptr) waiter->wake(now + latency_);
  }
}

int SemaphoreBank::visible(std::size_t semaphore, Cycle now) {
  State& state = states_[semaphore];
  while (!state.pending.empty() && state.pending.front() <= now) {
    ++state.credits;
    state.pending.pop_front();
  }
  return state.credits;
}

StallCause SemaphoreBank::cause(std::size_t semaphore) {
  const SemaphoreId& id = semaphores[semaphore];
  const bool space = id.to == UnitId::load_activations || id.to == UnitId::load_weights ||
                     id.to == UnitId::load_thresholds || id.to == UnitId::load_residuals;
  if (id.memory == MemoryId::external) return StallCause::external;
  if (space) return StallCause::output_buffer;
  switch (id.memory) {
    case MemoryId::activations:
      return id.to == UnitId::quantization ? StallCause::output_buffer : StallCause::input;
    case MemoryId::weights:
      return StallCause::weights;
    case MemoryId::thresholds:
      return StallCause::thresholds;
    case MemoryId::accumulators:
      return id.to == UnitId::convolution ? StallCause::output_buffer : StallCause::accumulators;
    case MemoryId::residuals:
      return StallCause::residuals;
    default:
      return id.to == UnitId::quantization ? StallCause::output_buffer : StallCause::input;
  }
}

}  // namespace ernsim

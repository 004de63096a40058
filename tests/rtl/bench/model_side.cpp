#include "tests/rtl/bench/model_side.h"

namespace ernsim::rtl {

namespace {

std::size_t index_of(UnitId unit) { return unit == UnitId::convolution ? 0 : 1; }

/// Takes `count` credits if they are there.
bool take(SemaphoreBank& bank, std::size_t semaphore, std::uint16_t count, Cycle now) {
  Instruction taker;
  taker.wait_count = 1;
  taker.waits[0] = {static_cast<std::uint8_t>(semaphore), count};
  return bank.take(taker, now, [](const SemaphoreWait&) { return true; }) == StallCause::none;
}

}  // namespace

ModelSide::ModelSide(const Stimulus& stimulus)
    : memories_(stimulus.initial),
      semaphores_(stimulus.shape.semaphore_cycles),
      context_{Clock{}, semaphores_, *this, this, true},
      convolution_(context_, stimulus.shape.convolution(), stimulus.shape.memory()),
      quantization_(context_, stimulus.shape.quantization(), stimulus.shape.convolution(), stimulus.shape.memory()) {
  semaphores_.reset(stimulus.initial_credits);
  convolution_.arithmetic().attach(memories_.a.view(), memories_.w.view(), memories_.f.view());
  quantization_.arithmetic().attach(memories_.f.view(), memories_.r.view(), memories_.q.view(), memories_.a.view(),
                                    memories_.s.view());
  convolution_.begin(0, 1, true);
  quantization_.begin(0, 1, true);
}

const Credits& ModelSide::look(Cycle now) {
  credits_.emplace_back();
  for (std::size_t s = 0; s < semaphore_count; ++s)
    credits_.back()[s] = static_cast<std::uint16_t>(semaphores_.credits(s, now));
  return credits_.back();
}

void ModelSide::cycle(const Inputs& inputs, const std::array<std::vector<Instruction>, units>& pushes, Cycle now) {
  semaphores_.post(inputs.posts, now);
  for (std::size_t s = 0; s < semaphore_count; ++s)
    if (inputs.takes[s] != 0) take(semaphores_, s, inputs.takes[s], now);
  for (std::size_t u = 0; u < units; ++u) {
    for (const Instruction& pushed : pushes[u]) {
      times_[u].push_back({pushed, now + 1, 0, 0});
      if (u == 0)
        convolution_.push(pushed, now + 1);
      else
        quantization_.push(pushed, now + 1);
    }
  }
  convolution_.evaluate(now);
  quantization_.evaluate(now);
}

void ModelSide::consumed(UnitId unit, Cycle now) { starts_[index_of(unit)].push_back(now); }
void ModelSide::finished(UnitId unit, Cycle now) { done_[index_of(unit)].push_back(now); }

void ModelSide::instruction(const Instruction& instruction, Cycle start, Cycle end) {
  const std::size_t unit = index_of(instruction.unit);
  InstructionTimes& times = times_[unit][finished_[unit]++];
  times.start = start;
  times.finish = end;
  if (instruction.posts != 0) posts_[end] |= instruction.posts;
}

void ModelSide::report(Recording& recording) const {
  for (std::size_t u = 0; u < units; ++u) {
    const bool first = u == 0;
    for (const InstructionTimes& times : times_[u]) {
      recording.add(times.start, first ? Channel::convolution_start : Channel::quantization_start, 0, 0);
      recording.add(times.finish, first ? Channel::convolution_finish : Channel::quantization_finish, 0, 0);
    }
    for (const Cycle done : done_[u])
      recording.add(done, first ? Channel::convolution_done : Channel::quantization_done, 0, 0);
  }
  for (const auto& [cycle, mask] : posts_) add_posts(recording, cycle, mask);
  CreditWatch watch;
  for (std::size_t now = 0; now < credits_.size(); ++now)
    for (std::size_t s = 0; s < semaphore_count; ++s)
      watch.note(recording, static_cast<Cycle>(now), s, credits_[now][s]);
}

}  // namespace ernsim::rtl

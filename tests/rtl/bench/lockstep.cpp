#include "tests/rtl/bench/lockstep.h"

#include <algorithm>

namespace ernsim::rtl {

namespace {

constexpr Cycle most_cycles = 400000, cycles_after_the_end = 40;
constexpr Cycle stuck = most_cycles / 2;  ///< a wrong model is no longer waited for
constexpr std::array<Channel, units> start_of{Channel::convolution_start, Channel::quantization_start};
constexpr std::array<Channel, units> finish_of{Channel::convolution_finish, Channel::quantization_finish};

}  // namespace

Lockstep::Lockstep(const Stimulus& stimulus, Rtl& rtl)
    : stimulus_(stimulus),
      rtl_(rtl),
      model_(stimulus),
      recording_(stimulus.shape),
      random_(stimulus.seed),
      posts_left_(stimulus.outside_posts) {
  rtl_.begin(stimulus);
}

bool Lockstep::run() {
  while (!model_finished() && now_ < most_cycles) cycle();
  const bool finished = model_finished();
  const Cycle patience = 2 * now_ + 1000;
  while (!rtl_finished() && now_ < patience) cycle();
  for (Cycle i = 0; i < cycles_after_the_end; ++i) cycle();
  rtl_.read_back(recording_.final);
  return finished;
}

void Lockstep::run_for(Cycle cycles) {
  while (now_ < cycles) cycle();
}

bool Lockstep::model_finished() const {
  return model_.finished(Unit::convolution) == stimulus_.streams[0].size() &&
         model_.finished(Unit::quantization) == stimulus_.streams[1].size();
}

bool Lockstep::rtl_finished() const {
  return rtl_finished_[0] >= stimulus_.streams[0].size() && rtl_finished_[1] >= stimulus_.streams[1].size();
}

void Lockstep::cycle() {
  choose_pushes();
  choose_outside(model_.look(now_));
  model_.cycle(inputs_, pushes_, now_);
  const std::size_t before = recording_.events.size();
  rtl_.cycle(inputs_, recording_, now_);
  for (std::size_t i = before; i < recording_.events.size(); ++i) {
    for (std::size_t u = 0; u < units; ++u) {
      rtl_consumed_[u] += recording_.events[i].channel == start_of[u] ? 1U : 0U;
      rtl_finished_[u] += recording_.events[i].channel == finish_of[u] ? 1U : 0U;
    }
  }
  ++now_;
}

/// A burst of up to four, if all are due and the queues of both sides have had room since the cycle before.
void Lockstep::choose_pushes() {
  for (std::size_t u = 0; u < units; ++u) {
    inputs_.pushes[u].clear();
    pushes_[u].clear();
    const auto& stream = stimulus_.streams[u];
    std::size_t end = pushed_[u];
    while (end < stream.size() && end < pushed_[u] + 4 && stream[end].earliest <= now_ &&
           (end == pushed_[u] || stream[end].with_previous))
      ++end;
    const std::size_t model_taken = model_.consumed(static_cast<Unit>(u));
    const std::size_t taken = now_ < stuck ? std::min(model_taken, rtl_consumed_[u]) : model_taken;
    if (end - taken > static_cast<std::size_t>(stimulus_.shape.queue_depth)) continue;
    for (; pushed_[u] < end; ++pushed_[u]) {
      pushes_[u].push_back(stream[pushed_[u]].instruction);
      inputs_.pushes[u].emplace_back();
      encode(pushes_[u].back(), inputs_.pushes[u].back().data());
    }
  }
}

void Lockstep::choose_outside(const Credits& credits) {
  inputs_.posts = 0;
  inputs_.takes.fill(0);
  for (std::size_t s = 0; s < semaphore_count; ++s) {
    if (posts_left_[s] > 0 && rarely()) {
      inputs_.posts |= 1U << s;
      --posts_left_[s];
    }
    if ((stimulus_.outside_takes >> s & 1U) != 0 && credits[s] > 0 && rarely())
      inputs_.takes[s] =
          credits[s] < 100 ? 1 : static_cast<std::uint16_t>(1 + random_() % std::min<int>(credits[s], 2047));
  }
}

}  // namespace ernsim::rtl

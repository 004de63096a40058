#include "traces/beat_stream.h"

#include <algorithm>

namespace ernsim::traces {

bool BeatStream::refill() {
  if (used_ < run_.count) return true;
  auto next = cursor_.next();
  used_ = 0;
  run_ = next ? std::move(*next) : Run{};
  for (Cycle& cycle : run_.cycles) cycle += shift_cycles_;
  return run_.count > 0;
}

Run BeatStream::next() {
  if (!refill()) return {};
  if (used_ > 0) return take(run_.count - used_);
  used_ = run_.count;
  return run_;
}

Run BeatStream::take(std::uint64_t count) {
  Run taken;
  while (taken.count < count && refill()) {
    if (run_.hashed) return taken.count > 0 ? taken : next();
    if (taken.count == 0) taken.context = run_.context;
    const std::size_t most = static_cast<std::size_t>(std::min<std::uint64_t>(count - taken.count, run_.count - used_));
    const auto copy = [this, most](auto& to, const auto& from, std::size_t each) {
      const auto begin = from.begin() + static_cast<std::ptrdiff_t>(used_ * each);
      to.insert(to.end(), begin, begin + static_cast<std::ptrdiff_t>(most * each));
    };
    copy(taken.cycles, run_.cycles, 1);
    copy(taken.addresses, run_.addresses, 1);
    copy(taken.data, run_.data, word_bytes_);
    taken.count += most;
    used_ += most;
  }
  return taken;
}

std::vector<Beat> BeatStream::peek(std::size_t count) {
  std::vector<Beat> beats;
  const Run run = take(count);
  if (run.hashed) return beats;
  for (std::size_t i = 0; i < run.count; ++i) beats.push_back(beat_of(run, i));
  return beats;
}

}  // namespace ernsim::traces

#include "check/walk.h"

#include <algorithm>

namespace ernsim::check {

Walk::Walk(const Trace& trace, const std::string& channel) {
  if (!trace.has(channel)) return;
  const std::size_t number = *trace.reader().channel(channel);
  cursor_.emplace(trace.reader(), number);
  word_bytes_ = trace.reader().header().channels[number].word_bytes;
  next();
}

void Walk::next() {
  if (++at_ < run_.count) return;
  at_ = 0;
  auto following = cursor_ ? cursor_->next() : std::nullopt;
  run_ = following ? std::move(*following) : traces::Run{};
}

std::uint32_t Walk::value() const {
  std::uint32_t value = 0;
  for (std::size_t b = std::min<std::size_t>(word_bytes_, 4); b > 0; --b) value = value << 8 | data()[b - 1];
  return value;
}

void Beats::clear() {
  cycles.clear();
  addresses.clear();
  data.clear();
}

void Beats::take(Walk& walk) {
  word_bytes = walk.word_bytes();
  cycles.push_back(walk.cycle());
  addresses.push_back(walk.address());
  data.insert(data.end(), walk.data(), walk.data() + word_bytes);
  walk.next();
}

void Beats::take_before(Walk& walk, Cycle cycle, std::size_t most) {
  while (walk.more() && walk.cycle() < cycle && size() < most) take(walk);
}

}  // namespace ernsim::check

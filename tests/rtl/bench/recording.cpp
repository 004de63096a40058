#include "tests/rtl/bench/recording.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "models/accelerator/isa/instruction.h"

namespace ernsim::rtl {

namespace {

using Lane = std::pair<Channel, int>;
using Sequences = std::map<Lane, std::vector<const Event*>>;

Sequences by_lane(const Recording& recording) {
  Sequences sequences;
  for (const Event& event : recording.events) sequences[{event.channel, event.lane}].push_back(&event);
  for (auto& [lane, events] : sequences)
    std::stable_sort(events.begin(), events.end(), [](const auto* a, const auto* b) { return a->cycle < b->cycle; });
  return sequences;
}

std::string text(const std::vector<const Event*>& events, std::size_t index) {
  if (index >= events.size()) return "nothing more";
  const Event& event = *events[index];
  std::string data;
  for (const std::uint8_t byte : event.data) data += fmt::format("{:02x}", byte);
  return fmt::format("{:#x}{}{} in cycle {}", event.value, data.empty() ? "" : " data ", data, event.cycle);
}

template <class Same>
std::string first_difference(const Sequences& expected, const Sequences& got, Same same) {
  for (const auto& [lane, events] : expected) {
    static const std::vector<const Event*> none;
    const auto found = got.find(lane);
    const auto& others = found == got.end() ? none : found->second;
    for (std::size_t i = 0; i < std::max(events.size(), others.size()); ++i)
      if (i >= events.size() || i >= others.size() || !same(*events[i], *others[i]))
        return fmt::format("{} {}: event {}: {} expected, got {}", name_of(lane.first), lane.second, i, text(events, i),
                           text(others, i));
  }
  for (const auto& [lane, events] : got)
    if (expected.count(lane) == 0)
      return fmt::format("{} {}: nothing expected, got {}", name_of(lane.first), lane.second, text(events, 0));
  return {};
}

std::string difference(const char* name, const Memory& expected, const Memory& got) {
  if (expected.bytes == got.bytes) return {};
  const auto at = std::mismatch(expected.bytes.begin(), expected.bytes.end(), got.bytes.begin()).first;
  const auto byte = static_cast<std::size_t>(at - expected.bytes.begin());
  return fmt::format("{}: word {}, byte {} differs", name, byte / expected.word_bytes, byte % expected.word_bytes);
}

}  // namespace

const char* name_of(Channel channel) {
  static constexpr const char* names[] = {"convolution start",
                                          "convolution finish",
                                          "convolution done",
                                          "convolution busy",
                                          "quantization start",
                                          "quantization finish",
                                          "quantization done",
                                          "posts of unit",
                                          "takes",
                                          "credits",
                                          "convolution A read",
                                          "W read",
                                          "convolution F read",
                                          "F write",
                                          "quantization F read",
                                          "R read",
                                          "Q read",
                                          "A write",
                                          "S write",
                                          "wrong store read"};
  return names[static_cast<std::size_t>(channel)];
}

void add_posts(Recording& recording, Cycle now, std::uint32_t mask) {
  std::array<std::uint32_t, unit_count> masks{};
  for (std::size_t s = 0; s < semaphore_count; ++s)
    masks[static_cast<std::size_t>(semaphores[s].from)] |= mask & 1U << s;
  for (std::size_t unit = 0; unit < unit_count; ++unit)
    if (masks[unit] != 0) recording.add(now, Channel::posts, static_cast<int>(unit), masks[unit]);
}

Verdict compare(const Recording& expected, const Recording& got) {
  Verdict verdict;
  for (const auto& [name, memory] : {std::pair{"A", &Memories::a}, {"F", &Memories::f}, {"S", &Memories::s}})
    if (verdict.values.empty()) verdict.values = difference(name, expected.final.*memory, got.final.*memory);
  const Sequences left = by_lane(expected), right = by_lane(got);
  const auto same_order = [](const Event& a, const Event& b) { return a.value == b.value && a.data == b.data; };
  // What each unit posts and takes is a matter of order, how that interleaves with other units one of cycles.
  const auto without_time = [](Sequences all) {
    for (auto it = all.begin(); it != all.end();)
      it = it->first.first == Channel::credits ? all.erase(it) : std::next(it);
    return all;
  };
  verdict.order = first_difference(without_time(left), without_time(right), same_order);
  verdict.cycles = first_difference(
      left, right, [&](const Event& a, const Event& b) { return a.cycle == b.cycle && same_order(a, b); });
  return verdict;
}

}  // namespace ernsim::rtl

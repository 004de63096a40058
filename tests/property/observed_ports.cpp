#include "tests/property/observed_ports.h"

#include <fmt/format.h>

#include <algorithm>

namespace ernsim::test {

void ObservedPorts::beats(const PortBeats& beats) {
  const auto port = static_cast<std::size_t>(beats.port);
  counts_[port] += static_cast<std::int64_t>(beats.count);
  Digest& digest = digests_[port];
  for (std::size_t i = 0; i < beats.count; ++i) {
    digest.add(static_cast<std::uint64_t>(beats.cycles != nullptr ? beats.cycles[i]
                                                                  : beats.first_cycle + static_cast<Cycle>(i)));
    digest.add(std::uint64_t{beats.addresses != nullptr ? beats.addresses[i]
                                                        : beats.first_address + static_cast<std::uint32_t>(i)});
  }
  if (beats.data != nullptr) digest.add(beats.data, beats.count * beats.word_bytes);
  if (beats.port == Port::load_activations_writes) last_write_ = beats.cycles[beats.count - 1];
  if (beats.port == Port::load_activations_data)
    buffer(static_cast<std::int64_t>(beats.count), beats.cycles[beats.count - 1]);
}

/// A burst's words are reported before its beats.
void ObservedPorts::buffer(std::int64_t beats, Cycle last_beat) {
  while (!buffered_.empty() && buffered_.front().until < last_beat) buffered_.pop_front();
  buffered_.push_back({beats, std::max(last_write_, last_beat)});
  std::int64_t level = 0;
  for (const Buffered& each : buffered_) level += each.beats;
  most_buffered_beats_ = std::max(most_buffered_beats_, level);
}

std::string ObservedPorts::text() const {
  std::string text;
  for (std::size_t i = 0; i < counts_.size(); ++i)
    if (counts_[i] > 0) text += fmt::format("port {}: {} beats {:016x}\n", i, counts_[i], digests_[i].value());
  return text;
}

}  // namespace ernsim::test

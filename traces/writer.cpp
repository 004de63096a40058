#include "traces/writer.h"

#include <fmt/format.h>

namespace ernsim::traces {

namespace {

bool wants(const Filter& filter, const Channel& channel) {
  return filter.units.empty() || filter.units.count(channel.unit()) == 1;
}

Header filtered(Header header, const Filter& filter) {
  std::vector<Channel> kept;
  for (const Channel& channel : header.channels)
    if (wants(filter, channel)) kept.push_back(channel);
  header.channels = kept;
  header.selection = filter.text();
  return header;
}

std::vector<int> channel_numbers(const Header& header, const Filter& filter) {
  std::vector<int> numbers;
  int next = 0;
  for (const Channel& channel : header.channels) numbers.push_back(wants(filter, channel) ? next++ : -1);
  return numbers;
}

/// Beats begin to end - 1.
PortBeats part_of(const PortBeats& beats, std::size_t begin, std::size_t end) {
  PortBeats part = beats;
  part.count = end - begin;
  if (beats.cycles != nullptr) part.cycles += begin;
  part.first_cycle = beats.cycles != nullptr ? beats.cycles[begin] : beats.first_cycle + static_cast<Cycle>(begin);
  if (beats.addresses != nullptr) part.addresses += begin;
  part.first_address =
      beats.addresses != nullptr ? beats.addresses[begin] : beats.first_address + static_cast<std::uint32_t>(begin);
  if (beats.data != nullptr) part.data = static_cast<const std::uint8_t*>(beats.data) + begin * beats.word_bytes;
  return part;
}

}  // namespace

std::string Filter::text() const {
  std::string text;
  if (!layers.empty()) text = fmt::format("layers:{}", fmt::join(layers, ","));
  if (first_cycle > 0 || last_cycle != never)
    text += fmt::format("{}cycles:{}:{}", text.empty() ? "" : ";", first_cycle,
                        last_cycle == never ? "" : std::to_string(last_cycle));
  return text;
}

Writer::Writer(std::ostream& out, const Header& header, Filter filter)
    : filter_(std::move(filter)),
      channel_of_(channel_numbers(header, filter_)),
      chunks_(out, filtered(header, filter_)) {}

void Writer::beats(const PortBeats& beats) {
  const int channel = channel_of_[static_cast<std::size_t>(beats.port)];
  if (channel < 0 || beats.count == 0) return;
  if (!filter_.layers.empty() &&
      (beats.instruction == nullptr || filter_.layers.count(beats.instruction->at.layer) == 0))
    return;
  const auto cycle = [&beats](std::size_t i) {
    return beats.cycles != nullptr ? beats.cycles[i] : beats.first_cycle + static_cast<Cycle>(i);
  };
  std::size_t begin = 0, end = beats.count;
  while (begin < end && cycle(begin) < filter_.first_cycle) ++begin;
  while (end > begin && cycle(end - 1) > filter_.last_cycle) --end;
  if (begin == end) return;
  const bool whole = begin == 0 && end == beats.count;
  chunks_.add(static_cast<std::size_t>(channel), whole ? beats : part_of(beats, begin, end), whole);
}

}  // namespace ernsim::traces

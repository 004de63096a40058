#include "traces/writer.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

namespace ernsim::traces {

namespace {

constexpr std::size_t chunk_bytes = 256 * 1024;  ///< after which a chunk is closed
constexpr std::size_t most_compressing = 4;      ///< chunks in memory besides the open ones

}  // namespace

std::string Filter::text() const {
  std::string text;
  if (!layers.empty()) text = fmt::format("layers:{}", fmt::join(layers, ","));
  if (first_cycle > 0 || last_cycle != never)
    text += fmt::format("{}cycles:{}:{}", text.empty() ? "" : ";", first_cycle,
                        last_cycle == never ? "" : std::to_string(last_cycle));
  return text;
}

Writer::Writer(std::ostream& out, Header header, Filter filter)
    : out_(out), header_(std::move(header)), filter_(std::move(filter)) {
  std::vector<Channel> kept;
  for (const Channel& channel : header_.channels) {
    const bool wanted = filter_.units.empty() || filter_.units.count(channel.unit()) == 1;
    stream_of_.push_back(wanted ? static_cast<int>(kept.size()) : -1);
    if (wanted) kept.push_back(channel);
  }
  header_.channels = kept;
  header_.selection = filter_.text();
  streams_.resize(kept.size());
  for (std::size_t i = 0; i < streams_.size(); ++i) streams_[i].head.channel = static_cast<std::uint32_t>(i);
  const std::string text = to_text(header_);
  out_.write(text.data(), static_cast<std::streamsize>(text.size()));
}

void Writer::beats(const PortBeats& beats) {
  const int number = stream_of_[static_cast<std::size_t>(beats.port)];
  if (number < 0 || beats.count == 0) return;
  Stream& stream = streams_[static_cast<std::size_t>(number)];
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
  if (begin == 0 && end == beats.count) return add(stream, beats, true);
  PortBeats cut = beats;
  cut.count = end - begin;
  cut.first_cycle = cycle(begin);
  if (cut.cycles != nullptr) cut.cycles += begin;
  cut.first_address =
      beats.addresses != nullptr ? beats.addresses[begin] : beats.first_address + static_cast<std::uint32_t>(begin);
  if (cut.addresses != nullptr) cut.addresses += begin;
  if (cut.data != nullptr) cut.data = static_cast<const std::uint8_t*>(beats.data) + begin * beats.word_bytes;
  add(stream, cut, false);
}

void Writer::add(Stream& stream, const PortBeats& beats, bool whole) {
  const Cycle first = beats.cycles != nullptr ? beats.cycles[0] : beats.first_cycle;
  ChunkHead& head = stream.head;
  head.first_cycle = head.runs == 0 ? first : std::min(head.first_cycle, first);
  head.last_cycle = head.runs == 0 ? first : std::max(head.last_cycle, first);
  ++head.runs;
  head.beats += beats.count;
  stream.runs.add(beats, header_.hashed && !header_.channels[stream.head.channel].timing && beats.count > 1, whole);
  if (stream.runs.bytes().size() >= chunk_bytes) flush(stream);
}

/// Closes the channel's chunk; compression goes on beside the simulation.
void Writer::flush(Stream& stream) {
  if (stream.head.runs == 0) return;
  compressing_.push_back(std::async(std::launch::async, [head = stream.head, bytes = std::move(stream.runs.bytes())] {
    Compressed made{head, compress(bytes)};
    made.head.raw_bytes = static_cast<std::uint32_t>(bytes.size());
    made.head.compressed_bytes = static_cast<std::uint32_t>(made.bytes.size());
    made.head.payload_hash = XXH3_64bits(made.bytes.data(), made.bytes.size());
    return made;
  }));
  stream.runs = RunEncoder();
  stream.runs.bytes().reserve(chunk_bytes + chunk_bytes / 4);
  stream.head = ChunkHead{stream.head.channel};
  if (compressing_.size() > most_compressing) write_oldest();
}

void Writer::write_oldest() {
  const Compressed made = compressing_.front().get();
  compressing_.pop_front();
  const auto head = encode(made.head);
  out_.write(reinterpret_cast<const char*>(head.data()), head.size());
  out_.write(reinterpret_cast<const char*>(made.bytes.data()), static_cast<std::streamsize>(made.bytes.size()));
  ++chunks_;
}

void Writer::finish() {
  for (Stream& stream : streams_) flush(stream);
  while (!compressing_.empty()) write_oldest();
  ChunkHead head;
  head.channel = end_of_trace;
  head.beats = chunks_;
  const auto bytes = encode(head);
  out_.write(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  out_.flush();
}

}  // namespace ernsim::traces

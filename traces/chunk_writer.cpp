#include "traces/chunk_writer.h"

#include <xxhash.h>

#include <algorithm>

namespace ernsim::traces {

namespace {

constexpr std::size_t chunk_bytes = 256 * 1024;  ///< after which a chunk is closed
constexpr std::size_t most_compressing = 4;      ///< chunks in memory besides the open ones

}  // namespace

ChunkWriter::ChunkWriter(std::ostream& out, const Header& header)
    : out_(out), hashed_(header.hashed), streams_(header.channels.size()) {
  for (std::size_t i = 0; i < streams_.size(); ++i) {
    streams_[i].timing = header.channels[i].timing;
    streams_[i].head.channel = static_cast<std::uint32_t>(i);
  }
  const std::string text = to_text(header);
  out_.write(text.data(), static_cast<std::streamsize>(text.size()));
}

void ChunkWriter::add(std::size_t channel, const PortBeats& beats, bool whole) {
  Stream& stream = streams_[channel];
  const Cycle first = beats.cycles != nullptr ? beats.cycles[0] : beats.first_cycle;
  ChunkHead& head = stream.head;
  head.first_cycle = head.runs == 0 ? first : std::min(head.first_cycle, first);
  head.last_cycle = head.runs == 0 ? first : std::max(head.last_cycle, first);
  ++head.runs;
  head.beats += beats.count;
  const RunHash hash = stream.timing ? RunHash{} : hash_of_(beats);
  if (!stream.timing && beats.instruction != nullptr)
    layers_.add(channel, beats.instruction->at.layer, beats.count, hash);
  stream.runs.add(beats, hashed_ && !stream.timing && beats.count > 1 ? &hash : nullptr, whole);
  if (stream.runs.bytes().size() >= chunk_bytes) flush(stream);
}

ChunkWriter::Compressed ChunkWriter::compressed(ChunkHead head, const std::vector<std::uint8_t>& bytes) {
  Compressed made{head, compress(bytes)};
  made.head.raw_bytes = static_cast<std::uint32_t>(bytes.size());
  made.head.compressed_bytes = static_cast<std::uint32_t>(made.bytes.size());
  made.head.payload_hash = XXH3_64bits(made.bytes.data(), made.bytes.size());
  return made;
}

/// Closes the channel's chunk; compression goes on beside the simulation.
void ChunkWriter::flush(Stream& stream) {
  if (stream.head.runs == 0) return;
  compressing_.push_back(std::async(std::launch::async, [head = stream.head, bytes = std::move(stream.runs.bytes())] {
    return compressed(head, bytes);
  }));
  stream.runs = RunEncoder();
  stream.runs.bytes().reserve(chunk_bytes + chunk_bytes / 4);
  stream.head = ChunkHead{stream.head.channel};
  if (compressing_.size() > most_compressing) write_oldest();
}

void ChunkWriter::write_oldest() {
  write(compressing_.front().get());
  compressing_.pop_front();
}

void ChunkWriter::write(const Compressed& chunk) {
  const auto head = encode(chunk.head);
  out_.write(reinterpret_cast<const char*>(head.data()), head.size());
  out_.write(reinterpret_cast<const char*>(chunk.bytes.data()), static_cast<std::streamsize>(chunk.bytes.size()));
  ++chunks_;
}

void ChunkWriter::write_layer_hashes() {
  const auto hashes = layers_.all();
  if (hashes.empty()) return;
  ChunkHead head;
  head.channel = hashes_of_layers;
  head.runs = static_cast<std::uint32_t>(hashes.size());
  write(compressed(head, encode(hashes)));
}

void ChunkWriter::flush() {
  for (Stream& stream : streams_) flush(stream);
  while (!compressing_.empty()) write_oldest();
  out_.flush();
}

void ChunkWriter::finish() {
  flush();
  write_layer_hashes();
  ChunkHead head;
  head.channel = end_of_trace;
  head.beats = chunks_;
  const auto bytes = encode(head);
  out_.write(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  out_.flush();
}

}  // namespace ernsim::traces

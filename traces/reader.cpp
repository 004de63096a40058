#include "traces/reader.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

namespace ernsim::traces {

namespace {

constexpr std::size_t most_header_bytes = 1 << 20;

bool read(std::ifstream& in, void* to, std::size_t bytes) {
  in.read(static_cast<char*>(to), static_cast<std::streamsize>(bytes));
  return static_cast<std::size_t>(in.gcount()) == bytes;
}

}  // namespace

Reader::Reader(const std::string& file) : file_(file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw TraceError(file + ": cannot be read");
  read_header(in);
  scan(in);
}

void Reader::read_header(std::ifstream& in) {
  std::string text(most_header_bytes, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  const std::size_t end = text.find('\n', std::min(text.find("\nend "), text.size() - 1) + 1);
  const std::size_t length = end == std::string::npos ? text.size() : end + 1;
  try {
    header_ = parse_header(text.substr(0, length));
  } catch (const TraceError& error) {
    throw TraceError(fmt::format("{}: {}", file_, error.what()));
  }
  body_ = length;
  in.clear();
  in.seekg(0, std::ios::end);
  size_ = static_cast<std::uint64_t>(in.tellg());
}

/// Every chunk's head and payload, up to the end or the first damage.
void Reader::scan(std::ifstream& in) {
  chunks_.resize(header_.channels.size());
  in.seekg(static_cast<std::streamoff>(body_));
  std::uint64_t offset = body_, chunks = 0;
  for (bool ended = false; !ended && damage_.empty(); ++chunks) {
    damage_ = damage_at(in, offset, chunks, ended);
    if (damage_.empty() && !ended) offset = static_cast<std::uint64_t>(in.tellg());
  }
}

/// Reads the chunk at `offset`; what is wrong with it, empty if nothing.
std::string Reader::damage_at(std::ifstream& in, std::uint64_t offset, std::uint64_t chunks, bool& ended) {
  std::array<std::uint8_t, chunk_head_bytes> bytes{};
  ChunkHead head;
  if (!read(in, bytes.data(), bytes.size())) return fmt::format("it ends at byte {} without its last chunk", size_);
  if (!decode(bytes.data(), head)) return fmt::format("the chunk at byte {} is damaged", offset);
  if (head.channel == end_of_trace) {
    ended = true;
    if (head.beats != chunks) return fmt::format("{} chunks of {} are there", chunks, head.beats);
    return offset + chunk_head_bytes == size_ ? "" : fmt::format("bytes follow its end at {}", offset);
  }
  std::vector<std::uint8_t> payload(head.compressed_bytes);
  if (offset + chunk_head_bytes + payload.size() > size_ || !read(in, payload.data(), payload.size()))
    return fmt::format("it ends at byte {}, inside a chunk", size_);
  if (XXH3_64bits(payload.data(), payload.size()) != head.payload_hash)
    return fmt::format("the chunk at byte {} is damaged", offset);
  return keep(head, payload, offset);
}

/// Notes what the undamaged chunk at `offset` holds; what is wrong with it, empty if nothing.
std::string Reader::keep(const ChunkHead& head, const std::vector<std::uint8_t>& payload, std::uint64_t offset) {
  if (head.channel == hashes_of_layers) {
    std::vector<std::uint8_t> bytes;
    const bool whole = decompress(payload, head.raw_bytes, bytes);
    const auto hashes = decode_layer_hashes(bytes);
    if (!whole || !hashes) return fmt::format("the hashes at byte {} make no sense", offset);
    layer_hashes_ = *hashes;
    return "";
  }
  if (head.channel >= chunks_.size()) return fmt::format("the chunk at byte {} is of no channel", offset);
  chunks_[head.channel].push_back({head, offset + chunk_head_bytes});
  return "";
}

std::uint64_t Reader::beats() const {
  std::uint64_t count = 0;
  for (const auto& channel : chunks_)
    for (const Chunk& chunk : channel) count += chunk.head.beats;
  return count;
}

std::optional<std::size_t> Reader::channel(const std::string& name) const {
  for (std::size_t i = 0; i < header_.channels.size(); ++i)
    if (header_.channels[i].name == name) return i;
  return std::nullopt;
}

Cycle Reader::last_run_cycle(std::size_t channel) const {
  return chunks_[channel].empty() ? -1 : chunks_[channel].back().head.last_cycle;
}

RunCursor::RunCursor(const Reader& reader, std::size_t channel)
    : reader_(reader), channel_(channel), in_(reader.file(), std::ios::binary) {}

bool RunCursor::load_chunk() {
  const auto& chunks = reader_.chunks_[channel_];
  if (next_chunk_ == chunks.size()) return false;
  const Reader::Chunk& chunk = chunks[next_chunk_++];
  std::vector<std::uint8_t> payload(chunk.head.compressed_bytes), bytes;
  in_.clear();
  in_.seekg(static_cast<std::streamoff>(chunk.offset));
  if (!read(in_, payload.data(), payload.size()) || !decompress(payload, chunk.head.raw_bytes, bytes))
    throw TraceError(fmt::format("{}: the chunk at byte {} does not decompress", reader_.file(), chunk.offset));
  decoder_ = std::make_unique<RunDecoder>(std::move(bytes), reader_.header().channels[channel_].word_bytes);
  return true;
}

std::optional<Run> RunCursor::next() {
  while (decoder_ == nullptr || decoder_->done())
    if (!load_chunk()) return std::nullopt;
  try {
    return decoder_->next();
  } catch (const CodecError& error) {
    throw TraceError(
        fmt::format("{}: channel {}: {}", reader_.file(), reader_.header().channels[channel_].name, error.what()));
  }
}

}  // namespace ernsim::traces

#include "traces/chunk.h"

#include <xxhash.h>
#include <zstd.h>

#include <cstring>

namespace ernsim::traces {

namespace {

constexpr std::uint32_t mark = 0x4B4E4843;  // "CHNK"

/// Half the time of level 1, for files half as large again: a trace is written beside a simulation that takes as long.
constexpr int compression_level = -3;

/// Fields of a head, lowest byte first, one after the other.
template <class Bytes, class Head, class Code>
void visit(Bytes* bytes, Head& head, Code&& code) {
  for (auto* field : {&head.channel, &head.runs}) bytes = code(bytes, *field);
  bytes = code(bytes, head.beats);
  for (auto* field : {&head.first_cycle, &head.last_cycle}) bytes = code(bytes, *field);
  for (auto* field : {&head.raw_bytes, &head.compressed_bytes}) bytes = code(bytes, *field);
  code(bytes, head.payload_hash);
}

std::uint32_t sum_of(const std::uint8_t* bytes) {
  return static_cast<std::uint32_t>(XXH3_64bits(bytes, chunk_head_bytes - sizeof(std::uint32_t)));
}

}  // namespace

std::array<std::uint8_t, chunk_head_bytes> encode(const ChunkHead& head) {
  std::array<std::uint8_t, chunk_head_bytes> bytes{};
  std::memcpy(bytes.data(), &mark, sizeof mark);
  visit(bytes.data() + sizeof mark, head, [](std::uint8_t* to, const auto& field) {
    std::memcpy(to, &field, sizeof field);
    return to + sizeof field;
  });
  const std::uint32_t sum = sum_of(bytes.data());
  std::memcpy(bytes.data() + chunk_head_bytes - sizeof sum, &sum, sizeof sum);
  return bytes;
}

bool decode(const std::uint8_t* bytes, ChunkHead& head) {
  std::uint32_t found = 0, sum = 0;
  std::memcpy(&found, bytes, sizeof found);
  std::memcpy(&sum, bytes + chunk_head_bytes - sizeof sum, sizeof sum);
  if (found != mark || sum != sum_of(bytes)) return false;
  visit(bytes + sizeof mark, head, [](const std::uint8_t* from, auto& field) {
    std::memcpy(&field, from, sizeof field);
    return from + sizeof field;
  });
  return head.raw_bytes <= most_chunk_bytes && head.compressed_bytes <= ZSTD_compressBound(most_chunk_bytes);
}

std::vector<std::uint8_t> compress(const std::vector<std::uint8_t>& bytes) {
  std::vector<std::uint8_t> compressed(ZSTD_compressBound(bytes.size()));
  compressed.resize(ZSTD_compress(compressed.data(), compressed.size(), bytes.data(), bytes.size(), compression_level));
  return compressed;
}

bool decompress(const std::vector<std::uint8_t>& compressed, std::size_t raw_bytes, std::vector<std::uint8_t>& bytes) {
  bytes.resize(raw_bytes);
  return ZSTD_decompress(bytes.data(), raw_bytes, compressed.data(), compressed.size()) == raw_bytes;
}

}  // namespace ernsim::traces

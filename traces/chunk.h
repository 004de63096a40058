#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "timing/clock.h"

namespace ernsim::traces {

inline constexpr std::size_t chunk_head_bytes = 56;
/// Bytes a chunk may have before compression.
inline constexpr std::uint32_t most_chunk_bytes = 64u << 20;

/// What stands in front of a chunk: runs of one channel, compressed.
struct ChunkHead {
  std::uint32_t channel = 0;  ///< or `hashes_of_layers`; `end_of_trace`: nothing follows, `beats` counts chunks
  std::uint32_t runs = 0;
  std::uint64_t beats = 0;
  Cycle first_cycle = 0, last_cycle = 0;  ///< lowest and highest first cycle of a run
  std::uint32_t raw_bytes = 0;
  std::uint32_t compressed_bytes = 0;
  std::uint64_t payload_hash = 0;  ///< XXH3 of the compressed bytes
};
inline constexpr std::uint32_t end_of_trace = 0xFFFFFFFF;
inline constexpr std::uint32_t hashes_of_layers = 0xFFFFFFFE;  ///< the bytes are hashes of layers, `runs` of them

std::array<std::uint8_t, chunk_head_bytes> encode(const ChunkHead& head);
/// Returns false if the bytes are no chunk's head: wrong mark, sum or sizes.
bool decode(const std::uint8_t* bytes, ChunkHead& head);

/// zstd, fast. Deterministic.
std::vector<std::uint8_t> compress(const std::vector<std::uint8_t>& bytes);
/// Returns false if the bytes do not decompress to exactly `raw_bytes`.
bool decompress(const std::vector<std::uint8_t>& compressed, std::size_t raw_bytes, std::vector<std::uint8_t>& bytes);

}  // namespace ernsim::traces

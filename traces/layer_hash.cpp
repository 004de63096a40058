#include "traces/layer_hash.h"

#include <array>
#include <cstring>

namespace ernsim::traces {

namespace {

constexpr std::size_t record_bytes = 32;
static_assert(sizeof(LayerHash) == record_bytes, "a record is laid out without gaps");

std::uint64_t chained(std::uint64_t before, std::uint64_t next) {
  const std::array<std::uint64_t, 2> both{before, next};
  return XXH3_64bits(both.data(), sizeof both);
}

}  // namespace

void LayerHashes::add(std::size_t channel, std::size_t layer, std::uint64_t beats, const RunHash& run) {
  if (by_layer_.size() <= layer) by_layer_.resize(layer + 1);
  auto& channels = by_layer_[layer];
  if (channels.size() <= channel) channels.resize(channel + 1);
  LayerHash& hash = channels[channel];
  hash.channel = static_cast<std::uint32_t>(channel);
  hash.layer = static_cast<std::uint32_t>(layer);
  hash.beats += beats;
  hash.hash = {chained(hash.hash.values, run.values), chained(hash.hash.cycles, run.cycles)};
}

std::vector<LayerHash> LayerHashes::all() const {
  std::vector<LayerHash> hashes;
  for (const auto& channels : by_layer_)
    for (const LayerHash& hash : channels)
      if (hash.beats > 0) hashes.push_back(hash);
  return hashes;
}

std::vector<std::uint8_t> encode(const std::vector<LayerHash>& hashes) {
  std::vector<std::uint8_t> bytes(hashes.size() * record_bytes);
  if (!hashes.empty()) std::memcpy(bytes.data(), hashes.data(), bytes.size());
  return bytes;
}

std::optional<std::vector<LayerHash>> decode_layer_hashes(const std::vector<std::uint8_t>& bytes) {
  if (bytes.size() % record_bytes != 0) return std::nullopt;
  std::vector<LayerHash> hashes(bytes.size() / record_bytes);
  if (!hashes.empty()) std::memcpy(hashes.data(), bytes.data(), bytes.size());
  return hashes;
}

}  // namespace ernsim::traces

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "traces/run_hash.h"

namespace ernsim::traces {

/// What one channel carried for one layer.
struct LayerHash {
  std::uint32_t channel = 0, layer = 0;
  std::uint64_t beats = 0;
  RunHash hash;  ///< the hashes of the runs, chained in their order
};

/// Gathers the hashes of runs by layer and channel.
class LayerHashes {
 public:
  void add(std::size_t channel, std::size_t layer, std::uint64_t beats, const RunHash& run);
  /// In ascending order of layer and channel.
  std::vector<LayerHash> all() const;

 private:
  std::vector<std::vector<LayerHash>> by_layer_;  ///< [layer][channel], as far as there were any; 0 beats: none
};

/// As they stand in a trace: 32 bytes each, channel, layer, beats, values, cycles.
std::vector<std::uint8_t> encode(const std::vector<LayerHash>& hashes);
/// None if the bytes are no such hashes.
std::optional<std::vector<LayerHash>> decode_layer_hashes(const std::vector<std::uint8_t>& bytes);

}  // namespace ernsim::traces

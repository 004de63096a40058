#include "traces/channel.h"

#include "models/accelerator/isa/instruction_codec.h"

namespace ernsim::traces {

namespace {

/// Ports of the engines come in the order of initiators: four loads, store, control.
void add_engines(std::vector<Channel>& channels, const char* port, const std::vector<std::size_t>& word_bytes) {
  constexpr UnitId engines[] = {UnitId::load_activations, UnitId::load_weights, UnitId::load_thresholds,
                                UnitId::load_residuals, UnitId::store};
  for (std::size_t i = 0; i < word_bytes.size(); ++i)
    channels.push_back({std::string(name_of(engines[i])) + port, word_bytes[i]});
}

void add_units(std::vector<Channel>& channels, const char* port, std::size_t word_bytes, WordKind kind, bool timing) {
  for (std::size_t u = 0; u < unit_count; ++u)
    channels.push_back({std::string(name_of(static_cast<UnitId>(u))) + port, word_bytes, kind, timing});
}

/// What the loads write on chip, words of A, W, Q and R.
void add_writes(std::vector<Channel>& channels, std::size_t block, std::size_t lanes) {
  channels.push_back({"load_activations.writes", block / 4, WordKind::codes});
  channels.push_back({"load_weights.writes", lanes * block / 8, WordKind::signs});
  channels.push_back({"load_thresholds.writes", 8 * block, WordKind::thresholds});
  channels.push_back({"load_residuals.writes", 2 * block, WordKind::sums});
}

}  // namespace

std::vector<Channel> channels_of(const AcceleratorConfig& config) {
  const auto block = static_cast<std::size_t>(config.convolution.block_channels);
  const auto lanes = static_cast<std::size_t>(config.convolution.lanes);
  const auto port = static_cast<std::size_t>(config.interconnect.port_width_bytes);
  std::vector<Channel> channels{
      {"convolution.activations_in", block / 4, WordKind::codes},
      {"convolution.weights_in", lanes * block / 8, WordKind::signs},
      {"convolution.accumulators_in", 2 * block, WordKind::sums},
      {"convolution.accumulators_out", 2 * block, WordKind::sums},
      {"quantization.accumulators_in", 2 * block, WordKind::sums},
      {"quantization.residuals_in", 2 * block, WordKind::sums},
      {"quantization.thresholds_in", 8 * block, WordKind::thresholds},
      {"quantization.codes_out", block / 4, WordKind::codes},
      {"quantization.sums_out", 2 * block, WordKind::sums},
  };
  add_engines(channels, ".data", {port, port, port, port, port});
  add_writes(channels, block, lanes);
  add_engines(channels, ".burst", {4, 4, 4, 4, 4});
  channels.push_back({"control.fetch_burst", 4});
  channels.push_back({"semaphores.take", 2, WordKind::plain, true});
  channels.push_back({"semaphores.post", 2, WordKind::plain, true});
  channels.push_back({"control.registers", 4});
  channels.push_back({"control.interrupt", 0});
  channels.push_back({"control.instructions", instruction_bytes});
  channels.push_back({"store.response", 0});
  add_units(channels, ".start", 8, WordKind::plain, false);
  add_units(channels, ".end", 8, WordKind::plain, false);
  add_units(channels, ".stall", 4, WordKind::cycles, true);
  return channels;
}

}  // namespace ernsim::traces

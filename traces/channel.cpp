#include "traces/channel.h"

#include "models/accelerator/isa/instruction_codec.h"
#include "models/accelerator/isa/word_formats.h"

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
  for (const UnitId unit : each<UnitId>())
    channels.push_back({std::string(name_of(unit)) + port, word_bytes, kind, timing});
}

/// What the loads write on chip, words of A, W, Q and R.
void add_writes(std::vector<Channel>& channels, const WordBytes& word) {
  channels.push_back({"load_activations.writes", word.codes(), WordKind::codes});
  channels.push_back({"load_weights.writes", word.signs(), WordKind::signs});
  channels.push_back({"load_thresholds.writes", word.thresholds(), WordKind::thresholds});
  channels.push_back({"load_residuals.writes", word.sums(), WordKind::sums});
}

}  // namespace

std::vector<Channel> channels_of(const AcceleratorConfig& config) {
  const WordBytes word(config.convolution);
  const auto port = static_cast<std::size_t>(config.interconnect.port_width_bytes);
  std::vector<Channel> channels{
      {"convolution.activations_in", word.codes(), WordKind::codes},
      {"convolution.weights_in", word.signs(), WordKind::signs},
      {"convolution.accumulators_in", word.sums(), WordKind::sums},
      {"convolution.accumulators_out", word.sums(), WordKind::sums},
      {"quantization.accumulators_in", word.sums(), WordKind::sums},
      {"quantization.residuals_in", word.sums(), WordKind::sums},
      {"quantization.thresholds_in", word.thresholds(), WordKind::thresholds},
      {"quantization.codes_out", word.codes(), WordKind::codes},
      {"quantization.sums_out", word.sums(), WordKind::sums},
  };
  add_engines(channels, ".data", {port, port, port, port, port});
  add_writes(channels, word);
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

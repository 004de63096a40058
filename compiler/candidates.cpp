#include "compiler/candidates.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/arrangement.h"
#include "compiler/best_tilings.h"
#include "compiler/compile.h"
#include "compiler/fit.h"
#include "models/accelerator/isa/instruction_codec.h"

namespace ernsim::compiler {

namespace {

/// A schedule whose estimate is above the lowest by more than the estimate may be wrong is not tried.
constexpr double worth_trying = 1.1;

/// Layers of a network for which more may be compiled than is simulated: each costs a millisecond or less.
constexpr std::size_t small_network = 30;

/// A platform like the one given, but for one thing.
struct Variant {
  std::string as_if;
  PlatformConfig config;
  Arrangement arrangement = {};
  std::string choices = {};  ///< what tells it from others
};

/// Which layers are fused, how each is cut, and which tensors stay in A.
std::string choices_of(const Variant& variant) {
  std::string text;
  for (std::size_t i = 0; i < variant.arrangement.layers.size(); ++i) {
    const PlacedLayer& layer = variant.arrangement.layers[i];
    const Placement& placed = variant.arrangement.placements[i];
    if (!layer.has_tiling()) {
      text += layer.fused ? "fused " : placed.codes ? "stays " : "stored ";
      continue;
    }
    const Tiling& t = variant.arrangement.tilings[i];
    text += fmt::format("{}x{} {} {} {} {}{}{} {}{}{} ", t.tile_rows, t.tile_columns, t.in_blocks_per_load,
                        t.in_blocks_per_pass, t.shortcut_blocks_per_pass, t.activation_slots, t.blocks_outer,
                        t.weights_stay, placed.input.has_value(), placed.codes.has_value(),
                        placed.shortcut_input.has_value());
  }
  return text;
}

/// 1, 2, 3, 4, 6, 8, 12, 16, ...: the same for every platform, so that one with more has all rungs of one with less.
std::vector<std::int64_t> rungs_below(std::int64_t value) {
  std::vector<std::int64_t> rungs;
  for (std::int64_t power = 1; power < value; power *= 2) {
    rungs.push_back(power);
    if (power > 1 && power / 2 * 3 < value) rungs.push_back(power / 2 * 3);
  }
  std::reverse(rungs.begin(), rungs.end());
  return rungs;
}

class Variants {
 public:
  Variants(const workloads::Graph& graph, const PlatformConfig& config)
      : graph_(graph), config_(config), plans_(plan_layers(graph)) {}

  /// The platform as it is; those that lead to other choices, lowest estimate first; and those that lead to the
  /// same, the smallest of each memory first: their loads run less far ahead, and may be less in the way of others.
  std::vector<Variant> find() {
    validate(config_);
    Variant as_it_is{"", config_, arrange(graph_, plans_, config_, tilings_)};
    require_fit(as_it_is.arrangement.layers, config_);
    as_it_is.choices = choices_of(as_it_is);
    found_.push_back(std::move(as_it_is));
    const auto& memory = config_.accelerator.memory;
    const std::size_t rungs = found_[0].arrangement.layers.size() <= small_network ? 12 : 6;
    add_smaller("weights_words", memory.weights_words, &MemoryConfig::weights_words, rungs);
    add_smaller("activations_words", memory.activations_words, &MemoryConfig::activations_words, rungs);
    add_smaller("accumulators_words", memory.accumulators_words, &MemoryConfig::accumulators_words, 2);
    add_smaller("thresholds_entries", memory.thresholds_entries, &MemoryConfig::thresholds_entries, rungs);
    add_smaller("residuals_words", memory.residuals_words, &MemoryConfig::residuals_words, 1);
    add_smaller("results_words", memory.results_words, &MemoryConfig::results_words, 1);
    add_fusion();
    add_fewer_cores();
    std::stable_sort(found_.begin() + 1, found_.end(),
                     [](const Variant& a, const Variant& b) { return a.arrangement.cycles < b.arrangement.cycles; });
    for (std::size_t place = 0; place < same_.size(); ++place)
      for (Variant& each : same_[place]) found_.push_back(std::move(each));
    return std::move(found_);
  }

 private:
  void add_smaller(const char* key, std::int64_t depth, std::int64_t MemoryConfig::*field, std::size_t most) {
    std::vector<Variant> same;
    for (const std::int64_t rung : rungs_below(depth)) {
      Variant variant{fmt::format("memory.{}={}", key, rung), config_};
      variant.config.accelerator.memory.*field = rung;
      if (most-- == 0 || !complete(variant)) break;
      if (variant.choices == found_[0].choices)
        same.push_back(std::move(variant));
      else
        add(std::move(variant));
    }
    if (same.size() > same_.size()) same_.resize(same.size());
    for (std::size_t i = 0; i < same.size(); ++i) same_[same.size() - 1 - i].push_back(std::move(same[i]));
  }

  void add_fusion() {
    if (config_.schedule.fuse_shortcuts != ShortcutFusion::estimate) return;
    for (const auto fusion : {ShortcutFusion::off, ShortcutFusion::on}) {
      Variant variant{fmt::format("schedule.fuse_shortcuts={}", fusion == ShortcutFusion::on ? "on" : "off"), config_};
      variant.config.schedule.fuse_shortcuts = fusion;
      if (complete(variant)) add(std::move(variant));
    }
  }

  void add_fewer_cores() {
    if (config_.accelerator.convolution.cores == 1) return;
    Variant variant{"convolution.cores=1", config_};
    variant.config.accelerator.convolution.cores = 1;
    if (complete(variant)) add(std::move(variant));
  }

  /// False if it is not worth trying.
  bool complete(Variant& variant) {
    try {
      validate(variant.config);
    } catch (const ConfigError&) {
      return false;
    }
    variant.arrangement = arrange(graph_, plans_, variant.config, tilings_);
    if (variant.arrangement.cycles > worth_trying * found_[0].arrangement.cycles) return false;
    variant.choices = choices_of(variant);
    return true;
  }

  void add(Variant&& variant) {
    const auto same = [&variant](const Variant& other) { return other.choices == variant.choices; };
    if (std::none_of(found_.begin(), found_.end(), same)) found_.push_back(std::move(variant));
  }

  const workloads::Graph& graph_;
  const PlatformConfig& config_;
  const std::vector<LayerPlan> plans_;
  BestTilings tilings_;
  std::vector<Variant> found_;
  std::vector<std::vector<Variant>> same_;  ///< make the same choices as the platform as it is: [rung from below]
};

std::size_t instructions_of(const Schedule& schedule) {
  std::size_t count = 0;
  for (const auto& stream : schedule.streams) count += stream.size();
  return count;
}

std::vector<std::uint8_t> code_of(const Schedule& schedule) {
  std::vector<std::uint8_t> bytes(instructions_of(schedule) * instruction_bytes);
  std::uint8_t* out = bytes.data();
  for (const auto& stream : schedule.streams)
    for (const Instruction& each : stream) {
      encode(each, out);
      out += instruction_bytes;
    }
  return bytes;
}

}  // namespace

std::vector<Candidate> candidates(const workloads::Graph& graph, const PlatformConfig& config) {
  constexpr std::size_t few = 3;
  if (config.schedule.candidates == 1) return {{"", compile(graph, config)}};
  std::vector<Candidate> found;
  std::vector<std::vector<std::uint8_t>> codes;
  std::size_t instructions = 0;
  for (const Variant& variant : Variants(graph, config).find()) {
    if (found.size() == static_cast<std::size_t>(config.schedule.candidates)) break;
    Candidate candidate{variant.as_if, compile(graph, variant.config, variant.arrangement)};
    auto code = code_of(candidate.schedule);
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) continue;
    instructions += instructions_of(candidate.schedule);
    if (found.size() >= few && instructions > most_instructions) break;
    codes.push_back(std::move(code));
    found.push_back(std::move(candidate));
  }
  return found;
}

}  // namespace ernsim::compiler

#include "compiler/candidates.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/arrangement.h"
#include "compiler/compile.h"
#include "compiler/fit.h"

namespace ernsim::compiler {

namespace {

/// A schedule whose estimate is above the lowest by more than the estimate may be wrong is not tried.
constexpr double worth_trying = 1.1;

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
    if (layer.fused) {
      text += "fused ";
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

/// 2, 3, 4, 6, 8, 12, 16, ...: the same for every platform, so that one with more has all rungs of one with less.
std::vector<std::int64_t> rungs_below(std::int64_t value) {
  std::vector<std::int64_t> rungs;
  for (std::int64_t power = 2; power < value; power *= 2) {
    rungs.push_back(power);
    if (power / 2 * 3 < value) rungs.push_back(power / 2 * 3);
  }
  std::reverse(rungs.begin(), rungs.end());
  return rungs;
}

class Variants {
 public:
  Variants(const workloads::Graph& graph, const PlatformConfig& config) : graph_(graph), config_(config) {}

  /// The platform as it is; then those that lead to other choices, lowest estimate first.
  std::vector<Variant> find() {
    Variant as_it_is{"", config_, arrange(graph_, config_)};
    require_fit(as_it_is.arrangement.layers, config_);
    as_it_is.choices = choices_of(as_it_is);
    found_.push_back(std::move(as_it_is));
    if (config_.schedule.candidates == 1) return std::move(found_);
    const auto& memory = config_.accelerator.memory;
    add_smaller("activations_words", memory.activations_words, &MemoryConfig::activations_words, 4);
    add_smaller("weights_words", memory.weights_words, &MemoryConfig::weights_words, 4);
    add_smaller("accumulators_words", memory.accumulators_words, &MemoryConfig::accumulators_words, 1);
    add_smaller("residuals_words", memory.residuals_words, &MemoryConfig::residuals_words, 1);
    add_smaller("results_words", memory.results_words, &MemoryConfig::results_words, 1);
    add_fusion();
    add_fewer_cores();
    std::stable_sort(found_.begin() + 1, found_.end(),
                     [](const Variant& a, const Variant& b) { return a.arrangement.cycles < b.arrangement.cycles; });
    return std::move(found_);
  }

 private:
  void add_smaller(const char* key, std::int64_t depth, std::int64_t MemoryConfig::*field, std::size_t most) {
    for (const std::int64_t rung : rungs_below(depth)) {
      if (most-- == 0) break;
      Variant variant{fmt::format("memory.{}={}", key, rung), config_};
      variant.config.accelerator.memory.*field = rung;
      add(std::move(variant));
    }
  }

  void add_fusion() {
    if (config_.schedule.fuse_shortcuts != ShortcutFusion::estimate) return;
    for (const auto fusion : {ShortcutFusion::off, ShortcutFusion::on}) {
      Variant variant{fmt::format("schedule.fuse_shortcuts={}", fusion == ShortcutFusion::on ? "on" : "off"), config_};
      variant.config.schedule.fuse_shortcuts = fusion;
      add(std::move(variant));
    }
  }

  void add_fewer_cores() {
    if (config_.accelerator.convolution.cores == 1) return;
    Variant variant{"convolution.cores=1", config_};
    variant.config.accelerator.convolution.cores = 1;
    add(std::move(variant));
  }

  void add(Variant&& variant) {
    try {
      validate(variant.config);
    } catch (const ConfigError&) {
      return;
    }
    variant.arrangement = arrange(graph_, variant.config);
    if (variant.arrangement.cycles > worth_trying * found_[0].arrangement.cycles) return;
    variant.choices = choices_of(variant);
    const auto same = [&variant](const Variant& other) { return other.choices == variant.choices; };
    if (std::none_of(found_.begin(), found_.end(), same)) found_.push_back(std::move(variant));
  }

  const workloads::Graph& graph_;
  const PlatformConfig& config_;
  std::vector<Variant> found_;
};

std::size_t instructions_of(const Schedule& schedule) {
  std::size_t count = 0;
  for (const auto& stream : schedule.streams) count += stream.size();
  return count;
}

}  // namespace

std::vector<Candidate> candidates(const workloads::Graph& graph, const PlatformConfig& config) {
  std::vector<Candidate> found;
  std::size_t instructions = 0;
  for (const Variant& variant : Variants(graph, config).find()) {
    if (found.size() == static_cast<std::size_t>(config.schedule.candidates)) break;
    Candidate candidate{variant.as_if, compile(graph, variant.config, variant.arrangement)};
    instructions += instructions_of(candidate.schedule);
    if (!found.empty() && instructions > most_instructions) break;
    found.push_back(std::move(candidate));
  }
  return found;
}

}  // namespace ernsim::compiler

#include "sweep/networks.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>

#include "workloads/error.h"
#include "workloads/folding.h"
#include "workloads/network_file.h"
#include "workloads/networks.h"
#include "workloads/onnx_import.h"
#include "workloads/qonnx_import.h"
#include "workloads/sum_range.h"

namespace ernsim {

namespace {

constexpr std::uint64_t default_seed = 0;  ///< of `ernsim run`

std::string hash_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

constexpr const char* thermometer_key = "network.thermometer";

workloads::IntegerNetwork read_qonnx(const std::string& path, std::optional<int> thermometer) {
  workloads::QonnxOptions options;
  options.thermometer = thermometer;
  options.by_option = false;
  return workloads::import_qonnx(path, options);
}

workloads::IntegerNetwork network_of_file(const std::string& path, bool qonnx, std::optional<int> thermometer) {
  if (qonnx) return read_qonnx(path, thermometer);
  auto imported = workloads::import_onnx(path);
  return workloads::fold(imported.graph, std::move(imported.parameters));
}

/// With the first thermometer that fits, if the file needs one and none is given.
SweepNetworkFile read_file(const std::string& path, std::optional<int> thermometer) {
  const bool qonnx = workloads::is_qonnx(path);
  try {
    auto network = network_of_file(path, qonnx, thermometer);
    if (thermometer && *thermometer != network.graph.thermometer)
      throw workloads::WorkloadError(
          fmt::format("thermometer {} contradicts {}, which has {}", *thermometer, path, network.graph.thermometer));
    return {path, hash_of(path), std::move(network.graph), std::move(network.weights), "", qonnx};
  } catch (const workloads::WorkloadError& without) {
    if (!qonnx || thermometer) throw;
    for (int codes = 1; codes <= workloads::most_codes; ++codes) try {
        return {path, hash_of(path), read_qonnx(path, codes).graph, {}, without.what(), qonnx};
      } catch (const workloads::WorkloadError&) {  // another may fit
      }
    throw;
  }
}

SweepNetworkPlan read_plan(const std::string& name, std::optional<int> thermometer) {
  SweepNetworkPlan made{name, "", workloads::load_plan(name, {})};
  if (thermometer) apply({"thermometer", "", "thermometer", std::int64_t{*thermometer}}, made.plan);
  if (!workloads::is_network_toml(name)) return made;
  made.hash = hash_of(name);
  if (!made.plan.weights.empty()) made.hash += " " + hash_of(made.plan.weights);
  return made;
}

/// What settings say of it.
std::optional<int> thermometer_of(const std::vector<std::string>& settings) {
  std::optional<int> found;
  for (const std::string& each : settings) {
    const auto setting = workloads::parse_network_setting(each, "axes");
    if (setting.section.empty() && setting.key == "thermometer")
      found = static_cast<int>(std::get<std::int64_t>(setting.value));
  }
  return found;
}

const char* name_of(workloads::StemKind stem) {
  for (const auto& [name, kind] : workloads::stem_names)
    if (kind == stem) return name;
  return "";
}

}  // namespace

SweepNetworks::SweepNetworks(const std::vector<std::string>& names, std::optional<int> thermometer)
    : thermometer_(thermometer) {
  for (const std::string& name : names)
    if (workloads::is_network_file(name))
      files_.push_back(std::make_shared<const SweepNetworkFile>(read_file(name, thermometer)));
    else
      plans_.push_back(read_plan(name, thermometer));
}

workloads::Graph SweepNetworks::graph(const std::string& name, const std::string& stem, int height, int width,
                                      const std::vector<std::string>& settings) const {
  if (const SweepNetworkFile* own = file(name); own != nullptr) {
    if (stem != own_stem && stem != own->graph.stem)
      throw workloads::WorkloadError(
          fmt::format("stems: {} contradicts {}, which has {}", stem, name, own->graph.stem));
    if (own->open_thermometer.empty()) return workloads::resized(own->graph, height, width);
    const auto codes = thermometer_of(settings);
    if (!codes) throw workloads::WorkloadError(own->open_thermometer);
    return workloads::resized(read_qonnx(own->path, codes).graph, height, width);
  }
  workloads::NetworkPlan made = plan(name).plan;
  if (stem != own_stem && stem != name_of(made.stem_kind)) {
    if (!made.weights.empty() || made.stem_kind == workloads::StemKind::other)
      throw workloads::WorkloadError(
          fmt::format("stems: {} contradicts {}, which has {}", stem, name, name_of(made.stem_kind)));
    apply({"stems", "", "stem", stem}, made);
  }
  for (const std::string& each : settings) apply(workloads::parse_network_setting(each, "axes"), made);
  made.input_height = height;
  made.input_width = width;
  return workloads::build(made);
}

void SweepNetworks::check(const workloads::NetworkSetting& setting) const {
  const std::string name = "network." + (setting.section.empty() ? "" : setting.section + ".") + setting.key;
  const auto refuse = [&](const std::string& what) {
    throw ConfigError(fmt::format("{}: {}: {}", setting.where, name, what));
  };
  const bool thermometer = name == thermometer_key;
  for (const auto& file : files_)
    if (!thermometer || file->open_thermometer.empty())
      refuse(
          fmt::format("{} is an ONNX file; only networks that a .toml file describes change, and the thermometer of a "
                      "QONNX file that leaves it open",
                      file->path));
  if (workloads::NetworkPlan any; thermometer) apply(setting, any);
  if (setting.section.empty() && (setting.key == "stem" || setting.key == "weights")) refuse("is no axis; see stems");
  if (setting.section.empty() && setting.key.rfind("input_", 0) == 0) refuse("is no axis; see input_sizes");
  for (SweepNetworkPlan each : plans_) {
    if (!each.plan.weights.empty()) refuse(each.name + " has weights, which are for the network as it is");
    apply(setting, each.plan);
  }
}

int SweepNetworks::accumulator_bits_needed(const std::string& name, const workloads::Graph& graph) const {
  const SweepNetworkFile* own = file(name);
  const auto signs = [&] {
    if (own != nullptr && !own->open_thermometer.empty())
      return workloads::count_signs(graph, read_qonnx(own->path, graph.thermometer).weights);
    if (own != nullptr) return workloads::count_signs(graph, own->weights);
    const std::string& weights = plan(name).plan.weights;
    if (weights.empty()) return workloads::seeded_sign_counts(graph, default_seed);
    return workloads::count_signs(graph, workloads::import_onnx(weights).parameters.signs);
  }();
  int bits = 1;
  for (const workloads::SumRange& range : workloads::sum_ranges(graph, signs))
    bits = std::max(bits, workloads::bits_needed(range));
  return bits;
}

bool SweepNetworks::has_weights(const std::string& name) const {
  return file(name) != nullptr || !plan(name).plan.weights.empty();
}

workloads::IntegerNetwork SweepNetworks::trained(const std::string& name, int height, int width) const {
  if (const SweepNetworkFile* own = file(name); own != nullptr) {
    auto network = network_of_file(name, own->qonnx, thermometer_);
    network.graph = workloads::resized(network.graph, height, width);
    return network;
  }
  auto imported = workloads::import_onnx(plan(name).plan.weights);
  workloads::Graph graph = this->graph(name, own_stem, height, width);
  graph.embedding = imported.graph.embedding;
  return workloads::fold(graph, std::move(imported.parameters));
}

std::string SweepNetworks::stem(const std::string& name) const {
  const SweepNetworkFile* own = file(name);
  return own == nullptr ? name_of(plan(name).plan.stem_kind) : own->graph.stem;
}

std::string SweepNetworks::input_size(const std::string& name) const {
  const SweepNetworkFile* own = file(name);
  if (own != nullptr) return fmt::format("{}x{}", own->graph.input_height, own->graph.input_width);
  return fmt::format("{}x{}", plan(name).plan.input_height, plan(name).plan.input_width);
}

std::string SweepNetworks::text() const {
  std::string text;
  for (const auto& each : files_) text += fmt::format("{} {}\n", each->path, each->hash);
  for (const auto& each : plans_)
    if (!each.hash.empty()) text += fmt::format("{} {}\n", each.name, each.hash);
  return text;
}

const SweepNetworkPlan& SweepNetworks::plan(const std::string& name) const {
  return *std::find_if(plans_.begin(), plans_.end(), [&](const auto& each) { return each.name == name; });
}

const SweepNetworkFile* SweepNetworks::file(const std::string& name) const {
  for (const auto& each : files_)
    if (each->path == name) return each.get();
  return nullptr;
}

std::pair<int, int> sides_of(const std::string& input_size) {
  return {std::stoi(input_size), std::stoi(input_size.substr(input_size.find('x') + 1))};
}

}  // namespace ernsim

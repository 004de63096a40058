#include "sweep/networks.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>

#include "workloads/error.h"
#include "workloads/folding.h"
#include "workloads/networks.h"
#include "workloads/onnx_import.h"
#include "workloads/sum_range.h"

namespace ernsim {

namespace {

constexpr int built_in_thermometer = 10;

constexpr std::uint64_t default_seed = 0;  ///< of `ernsim run`

std::string hash_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

SweepNetworkFile read_file(const std::string& path) {
  auto imported = workloads::import_onnx(path);
  auto weights = workloads::fold(imported.graph, std::move(imported.parameters)).weights;
  return {path, hash_of(path), std::move(imported.graph), std::move(weights)};
}

}  // namespace

SweepNetworks::SweepNetworks(const std::vector<std::string>& names) {
  for (const std::string& name : names)
    if (workloads::is_network_file(name)) files_.push_back(std::make_shared<const SweepNetworkFile>(read_file(name)));
}

workloads::Graph SweepNetworks::graph(const std::string& name, const std::string& stem, int height, int width) const {
  const SweepNetworkFile* own = file(name);
  if (own == nullptr) return workloads::build_network(name, {stem, height, width, built_in_thermometer});
  if (stem != own->graph.stem)
    throw workloads::WorkloadError(fmt::format("stems: {} contradicts {}, which has {}", stem, name, own->graph.stem));
  return workloads::resized(own->graph, height, width);
}

int SweepNetworks::accumulator_bits_needed(const std::string& name, const workloads::Graph& graph) const {
  const SweepNetworkFile* own = file(name);
  const auto signs =
      own == nullptr ? workloads::seeded_sign_counts(graph, default_seed) : workloads::count_signs(graph, own->weights);
  int bits = 1;
  for (const workloads::SumRange& range : workloads::sum_ranges(graph, signs))
    bits = std::max(bits, workloads::bits_needed(range));
  return bits;
}

std::string SweepNetworks::stem(const std::string& name) const {
  const SweepNetworkFile* own = file(name);
  return own == nullptr ? "released" : own->graph.stem;
}

std::string SweepNetworks::input_size(const std::string& name) const {
  const SweepNetworkFile* own = file(name);
  return own == nullptr ? "256x256" : fmt::format("{}x{}", own->graph.input_height, own->graph.input_width);
}

std::string SweepNetworks::text() const {
  std::string text;
  for (const auto& each : files_) text += fmt::format("{} {}\n", each->path, each->hash);
  return text;
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

#include "tools/sweep/networks.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <fstream>
#include <iterator>

#include "tools/network_choice.h"
#include "workloads/error.h"
#include "workloads/networks.h"
#include "workloads/onnx_import.h"

namespace ernsim::tools {

namespace {

constexpr int built_in_thermometer = 10;

std::string hash_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

}  // namespace

SweepNetworks::SweepNetworks(const std::vector<std::string>& names) {
  for (const std::string& name : names)
    if (is_network_file(name))
      files_.push_back(std::make_shared<const SweepNetworkFile>(
          SweepNetworkFile{name, hash_of(name), workloads::import_onnx(name).graph}));
}

workloads::Graph SweepNetworks::graph(const std::string& name, const std::string& stem, int height, int width) const {
  const SweepNetworkFile* own = file(name);
  if (own == nullptr) return workloads::build_network(name, {stem, height, width, built_in_thermometer});
  if (stem != own->graph.stem)
    throw workloads::WorkloadError(fmt::format("stems: {} contradicts {}, which has {}", stem, name, own->graph.stem));
  return workloads::resized(own->graph, height, width);
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

}  // namespace ernsim::tools

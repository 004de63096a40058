#include "tests/support/reference.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

namespace ernsim::test {

std::optional<std::string> reference_folder() {
  const char* given = std::getenv("ERNSIM_REFERENCE");
  const std::string folder = given != nullptr ? given : std::string(ERNSIM_SOURCE_DIR) + "/../shared/reference";
  if (std::filesystem::exists(folder + "/README.md")) return folder;
  std::cout << "skipped: no reference data in " << folder << '\n';
  return std::nullopt;
}

workloads::Image Golden::image() const {
  const NpyArray& array = arrays.at("image");
  return {static_cast<int>(array.shape[0]), static_cast<int>(array.shape[1]), array.bytes};
}

const NpyArray* Golden::find(const std::string& node, const std::string& what) const {
  const auto key = keys.find(node);
  if (key == keys.end()) return nullptr;
  const auto array = arrays.find(key->second + "." + what);
  return array == arrays.end() ? nullptr : &array->second;
}

Golden read_golden(const std::string& folder, const std::string& network, const std::string& part) {
  Golden golden{read_npz(folder + "/" + network + "_" + part + ".npz"), {}};
  std::ifstream file(folder + "/" + network + "_graph.json");
  const auto graph = nlohmann::json::parse(file);
  for (const auto& node : graph["nodes"]) golden.keys[node["name"]] = node["key"];
  return golden;
}

workloads::Parameters read_parameters(const std::string& folder, const workloads::Graph& graph) {
  const Golden params = read_golden(folder, graph.network, "params");
  const std::size_t count = graph.nodes.size();
  workloads::Parameters parameters{std::vector<workloads::SignWeights>(count), std::vector<std::vector<double>>(count),
                                   std::vector<workloads::BatchNorm>(count)};
  for (std::size_t n = 0; n < count; ++n) {
    const auto& node = graph.nodes[n];
    if (node.kind == workloads::NodeKind::convolution) {
      const auto shape = params.find(node.name, "weight_shape")->as<std::int32_t>();
      auto& signs = parameters.signs[n] = {shape[0], shape[1], shape[2], {}};
      const auto size = static_cast<std::size_t>(shape[0]) * static_cast<std::size_t>(shape[1] * shape[2] * shape[3]);
      const auto& bits = params.find(node.name, "weight_bits")->bytes;
      for (std::size_t i = 0; i < size; ++i) signs.negative.push_back((bits[i / 8] >> (i % 8) & 1) == 0 ? 1 : 0);
      parameters.magnitude[n] = params.find(node.name, "weight_magnitude")->as<double>();
    } else if (node.kind == workloads::NodeKind::activation) {
      const auto get = [&](const char* what) { return params.find(node.name, what)->as<double>(); };
      parameters.batch_norm[n] = {get("bn_gamma"), get("bn_beta"), get("bn_mean"), get("bn_var"), 1e-5};
    }
  }
  return parameters;
}

}  // namespace ernsim::test

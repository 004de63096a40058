#include "tests/support/reference.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>

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

namespace {

workloads::SignWeights signs_of(const workloads::Graph& graph, const workloads::Node& node, const NpyArray& packed) {
  const int in_channels = graph.nodes[static_cast<std::size_t>(node.inputs[0])].out.channels;
  workloads::SignWeights signs(node.out.channels, in_channels, node.kernel);
  if (packed.bytes.size() != (signs.size() + 7) / 8) throw std::runtime_error(node.name + ": other weights");
  for (std::size_t i = 0; i < signs.size(); ++i)
    if ((packed.bytes[i / 8] >> (i % 8) & 1) == 0) signs.set_negative(i);
  return signs;
}

}  // namespace

workloads::Parameters parameters_of(
    const workloads::Graph& graph, const std::function<const NpyArray*(const std::string&, const std::string&)>& find) {
  const std::size_t count = graph.nodes.size();
  workloads::Parameters parameters{std::vector<workloads::SignWeights>(count), std::vector<std::vector<double>>(count),
                                   std::vector<workloads::BatchNorm>(count)};
  for (std::size_t n = 0; n < count; ++n) {
    const auto& node = graph.nodes[n];
    const auto get = [&](const char* what) {
      const NpyArray* array = find(node.name, what);
      if (array == nullptr) throw std::runtime_error(node.name + " has no " + what);
      return array->as<double>();
    };
    if (node.kind == workloads::NodeKind::convolution) {
      parameters.signs[n] = signs_of(graph, node, *find(node.name, "weight_bits"));
      parameters.magnitude[n] = node.role == workloads::ConvolutionRole::residual
                                    ? std::vector<double>(static_cast<std::size_t>(node.out.channels), 1.0 / 32)
                                    : get("weight_magnitude");
    } else if (node.kind == workloads::NodeKind::activation) {
      parameters.batch_norm[n] = {get("bn_gamma"), get("bn_beta"), get("bn_mean"), get("bn_var"), 1e-5};
    }
  }
  return parameters;
}

workloads::Parameters read_parameters(const std::string& folder, const workloads::Graph& graph) {
  const Golden params = read_golden(folder, graph.network, "params");
  return parameters_of(graph,
                       [&params](const std::string& node, const std::string& what) { return params.find(node, what); });
}

}  // namespace ernsim::test

#include "tests/support/golden_set.h"

#include <fstream>

#include "tests/support/reference.h"
#include "tests/support/sha256.h"
#include "workloads/image.h"

namespace ernsim::test {

namespace {

const std::string folder = ERNSIM_SOURCE_DIR "/tests/golden/set/";

nlohmann::json read_json() {
  std::ifstream file(folder + "ERNs18x075.json");
  return nlohmann::json::parse(file);
}

}  // namespace

GoldenSet::GoldenSet()
    : json_(read_json()),
      parameters_(read_npz(folder + "ERNs18x075_parameters.npz")),
      logits_(read_npz(folder + "ERNs18x075_logits.npz")) {}

workloads::Parameters GoldenSet::parameters(const workloads::Graph& graph) const {
  return parameters_of(graph, [this](const std::string& node, const std::string& what) {
    const auto found = parameters_.find(node + "." + what);
    return found == parameters_.end() ? nullptr : &found->second;
  });
}

workloads::Image GoldenSet::image(const std::string& part) const {
  return workloads::load_image(folder + part + ".png");
}

std::vector<double> GoldenSet::logits(const std::string& part) const { return logits_.at(part).as<double>(); }

const nlohmann::json& GoldenSet::array(const std::string& part, const std::string& name) const {
  return json_.at("arrays").at(part).at(name);
}

template <class Element>
std::string sha256_of(const std::vector<std::int32_t>& values) {
  std::vector<std::uint8_t> bytes;
  for (const std::int32_t value : values)
    for (std::size_t i = 0; i < sizeof(Element); ++i)
      bytes.push_back(static_cast<std::uint8_t>(static_cast<std::uint32_t>(value) >> 8 * i));
  return sha256(bytes);
}

template std::string sha256_of<std::uint8_t>(const std::vector<std::int32_t>&);
template std::string sha256_of<std::int8_t>(const std::vector<std::int32_t>&);
template std::string sha256_of<std::int16_t>(const std::vector<std::int32_t>&);
template std::string sha256_of<std::int32_t>(const std::vector<std::int32_t>&);

std::string sha256_of(const workloads::Node& node, const std::vector<std::int32_t>& values) {
  using workloads::NodeKind;
  const bool sums = node.kind == NodeKind::convolution || node.kind == NodeKind::add;
  return sums ? sha256_of<std::int16_t>(values) : sha256_of<std::uint8_t>(values);
}

std::string array_name(const workloads::Node& node) {
  return node.name + (node.kind == workloads::NodeKind::convolution ? ".acc" : ".out");
}

}  // namespace ernsim::test

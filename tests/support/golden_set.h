#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/npz.h"
#include "workloads/graph.h"
#include "workloads/parameters.h"

namespace ernsim::test {

/// What the official implementation makes of ERNs18x075, as tests/golden/set keeps it: parameters, two pictures, their
/// logits, and the shape and SHA-256 of every other array. `part` is a picture's size, "64x64" or "64x96", or "folded".
class GoldenSet {
 public:
  GoldenSet();

  /// The official graph's nodes.
  const nlohmann::json& nodes() const { return json_.at("nodes"); }
  workloads::Parameters parameters(const workloads::Graph& graph) const;
  workloads::Image image(const std::string& part) const;
  std::vector<double> logits(const std::string& part) const;

  /// {"shape", "sha256"} of `<node>.<what>`: acc (int16), out (uint8, of an addition int16), thresholds (int32),
  /// direction (int8).
  const nlohmann::json& array(const std::string& part, const std::string& name) const;
  std::size_t count(const std::string& part) const { return json_.at("arrays").at(part).size(); }

 private:
  nlohmann::json json_;
  std::map<std::string, NpyArray> parameters_, logits_;
};

/// SHA-256 of the values as Element, little end first, in their order.
template <class Element>
std::string sha256_of(const std::vector<std::int32_t>& values);

/// Of a node's values as the set's array has them: accumulators of a convolution, the output of any other node.
std::string sha256_of(const workloads::Node& node, const std::vector<std::int32_t>& values);

/// "conv1.acc", "act1.out".
std::string array_name(const workloads::Node& node);

}  // namespace ernsim::test

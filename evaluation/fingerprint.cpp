#include "evaluation/fingerprint.h"

#include <xxhash.h>

namespace ernsim::evaluation {

void Fingerprint::bytes(const void* data, std::size_t size) {
  value_ = XXH3_64bits_withSeed(data, size, value_ + size);
}

void Fingerprint::add(const std::string& text) { bytes(text.data(), text.size()); }

void Fingerprint::add(const workloads::Node& node) {
  add(node.name);
  for (const int input : node.inputs) add(input);
  for (const int number :
       {static_cast<int>(node.kind), node.out.channels, node.out.height, node.out.width, node.kernel, node.stride,
        node.padding.top, node.padding.left, node.dilation.rows, node.dilation.columns, node.repetition})
    add(number);
}

void Fingerprint::add(const workloads::IntegerNetwork& network) {
  for (const auto& thresholds : network.graph.embedding) bytes(thresholds.data(), thresholds.size());
  for (const auto& node : network.graph.nodes) add(node);
  for (const auto& weights : network.weights) bytes(weights.words.data(), weights.words.size() * sizeof(std::uint64_t));
  for (const auto& channels : network.thresholds)
    for (const auto& channel : channels) {
      for (const std::int32_t threshold : channel.thresholds) add(threshold);
      add(channel.direction);
    }
  bytes(network.logit_scale.data(), network.logit_scale.size() * sizeof(double));
}

}  // namespace ernsim::evaluation

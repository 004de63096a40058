#include "import/onnx_embedding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ernsim::workloads {

namespace {

int code_of(int value, double weight, double bias) {
  return static_cast<int>(std::floor(std::clamp(value * weight - bias, 0.0, 3.999999)));
}

std::size_t codes_per_colour(const OnnxFile& file, const onnx::NodeProto& node, std::size_t colours) {
  if (file.integers(node, "k") != std::vector<std::int64_t>{2}) file.refuse(node, "k must be 2: codes have 2 bits");
  if (file.integers(node, "max_val") != std::vector<std::int64_t>{255}) file.refuse(node, "max_val must be 255");
  const auto channels = file.integers(node, "out_channels_list");
  if (channels.size() != colours ||
      static_cast<std::size_t>(std::count(channels.begin(), channels.end(), channels[0])) != colours ||
      channels[0] < 1 || channels[0] > most_codes)
    file.refuse(node,
                fmt::format("out_channels_list must be {} times the same number from 1 to {}", colours, most_codes));
  return static_cast<std::size_t>(channels[0]);
}

}  // namespace

EmbeddingThresholds thresholds_of(double weight, double bias) {
  EmbeddingThresholds thresholds{255, 255, 255};
  for (int value = 255; value >= 1; --value)
    for (int t = 0; t < 3; ++t)
      if (code_of(value, weight, bias) > t)
        thresholds[static_cast<std::size_t>(t)] = static_cast<std::uint8_t>(value - 1);
  return thresholds;
}

std::vector<EmbeddingThresholds> embedding_of(const OnnxFile& file, const onnx::NodeProto& node, int colours) {
  const auto parts = static_cast<std::size_t>(colours);
  const std::size_t codes = codes_per_colour(file, node, parts);
  const auto weights = file.values(node, 1), biases = file.values(node, 2);
  if (weights.size() != parts * codes || biases.size() != parts * codes)
    file.refuse(node, fmt::format("has {} weights and {} biases, must be {} each", weights.size(), biases.size(),
                                  parts * codes));
  std::vector<EmbeddingThresholds> thresholds;
  for (std::size_t i = 0; i < parts * codes; ++i) {
    if (!(weights[i] > 0) || !std::isfinite(weights[i]) || !std::isfinite(biases[i]) ||
        code_of(0, weights[i], biases[i]) != 0)
      file.refuse(node, fmt::format("channel {} must have a positive weight and code 0 for colour value 0", i));
    const EmbeddingThresholds found = thresholds_of(weights[i], biases[i]);
    if (i < codes) thresholds.push_back(found);
    if (found != thresholds[i % codes])
      file.refuse(node, fmt::format("channel {} differs from the first colour's; all must be alike", i));
  }
  return thresholds;
}

}  // namespace ernsim::workloads

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "workloads/sign_weights.h"

namespace ernsim::workloads {

enum class NodeKind { pixel_embedding, convolution, activation, add, average_pool };

/// Who consumes a convolution's accumulators.
enum class ConvolutionRole { activation, residual, logits };

struct Shape {
  int channels = 0;
  int height = 0;
  int width = 0;
};

/// One operation. `inputs` are indices into Graph::nodes; the pixel embedding has none (it reads the image).
struct Node {
  NodeKind kind = NodeKind::convolution;
  std::string name;  ///< official module name: backbone.conv1, backbone.layer1.0.act0, backbone.layer1.0.add, conv
  std::vector<int> inputs;
  Shape out;
  // convolution only
  int kernel = 0;
  int stride = 1;
  int padding = 0;
  ConvolutionRole role = ConvolutionRole::activation;
  // activation only
  std::string batch_norm;  ///< official name of its batch normalisation
  bool post_scale = true;  ///< real output is code * 2/3 if set, code if not
};

/// Code of a colour value: the number of thresholds it is greater than. 255: never.
using EmbeddingThresholds = std::array<std::uint8_t, 3>;

/// A network at one input size, in topological order.
struct Graph {
  std::string network;
  std::string stem;      ///< "released" or "paper"
  int thermometer = 10;  ///< codes per colour, the size of `embedding`
  std::vector<EmbeddingThresholds> embedding;
  int input_height = 256;
  int input_width = 256;
  std::vector<Node> nodes;
};

/// Integer thresholds of one channel. direction +1: code = #{t : acc >= thresholds[t]}; -1: #{t : acc <=
/// thresholds[t]}. A threshold that no accumulator can reach, or that every one passes, is held at the edge of +-2^30.
struct ChannelThresholds {
  std::int32_t thresholds[3] = {0, 0, 0};
  int direction = 1;
};

/// A network ready for integer execution: the graph and, per node index, what that node needs (empty otherwise).
struct IntegerNetwork {
  Graph graph;
  std::vector<SignWeights> weights;                        ///< [node]
  std::vector<std::vector<ChannelThresholds>> thresholds;  ///< [node][channel]
  std::vector<double> logit_scale;  ///< [class]: logit = scale * sum of accumulators / number of pixels
};

/// 8-bit RGB picture, rows top to bottom, pixels interleaved: bytes[(y * width + x) * 3 + colour].
struct Image {
  int height = 0;
  int width = 0;
  std::vector<std::uint8_t> bytes;
};

}  // namespace ernsim::workloads

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "workloads/sign_weights.h"

namespace ernsim::workloads {

/// What a network may have at most, whoever describes it.
inline constexpr int largest_side = 2048;     ///< rows or columns of the picture
inline constexpr int most_channels = 65'536;  ///< of a convolution
inline constexpr int largest_kernel = 7;
inline constexpr int largest_field = 49;  ///< rows or columns that a kernel spans: of 3, dilated by 24; of 7, by 8
inline constexpr int largest_stride = 4;
inline constexpr int largest_repetition = 8;  ///< of a pixel that is upsampled, both ways
inline constexpr int most_codes = 32;         ///< of a colour: 96 channels, the ERN paper's largest embedding

enum class NodeKind { pixel_embedding, convolution, activation, add, average_pool, upsampling, code_input };

/// As files call it: "pixel_embedding".
const char* name_of(NodeKind kind);

/// Who consumes a convolution's accumulators.
enum class ConvolutionRole { activation, residual, logits };

struct Shape {
  int channels = 0;
  int height = 0;
  int width = 0;
};

/// Rows and columns of code 0 around the input of a convolution.
struct Padding {
  Padding() = default;
  Padding(int all) : top(all), left(all), bottom(all), right(all) {}  // NOLINT: a number is the same on all sides

  int top = 0, left = 0, bottom = 0, right = 0;
};

inline bool operator==(const Padding& a, const Padding& b) {
  return a.top == b.top && a.left == b.left && a.bottom == b.bottom && a.right == b.right;
}
inline bool operator!=(const Padding& a, const Padding& b) { return !(a == b); }

/// From one kernel position to the next.
struct Dilation {
  int rows = 1, columns = 1;
};

inline bool operator==(const Dilation& a, const Dilation& b) { return a.rows == b.rows && a.columns == b.columns; }
inline bool operator!=(const Dilation& a, const Dilation& b) { return !(a == b); }

/// Rows, or columns, that a kernel spans.
constexpr int field_of(int kernel, int dilation) { return (kernel - 1) * dilation + 1; }

/// What an activation does to a real value y: code = floor(clamp((y + offset) * scale, 0, top) + 0.5), worth code *
/// step. Its own values are those of the official library with post-scale; without it the step is 1.
struct Quantizer {
  double scale = 1.5;
  double offset = 0;
  int top = 3;
  double step = 2.0 / 3.0;
};

inline bool operator==(const Quantizer& a, const Quantizer& b) {
  return a.scale == b.scale && a.offset == b.offset && a.top == b.top && a.step == b.step;
}
inline bool operator!=(const Quantizer& a, const Quantizer& b) { return !(a == b); }

/// One operation. `inputs` are indices into Graph::nodes; the pixel embedding (of a picture) and the code input (of
/// codes made outside) have none: they read the image.
struct Node {
  NodeKind kind = NodeKind::convolution;
  std::string name;  ///< official module name: backbone.conv1, backbone.layer1.0.act0, backbone.layer1.0.add, conv
  std::vector<int> inputs;
  Shape out;
  // convolution only
  int kernel = 0;
  int stride = 1;
  Padding padding;
  Dilation dilation;  ///< 1 if the kernel is
  ConvolutionRole role = ConvolutionRole::activation;
  // upsampling only
  int repetition = 1;  ///< how often each row, and each column, of codes or sums is there
  // activation only
  std::string batch_norm;  ///< official name of its batch normalisation
  Quantizer quantizer;
  bool post_scale() const { return quantizer.step != 1; }
  bool is_dilated() const { return dilation != Dilation{}; }
};

/// Code of a colour value: the number of thresholds it is greater than. 255: never.
using EmbeddingThresholds = std::array<std::uint8_t, 3>;

/// A network at one input size, in topological order.
struct Graph {
  std::string network;
  std::string stem;      ///< "released", "paper" or "other"
  int colours = 3;       ///< 1: a grey picture; hardware has its grey as red, and green and blue of 0
  int thermometer = 10;  ///< codes per colour, the size of `embedding`
  std::vector<EmbeddingThresholds> embedding;
  int input_height = 256;
  int input_width = 256;
  std::vector<Node> nodes;
};

/// The node whose values are repeated, if that one is an upsampling; itself otherwise.
int origin_of(const Graph& graph, int node);

/// Whether a node's values are codes, and not sums.
bool is_codes(const Graph& graph, int node);

/// Whether the network reads codes that were made outside, and no picture.
bool reads_codes(const Graph& graph);

/// Channels that the hardware embeds a picture into: of a grey one too those of three colours.
inline int embedded_channels(const Graph& graph) { return 3 * graph.thermometer; }

/// Whether the node is a head whose map is the result: a convolution for logits that is not pooled.
bool is_map(const Graph& graph, int node);

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
  std::vector<double> logit_scale;                  ///< [class]: logit = scale * sum of accumulators / number of pixels
  std::vector<std::vector<double>> map_scale = {};  ///< [node][channel] of a head that is not pooled: value = scale *
                                                    ///< accumulator
};

/// 8-bit RGB picture, rows top to bottom, pixels interleaved: bytes[(y * width + x) * channels + colour]; or the codes
/// 0 to 3 that a network reads, in as many channels as it has.
struct Image {
  int height = 0;
  int width = 0;
  std::vector<std::uint8_t> bytes;
  int channels = 3;
};

}  // namespace ernsim::workloads

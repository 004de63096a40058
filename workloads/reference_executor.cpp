#include "workloads/reference_executor.h"

#include <cmath>

namespace ernsim::workloads {

namespace {

using Values = std::vector<std::int32_t>;

std::size_t at(const Shape& shape, int c, int y, int x) {
  return (static_cast<std::size_t>(c) * static_cast<std::size_t>(shape.height) + static_cast<std::size_t>(y)) *
             static_cast<std::size_t>(shape.width) +
         static_cast<std::size_t>(x);
}

std::size_t size_of(const Shape& shape) { return at(shape, shape.channels, 0, 0); }

class Executor {
 public:
  Executor(const IntegerNetwork& network, const Image& image, int bits)
      : network_(network), image_(image), bits_(bits) {}

  ReferenceResult run() {
    for (std::size_t n = 0; n < network_.graph.nodes.size(); ++n) result_.values.push_back(execute(n));
    return result_;
  }

 private:
  const Node& node(int index) const { return network_.graph.nodes[static_cast<std::size_t>(index)]; }
  const Values& values(int index) const { return result_.values[static_cast<std::size_t>(index)]; }

  Values execute(std::size_t n) {
    switch (network_.graph.nodes[n].kind) {
      case NodeKind::pixel_embedding:
        return embed(network_.graph.nodes[n]);
      case NodeKind::code_input:
        return read_codes(network_.graph.nodes[n]);
      case NodeKind::convolution:
        return convolve(n);
      case NodeKind::activation:
        return activate(n);
      case NodeKind::add:
        return add(network_.graph.nodes[n]);
      case NodeKind::upsampling:
        return upsample(network_.graph.nodes[n]);
      case NodeKind::average_pool:
        pool(network_.graph.nodes[n]);
        break;
    }
    return {};
  }

  std::int32_t hold(std::int32_t value) {
    if (bits_ == 0) return value;
    const int shift = 32 - bits_;
    const auto held = static_cast<std::int32_t>(static_cast<std::uint32_t>(value) << shift) >> shift;
    if (held != value) ++result_.wrapped;
    return held;
  }

  Values embed(const Node& target) const {
    Values codes(size_of(target.out));
    const int per_colour = network_.graph.thermometer;
    for (int y = 0; y < target.out.height; ++y)
      for (int x = 0; x < target.out.width; ++x)
        for (int colour = 0; colour < network_.graph.colours; ++colour) {
          const auto value = image_.bytes[static_cast<std::size_t>((y * image_.width + x) * 3 + colour)];
          const auto embedded = embed_value(value, network_.graph.embedding);
          for (int i = 0; i < per_colour; ++i)
            codes[at(target.out, colour * per_colour + i, y, x)] = embedded[static_cast<std::size_t>(i)];
        }
    return codes;
  }

  Values read_codes(const Node& target) const {
    Values codes(size_of(target.out));
    for (int c = 0; c < target.out.channels; ++c)
      for (int y = 0; y < target.out.height; ++y)
        for (int x = 0; x < target.out.width; ++x)
          codes[at(target.out, c, y, x)] =
              image_.bytes[static_cast<std::size_t>((y * image_.width + x) * image_.channels + c)];
    return codes;
  }

  Values convolve(std::size_t n) {
    const Node& target = network_.graph.nodes[n];
    const Shape& in = node(target.inputs[0]).out;
    const Values& codes = values(target.inputs[0]);
    const SignWeights& weights = network_.weights[n];
    Values sums(size_of(target.out));
    for (int o = 0; o < target.out.channels; ++o)
      for (int i = 0; i < in.channels; ++i)
        for (int ky = 0; ky < target.kernel; ++ky)
          for (int kx = 0; kx < target.kernel; ++kx)
            add_plane(target, in, codes, o, i, ky, kx, weights.is_negative(o, i, ky, kx) ? -1 : 1, sums);
    for (std::int32_t& sum : sums) sum = hold(sum);
    return sums;
  }

  /// Adds input channel i, seen through one kernel position, to output channel o.
  static void add_plane(const Node& target, const Shape& in, const Values& codes, int o, int i, int ky, int kx,
                        int sign, Values& sums) {
    for (int y = 0; y < target.out.height; ++y) {
      const int row = y * target.stride + ky * target.dilation.rows - target.padding.top;
      if (row < 0 || row >= in.height) continue;
      for (int x = 0; x < target.out.width; ++x) {
        const int column = x * target.stride + kx * target.dilation.columns - target.padding.left;
        if (column >= 0 && column < in.width) sums[at(target.out, o, y, x)] += sign * codes[at(in, i, row, column)];
      }
    }
  }

  Values activate(std::size_t n) const {
    const Node& target = network_.graph.nodes[n];
    const Values& in = values(target.inputs[0]);
    const auto pixels = static_cast<std::size_t>(target.out.height * target.out.width);
    Values codes(in.size());
    for (std::size_t i = 0; i < in.size(); ++i) {
      const ChannelThresholds& channel = network_.thresholds[n][i / pixels];
      for (const std::int32_t threshold : channel.thresholds)
        codes[i] += (channel.direction > 0 ? in[i] >= threshold : in[i] <= threshold) ? 1 : 0;
    }
    return codes;
  }

  Values add(const Node& target) {
    const Values &left = values(target.inputs[0]), &right = values(target.inputs[1]);
    Values sums(left.size());
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = hold(left[i] + right[i]);
    return sums;
  }

  Values upsample(const Node& target) const {
    const Shape& in = node(target.inputs[0]).out;
    Values repeated(size_of(target.out));
    for (int c = 0; c < target.out.channels; ++c)
      for (int y = 0; y < target.out.height; ++y)
        for (int x = 0; x < target.out.width; ++x)
          repeated[at(target.out, c, y, x)] =
              values(target.inputs[0])[at(in, c, y / target.repetition, x / target.repetition)];
    return repeated;
  }

  void pool(const Node& target) {
    const Shape& in = node(target.inputs[0]).out;
    const Values& sums = values(target.inputs[0]);
    for (int c = 0; c < in.channels; ++c) {
      std::int64_t total = 0;
      for (int y = 0; y < in.height; ++y)
        for (int x = 0; x < in.width; ++x) total += sums[at(in, c, y, x)];
      result_.logits.push_back(network_.logit_scale[static_cast<std::size_t>(c)] * static_cast<double>(total) /
                               (in.height * in.width));
    }
  }

  const IntegerNetwork& network_;
  const Image& image_;
  int bits_;
  ReferenceResult result_;
};

}  // namespace

std::vector<int> embed_value(int value, const std::vector<EmbeddingThresholds>& thresholds) {
  std::vector<int> embedded;
  for (const EmbeddingThresholds& each : thresholds) {
    int code = 0;
    for (const int threshold : each)
      if (value > threshold) ++code;
    embedded.push_back(code);
  }
  return embedded;
}

ReferenceResult execute_reference(const IntegerNetwork& network, const Image& image, int bits) {
  return Executor(network, image, bits).run();
}

}  // namespace ernsim::workloads

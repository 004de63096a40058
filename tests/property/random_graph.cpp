#include "tests/property/random_graph.h"

#include <string>
#include <utility>

#include "workloads/networks.h"

namespace ernsim::test {

namespace {

using workloads::ConvolutionRole;
using workloads::Graph;
using workloads::Node;
using workloads::NodeKind;
using workloads::Padding;

class RandomGraph {
 public:
  explicit RandomGraph(Draw& draw) : draw_(draw), widest_(draw.one_of<int>({9, 40, 90, 200})) {}

  Graph build() {
    graph_.network = "random";
    graph_.stem = "other";
    graph_.colours = draw_.one_of({1, 3, 3});
    graph_.thermometer = static_cast<int>(draw_.integer(1, 32));
    graph_.embedding = workloads::thermometer(graph_.thermometer);
    graph_.input_height = side();
    graph_.input_width = side();
    const bool codes_in = draw_.chance(15);
    const int channels = codes_in ? width() : graph_.colours * graph_.thermometer;
    int node = push(codes_in ? NodeKind::code_input : NodeKind::pixel_embedding, {}, channels);
    shape(node) = {channels, graph_.input_height, graph_.input_width};
    node = convolution(node, width(), kernel(), stride(), ConvolutionRole::activation);
    int codes = activation(node);
    for (std::int64_t layers = draw_.integer(0, 3); layers > 0; --layers)
      codes = draw_.chance(35)
                  ? activation(convolution(codes, width(), kernel(), stride(), ConvolutionRole::activation))
              : draw_.chance(25) ? joined(codes)
              : draw_.chance(40) ? upsampled(codes)
                                 : block(codes);
    heads(codes);
    return workloads::resized(graph_, graph_.input_height, graph_.input_width);
  }

 private:
  int side() { return static_cast<int>(draw_.chance(40) ? draw_.integer(1, 9) : draw_.integer(10, 37)); }
  int width() { return static_cast<int>(draw_.integer(1, widest_)); }
  int kernel() { return draw_.one_of({1, 2, 3, 3, 3, 4, 5, 6, 7}); }
  int stride() { return draw_.one_of({1, 1, 2, 2, 3, 4}); }

  Node& at(int index) { return graph_.nodes[static_cast<std::size_t>(index)]; }
  workloads::Shape& shape(int index) { return at(index).out; }

  int push(NodeKind kind, std::vector<int> inputs, int channels) {
    Node node;
    node.kind = kind;
    node.name = "n" + std::to_string(graph_.nodes.size());
    if (!inputs.empty()) node.out = shape(inputs[0]);
    node.inputs = std::move(inputs);
    node.out.channels = channels;
    graph_.nodes.push_back(std::move(node));
    return static_cast<int>(graph_.nodes.size()) - 1;
  }

  int activation(int input) { return push(NodeKind::activation, {input}, shape(input).channels); }

  /// Its output has as many rows as a 1x1 convolution with that stride would have.
  int convolution(int input, int channels, int kernel, int stride, ConvolutionRole role) {
    const int made = push(NodeKind::convolution, {input}, channels);
    Node& node = at(made);
    node.kernel = kernel;
    node.stride = stride;
    if (kernel > 1 && kernel <= 3 && draw_.chance(25))
      node.dilation = {static_cast<int>(draw_.integer(1, 4)), static_cast<int>(draw_.integer(1, 4))};
    const int down = (kernel - 1) * node.dilation.rows, across = (kernel - 1) * node.dilation.columns;
    node.padding.top = static_cast<int>(draw_.integer(0, down));
    node.padding.left = static_cast<int>(draw_.integer(0, across));
    node.padding.bottom = down - node.padding.top;
    node.padding.right = across - node.padding.left;
    node.role = role;
    if (role == ConvolutionRole::residual) at(workloads::origin_of(graph_, input)).quantizer.step = 1;
    node.out.height = (node.out.height - 1) / stride + 1;
    node.out.width = (node.out.width - 1) / stride + 1;
    return made;
  }

  /// Of the convolution and what is before it, either of them first.
  int added(int convolution, int older) {
    const auto inputs = draw_.chance(50) ? std::vector<int>{convolution, older} : std::vector<int>{older, convolution};
    return push(NodeKind::add, inputs, shape(convolution).channels);
  }

  /// One to three sums, each of a convolution and the sum before, a convolution or an older sum.
  int block(int codes) {
    const int channels = width(), step = stride();
    int sum = convolution(codes, channels, draw_.one_of({1, 3}), step, ConvolutionRole::residual), older = sum;
    int inner = codes, now = step;
    for (std::int64_t sums = draw_.integer(1, 3); sums > 0; --sums) {
      const int middle = activation(convolution(inner, width(), kernel(), now, ConvolutionRole::activation));
      const int last = convolution(middle, channels, kernel(), 1, ConvolutionRole::residual);
      const int residual = older != sum && draw_.chance(30) ? older : sum;
      older = sum;
      sum = added(last, residual);
      inner = activations(sum);
      now = 1;
    }
    return inner;
  }

  /// Of a sum: one, or two or three of which one is read later, as often as not by a head alone.
  int activations(int sum) {
    const int made = activation(sum);
    for (std::int64_t more = draw_.chance(25) ? draw_.integer(1, 2) : 0; more > 0; --more)
      others_.push_back(activation(sum));
    return made;
  }

  /// A convolution of the channels of two or three maps of one size, as a sum.
  int joined(int codes) {
    const int channels = width(), side = draw_.one_of({1, 3}), step = stride();
    const int outer = activations(convolution(codes, width(), kernel(), 1, ConvolutionRole::activation));
    const int inner = activation(convolution(outer, width(), kernel(), 1, ConvolutionRole::activation));
    int sum = convolution(outer, channels, side, step, ConvolutionRole::residual);
    for (const int part : draw_.chance(30) ? std::vector<int>{inner, codes} : std::vector<int>{inner})
      sum = added(convolution(part, channels, side, step, ConvolutionRole::residual), sum);
    return activations(sum);
  }

  int repeated(int input, int times) {
    const int made = push(NodeKind::upsampling, {input}, shape(input).channels);
    at(made).repetition = times;
    at(made).out.height *= times;
    at(made).out.width *= times;
    return made;
  }

  /// Codes that are larger by `times` and then smaller again, and what is as large as the largest: channels beside
  /// them, as in a U-shaped network, or sums, as in a feature pyramid.
  int upsampled(int codes) {
    constexpr int most_pixels = 600;
    const int times = draw_.one_of({2, 2, 3, 4});
    if (shape(codes).height * shape(codes).width * times * times > most_pixels) return block(codes);
    const int outer =
        activations(convolution(repeated(codes, times), width(), kernel(), 1, ConvolutionRole::activation));
    const int inner = activations(convolution(outer, width(), kernel(), times, ConvolutionRole::activation));
    const int channels = width(), side = draw_.one_of({1, 3});
    if (draw_.chance(50)) {
      const int skip = convolution(outer, channels, side, 1, ConvolutionRole::residual);
      return activations(
          added(convolution(repeated(inner, times), channels, side, 1, ConvolutionRole::residual), skip));
    }
    const int top = convolution(inner, channels, side, 1, ConvolutionRole::residual);
    if (draw_.chance(40)) others_.push_back(activation(top));
    const int lateral = convolution(outer, channels, side, 1, ConvolutionRole::residual);
    return activations(added(lateral, repeated(top, times)));
  }

  void heads(int codes) {
    for (const int other : others_) convolution(other, width(), kernel(), stride(), ConvolutionRole::logits);
    const bool map = draw_.chance(30), sum = !map && draw_.chance(25);
    const int classes = static_cast<int>(draw_.integer(1, 100));
    int pooled = convolution(codes, classes, 1, 1, sum ? ConvolutionRole::residual : ConvolutionRole::logits);
    if (sum)
      pooled = push(NodeKind::add, {convolution(codes, classes, 1, 1, ConvolutionRole::residual), pooled}, classes);
    if (!map) push(NodeKind::average_pool, {pooled}, shape(pooled).channels);
    if (map || draw_.chance(30)) convolution(codes, width(), kernel(), stride(), ConvolutionRole::logits);
  }

  Draw& draw_;
  int widest_;
  std::vector<int> others_;  ///< codes beside those that the next layer reads
  Graph graph_;
};

}  // namespace

Graph random_graph(Draw& draw) { return RandomGraph(draw).build(); }

}  // namespace ernsim::test

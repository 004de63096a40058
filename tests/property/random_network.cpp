#include "tests/property/random_network.h"

#include <algorithm>
#include <string>
#include <utility>

#include "workloads/networks.h"

namespace ernsim::test {

namespace {

using workloads::ConvolutionRole;
using workloads::Graph;
using workloads::Node;
using workloads::NodeKind;

class RandomNetwork {
 public:
  RandomNetwork(Draw& draw, int granule) : draw_(draw), granule_(granule), widest_(draw.one_of<int>({40, 70, 150})) {}

  Graph build() {
    graph_.network = "random";
    graph_.stem = "other";
    graph_.thermometer = draw_.one_of<int>({3, 10, 21, 32});
    graph_.embedding = workloads::thermometer(graph_.thermometer);
    graph_.input_height = side();
    graph_.input_width = side();
    const int image =
        push(NodeKind::pixel_embedding, {}, {3 * graph_.thermometer, graph_.input_height, graph_.input_width});
    int node = convolution(image, width(), kernel(), draw_.one_of<int>({1, 2, 2}), ConvolutionRole::activation);
    if (draw_.chance(30)) node = convolution(activation(node), width(), 1, 1, ConvolutionRole::activation);
    const std::int64_t blocks = draw_.integer(1, 2);
    for (std::int64_t i = 0; i < blocks; ++i) node = block(node, i == 0 || draw_.chance(40));
    node = convolution(activation(node), static_cast<int>(draw_.integer(1, 100)), 1, 1, ConvolutionRole::logits);
    push(NodeKind::average_pool, {node}, {shape(node).channels, 1, 1});
    return std::move(graph_);
  }

 private:
  int side() { return static_cast<int>(draw_.chance(40) ? draw_.integer(1, 9) : draw_.integer(10, 26)); }
  int width() {
    const int step = std::max(granule_, 1);
    return step * static_cast<int>(draw_.integer(1, std::max(1, widest_ / step)));
  }
  int kernel() { return granule_ == 0 ? draw_.one_of<int>({1, 3, 3, 5}) : draw_.one_of<int>({1, 3, 3}); }

  Node& at(int index) { return graph_.nodes[static_cast<std::size_t>(index)]; }
  const workloads::Shape& shape(int index) { return at(index).out; }

  int push(NodeKind kind, std::vector<int> inputs, workloads::Shape out) {
    Node node;
    node.kind = kind;
    node.name = "n" + std::to_string(graph_.nodes.size());
    node.inputs = std::move(inputs);
    node.out = out;
    graph_.nodes.push_back(std::move(node));
    return static_cast<int>(graph_.nodes.size()) - 1;
  }

  int activation(int input) { return push(NodeKind::activation, {input}, shape(input)); }

  int convolution(int input, int channels, int kernel, int stride, ConvolutionRole role) {
    const int padding = kernel / 2;
    const auto size = [&](int in) { return (in + 2 * padding - kernel) / stride + 1; };
    const int made =
        push(NodeKind::convolution, {input}, {channels, size(shape(input).height), size(shape(input).width)});
    at(made).kernel = kernel;
    at(made).stride = stride;
    at(made).padding = padding;
    at(made).role = role;
    return made;
  }

  int block(int input, bool changes) {
    const int channels = changes ? width() : shape(input).channels, stride = changes && draw_.chance(50) ? 2 : 1;
    int node = activation(input), residual = input;
    if (changes) residual = convolution(node, channels, 1, stride, ConvolutionRole::residual);
    node = convolution(node, width(), kernel(), stride, ConvolutionRole::activation);
    node = convolution(activation(node), channels, kernel(), 1, ConvolutionRole::residual);
    return push(NodeKind::add, {node, residual}, shape(node));
  }

  Draw& draw_;
  int granule_;
  int widest_;
  Graph graph_;
};

}  // namespace

Graph random_network(Draw& draw, int granule) { return RandomNetwork(draw, granule).build(); }

}  // namespace ernsim::test

#include "workloads/sum_range.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "workloads/folding.h"
#include "workloads/networks.h"
#include "workloads/parameters.h"
#include "workloads/reference_executor.h"

using namespace ernsim::workloads;

// What sums can reach, against the executor on the pictures that reach it.

namespace {

/// A convolution whose three input channels are the codes of a picture's three colours, any of 0 to 3.
IntegerNetwork convolution_of_codes(int height, int width, int kernel, int stride, std::uint64_t seed) {
  Graph graph;
  graph.thermometer = 1;
  graph.embedding = {{0, 1, 2}};
  graph.input_height = height;
  graph.input_width = width;
  graph.nodes.resize(2);
  graph.nodes[0].kind = NodeKind::pixel_embedding;
  graph.nodes[0].out = {3, height, width};
  Node& node = graph.nodes[1];
  node.inputs = {0};
  node.kernel = kernel;
  node.stride = stride;
  node.padding = kernel / 2;
  const auto size = [&](int in) { return (in + 2 * node.padding.top - kernel) / stride + 1; };
  node.out = {5, size(height), size(width)};
  std::mt19937_64 random(seed);
  IntegerNetwork network{graph, std::vector<SignWeights>(2), {{}, {}}, {}};
  network.weights[1] = {5, 3, kernel};
  for (std::size_t i = 0; i < network.weights[1].size(); ++i)
    if (random() % 3 == 0) network.weights[1].set_negative(i);
  return network;
}

/// The picture with the largest (`sign` 1) or the smallest (-1) sum of one output.
Image worst_picture(const IntegerNetwork& network, int channel, int y, int x, int sign) {
  const Node& node = network.graph.nodes[1];
  Image image{network.graph.input_height, network.graph.input_width, {}};
  for (int row = 0; row < image.height; ++row)
    for (int column = 0; column < image.width; ++column)
      for (int colour = 0; colour < 3; ++colour) {
        const int ky = row - y * node.stride + node.padding.top, kx = column - x * node.stride + node.padding.left;
        const bool seen = ky >= 0 && ky < node.kernel && kx >= 0 && kx < node.kernel;
        const bool negative = seen && network.weights[1].is_negative(channel, colour, ky, kx);
        image.bytes.push_back(seen && negative == (sign < 0) ? 3 : 0);
      }
  return image;
}

/// Over the worst picture of every output.
SumRange executed_range(const IntegerNetwork& network) {
  const Shape& out = network.graph.nodes[1].out;
  SumRange range;
  for (int channel = 0; channel < out.channels; ++channel)
    for (int y = 0; y < out.height; ++y)
      for (int x = 0; x < out.width; ++x)
        for (const int sign : {1, -1}) {
          const auto executed = execute_reference(network, worst_picture(network, channel, y, x, sign));
          for (const std::int32_t sum : executed.values[1]) range = hull(range, {sum, sum});
        }
  return range;
}

SumRange computed_range(const IntegerNetwork& network) {
  return sum_ranges(network.graph, count_signs(network.graph, network.weights))[1];
}

std::int64_t wrapped(const IntegerNetwork& network, int bits) {
  const Shape& out = network.graph.nodes[1].out;
  std::int64_t total = 0;
  for (int channel = 0; channel < out.channels; ++channel)
    for (const int sign : {1, -1})
      total += execute_reference(network, worst_picture(network, channel, out.height / 2, out.width / 2, sign), bits)
                   .wrapped;
  return total;
}

IntegerNetwork all_positive(const Graph& graph) {
  IntegerNetwork network = without_weights(graph);
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const Node& node = graph.nodes[n];
    if (node.kind != NodeKind::convolution) continue;
    const int in = graph.nodes[static_cast<std::size_t>(node.inputs[0])].out.channels;
    network.weights[n] = {node.out.channels, in, node.kernel};
  }
  return network;
}

}  // namespace

TEST_CASE("what a convolution's sums can reach is what the worst pictures give, for every shape") {
  for (int height = 1; height <= 5; ++height)
    for (int width = 1; width <= 5; ++width)
      for (const int kernel : {1, 3})
        for (const int stride : {1, 2}) {
          const auto network =
              convolution_of_codes(height, width, kernel, stride, static_cast<std::uint64_t>(10 * height + width));
          const SumRange computed = computed_range(network), executed = executed_range(network);
          INFO(height << "x" << width << " kernel " << kernel << " stride " << stride);
          CHECK(computed.lowest == executed.lowest);
          CHECK(computed.highest == executed.highest);
        }
}

TEST_CASE("no picture overflows the bits that are needed, and one overflows with a bit less") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto network = convolution_of_codes(5, 5, 3, 1, seed);
    const int bits = bits_needed(computed_range(network));
    CHECK(wrapped(network, bits) == 0);
    CHECK(wrapped(network, bits - 1) > 0);
  }
}

TEST_CASE("bits needed are those of two's complement, which holds one more below zero") {
  CHECK(bits_needed({0, 0}) == 1);
  CHECK(bits_needed({-1, 0}) == 1);
  CHECK(bits_needed({0, 1}) == 2);
  CHECK(bits_needed({-128, 127}) == 8);
  CHECK(bits_needed({-128, 128}) == 9);
  CHECK(bits_needed({-129, 0}) == 9);
  CHECK(largest_magnitude({-129, 128}) == 129);
}

TEST_CASE("sums of residuals reach the sum of what their terms reach, channel by channel") {
  Graph graph;
  graph.nodes.resize(5);
  for (Node& node : graph.nodes) node.out = {2, 1, 1};
  for (const std::size_t n : {1, 2}) graph.nodes[n].inputs = {0}, graph.nodes[n].kernel = 1;
  graph.nodes[0].kind = NodeKind::pixel_embedding;
  graph.nodes[3].kind = graph.nodes[4].kind = NodeKind::add;
  graph.nodes[3].inputs = {1, 2};
  graph.nodes[4].inputs = {3, 1};
  std::vector<SignWeights> weights(5);
  weights[1] = weights[2] = {2, 2, 1};
  weights[1].words = {0b1100};  // channel 0: two +1, channel 1: two -1
  weights[2].words = {0b1110};
  const auto ranges = sum_ranges(graph, count_signs(graph, weights));
  CHECK(ranges[1].lowest == -6);
  CHECK(ranges[1].highest == 6);
  CHECK(ranges[3].lowest == -12);
  CHECK(ranges[3].highest == 9);
  CHECK(ranges[4].lowest == -18);
  CHECK(ranges[4].highest == 15);
}

TEST_CASE("ERNs34 with all weights +1 reaches its published worst case, which needs 17 bits") {
  const auto network = all_positive(build_network("ERNs34", {"released", 128, 128, 10}));
  SumRange range;
  for (const SumRange& each : sum_ranges(network.graph, count_signs(network.graph, network.weights)))
    range = hull(range, each);
  CHECK(range.highest == 42240);
  CHECK(bits_needed(range) == 17);
}

TEST_CASE("signs of a seed are counted as if they had been drawn") {
  for (const auto& [name, stem, height] :
       {std::tuple{"ERNs18x075", "released", 32}, {"ERNs18x075", "paper", 96}, {"ERNs50", "released", 64}}) {
    const Graph graph = build_network(name, {stem, height, 96, 21});
    const auto counted = seeded_sign_counts(graph, 7), drawn = count_signs(graph, seeded_parameters(graph, 7).signs);
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) CHECK(counted[n].negative == drawn[n].negative);
  }
}

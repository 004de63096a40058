#include "workloads/reference_executor.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "tests/support/golden_set.h"
#include "tests/support/reference.h"
#include "workloads/folding.h"
#include "workloads/networks.h"

using namespace ernsim;
using namespace ernsim::workloads;

namespace {

/// Of a 0 or 1 each.
SignWeights signs_of(int out_channels, int in_channels, int kernel, const std::vector<std::uint8_t>& negative) {
  SignWeights signs(out_channels, in_channels, kernel);
  for (std::size_t i = 0; i < negative.size(); ++i)
    if (negative[i] != 0) signs.set_negative(i);
  return signs;
}

/// A network made by hand, one node at a time.
struct Hand {
  IntegerNetwork network;

  int push(Node node, SignWeights weights = {}, std::vector<ChannelThresholds> thresholds = {}) {
    network.graph.nodes.push_back(std::move(node));
    network.weights.push_back(std::move(weights));
    network.thresholds.push_back(std::move(thresholds));
    return static_cast<int>(network.graph.nodes.size()) - 1;
  }

  int embedding(const std::vector<EmbeddingThresholds>& thresholds, int height, int width) {
    network.graph.thermometer = static_cast<int>(thresholds.size());
    network.graph.embedding = thresholds;
    network.graph.input_height = height;
    network.graph.input_width = width;
    Node node;
    node.kind = NodeKind::pixel_embedding;
    node.out = {3 * network.graph.thermometer, height, width};
    return push(node);
  }

  int convolution(int input, SignWeights weights, int stride, ConvolutionRole role = ConvolutionRole::activation) {
    const Shape in = network.graph.nodes.at(static_cast<std::size_t>(input)).out;
    Node node;
    node.kind = NodeKind::convolution;
    node.inputs = {input};
    node.kernel = weights.kernel;
    node.stride = stride;
    node.padding = weights.kernel / 2;
    node.role = role;
    node.out = {weights.out_channels, (in.height - 1) / stride + 1, (in.width - 1) / stride + 1};
    return push(node, std::move(weights));
  }

  int activation(int input, std::vector<ChannelThresholds> thresholds) {
    return follow(NodeKind::activation, {input}, std::move(thresholds));
  }

  int add(int left, int right) { return follow(NodeKind::add, {left, right}); }

  int pool(int input) {
    const int node = follow(NodeKind::average_pool, {input});
    Shape& out = network.graph.nodes.back().out;
    out.height = out.width = 1;
    return node;
  }

 private:
  int follow(NodeKind kind, std::vector<int> inputs, std::vector<ChannelThresholds> thresholds = {}) {
    Node node;
    node.kind = kind;
    node.out = network.graph.nodes.at(static_cast<std::size_t>(inputs.at(0))).out;
    node.inputs = std::move(inputs);
    return push(node, {}, std::move(thresholds));
  }
};

/// One pixel whose red channels have the codes and whose green and blue channels have code 0.
Image red_pixel() { return {1, 1, {255, 0, 0}}; }

std::vector<EmbeddingThresholds> embedding_of(const std::vector<int>& codes) {
  std::vector<EmbeddingThresholds> thresholds;
  for (const int code : codes) {
    EmbeddingThresholds each{255, 255, 255};
    for (std::size_t t = 0; t < static_cast<std::size_t>(code); ++t) each[t] = 0;
    thresholds.push_back(each);
  }
  return thresholds;
}

/// A 1x1 convolution of a red pixel with one output channel, whose exact accumulator is `value`.
Hand accumulator_of(int value) {
  std::vector<int> codes(static_cast<std::size_t>(std::abs(value) / 3), 3);
  codes.push_back(std::abs(value) % 3);
  Hand hand;
  const int pixel = hand.embedding(embedding_of(codes), 1, 1);
  const std::vector<std::uint8_t> signs(codes.size() * 3, std::uint8_t{value < 0});
  hand.convolution(pixel, signs_of(1, static_cast<int>(signs.size()), 1, signs), 1);
  return hand;
}

Image random_image(int height, int width, std::mt19937& random) {
  Image image{height, width, std::vector<std::uint8_t>(static_cast<std::size_t>(height * width * 3))};
  for (auto& byte : image.bytes) byte = static_cast<std::uint8_t>(random() & 0xFFU);
  return image;
}

SignWeights random_signs(int out_channels, int in_channels, int kernel, std::mt19937& random) {
  SignWeights signs(out_channels, in_channels, kernel);
  for (std::size_t i = 0; i < signs.size(); ++i)
    if ((random() & 1U) != 0) signs.set_negative(i);
  return signs;
}

int between(int low, int high, std::mt19937& random) {
  return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1));
}

/// The codes of the picture with a border of zeros, and a sum of products for every output: a convolution by the book.
std::vector<std::int32_t> convolved_by_the_book(const Image& image, const std::vector<EmbeddingThresholds>& embedding,
                                                const SignWeights& signs, int stride) {
  const int border = signs.kernel == 3 ? 1 : 0;
  const int per_colour = static_cast<int>(embedding.size());
  const int height = image.height + 2 * border, width = image.width + 2 * border;
  std::vector<std::vector<std::vector<int>>> padded(
      static_cast<std::size_t>(3 * per_colour),
      std::vector<std::vector<int>>(static_cast<std::size_t>(height),
                                    std::vector<int>(static_cast<std::size_t>(width), 0)));
  for (std::size_t c = 0; c < padded.size(); ++c)
    for (int y = 0; y < image.height; ++y)
      for (int x = 0; x < image.width; ++x) {
        const std::size_t colour = c / embedding.size();
        const int value = image.bytes.at(static_cast<std::size_t>(y * image.width + x) * 3 + colour);
        int code = 0;
        for (const int threshold : embedding[c % embedding.size()]) code += value > threshold ? 1 : 0;
        padded[c][static_cast<std::size_t>(y + border)][static_cast<std::size_t>(x + border)] = code;
      }
  std::vector<std::int32_t> sums;
  for (int o = 0; o < signs.out_channels; ++o)
    for (int y = 0; y + signs.kernel <= height; y += stride)
      for (int x = 0; x + signs.kernel <= width; x += stride) {
        std::int32_t sum = 0;
        std::size_t weight =
            static_cast<std::size_t>(o) * padded.size() * static_cast<std::size_t>(signs.kernel * signs.kernel);
        for (const auto& plane : padded)
          for (int ky = 0; ky < signs.kernel; ++ky)
            for (int kx = 0; kx < signs.kernel; ++kx)
              sum += (signs.is_negative(weight++) ? -1 : 1) *
                     plane[static_cast<std::size_t>(y + ky)][static_cast<std::size_t>(x + kx)];
        sums.push_back(sum);
      }
  return sums;
}

void check_random_convolutions(int kernel, int stride, unsigned seed) {
  std::mt19937 random(seed);
  for (int round = 0; round < 60; ++round) {
    const int height = between(1, 9, random), width = between(1, 9, random);
    const Image image = random_image(height, width, random);
    std::vector<EmbeddingThresholds> embedding(static_cast<std::size_t>(between(1, 4, random)));
    for (auto& each : embedding)
      for (auto& threshold : each) threshold = static_cast<std::uint8_t>(random() & 0xFFU);
    const auto signs = random_signs(between(1, 6, random), 3 * static_cast<int>(embedding.size()), kernel, random);
    Hand hand;
    const int node = hand.convolution(hand.embedding(embedding, height, width), signs, stride);
    const auto result = execute_reference(hand.network, image);
    INFO("round " << round << ": " << height << 'x' << width);
    REQUIRE(result.values.at(static_cast<std::size_t>(node)) == convolved_by_the_book(image, embedding, signs, stride));
  }
}

void check_equals_official(const std::string& name, const std::string& part, int bits) {
  const auto folder = test::reference_folder();
  if (!folder) return;
  const auto golden = test::read_golden(*folder, name, part);
  const Image image = golden.image();
  const Graph graph = build_network(name, {"released", image.height, image.width, 10});
  const auto result = execute_reference(fold(graph, test::read_parameters(*folder, graph)), image, bits);
  REQUIRE(result.values.size() == graph.nodes.size());
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const Node& node = graph.nodes[n];
    if (node.kind == NodeKind::average_pool) continue;
    INFO(node.name);
    const auto* expected = golden.find(node.name, node.kind == NodeKind::convolution ? "acc" : "out");
    REQUIRE(expected != nullptr);
    CHECK((result.values[n] == expected->as<std::int32_t>()));
  }
  const auto logits = golden.arrays.at("logits_float64").as<double>();
  REQUIRE(result.logits.size() == logits.size());
  for (std::size_t i = 0; i < logits.size(); ++i) CHECK(std::abs(result.logits[i] - logits[i]) <= 1e-9);
  CHECK(result.wrapped == 0);
}

void check_equals_set(const std::string& part) {
  const test::GoldenSet set;
  const Image image = set.image(part);
  const Graph graph = build_network("ERNs18x075", {"released", image.height, image.width, 10});
  const auto result = execute_reference(fold(graph, set.parameters(graph)), image, 16);
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    if (graph.nodes[n].kind == NodeKind::average_pool) continue;
    INFO(graph.nodes[n].name);
    CHECK(test::sha256_of(graph.nodes[n], result.values[n]) ==
          set.array(part, test::array_name(graph.nodes[n])).at("sha256"));
  }
  const auto logits = set.logits(part);
  REQUIRE(result.logits.size() == logits.size());
  for (std::size_t i = 0; i < logits.size(); ++i) CHECK(std::abs(result.logits[i] - logits[i]) <= 1e-9);
}

}  // namespace

TEST_CASE("the reference makes the tensors of the golden set at 64x64") { check_equals_set("64x64"); }
TEST_CASE("the reference makes the tensors of the golden set at 64x96") { check_equals_set("64x96"); }

TEST_CASE("every colour value has the ten codes of the official formula") {
  const auto thresholds = thermometer(10);
  for (int x = 0; x < 256; ++x) {
    std::vector<int> expected;
    for (int i = 0; i < 10; ++i) {
      const double z = x / 80.0 - ((8 * (i + 1)) / 80.0 - 1 + 0.0001);
      expected.push_back(static_cast<int>(std::floor(std::min(std::max(z, 0.0), 3.999999))));
    }
    INFO("colour value " << x);
    CHECK(embed_value(x, thresholds) == expected);
  }
}

TEST_CASE("a threshold of 255 is never passed and one of 0 by all values but 0") {
  const std::vector<EmbeddingThresholds> thresholds{{255, 255, 255}, {0, 255, 255}, {0, 0, 0}};
  CHECK(embed_value(0, thresholds) == std::vector<int>{0, 0, 0});
  CHECK(embed_value(1, thresholds) == std::vector<int>{0, 1, 3});
  CHECK(embed_value(255, thresholds) == std::vector<int>{0, 1, 3});
}

TEST_CASE("embedded channels are ordered by colour and within it by code") {
  Hand hand;
  hand.embedding({{10, 20, 30}, {15, 25, 35}}, 1, 2);
  const auto result = execute_reference(hand.network, {1, 2, {11, 21, 31, 36, 26, 16}});
  // Channel by channel, two pixels each: red 11 and 36, green 21 and 26, blue 31 and 16.
  CHECK(result.values.at(0) == std::vector<std::int32_t>{1, 3, 0, 3, 2, 2, 1, 2, 3, 1, 2, 1});
}

TEST_CASE("a 3x3 convolution equals one by the book") { check_random_convolutions(3, 1, 21); }

TEST_CASE("a 3x3 convolution of stride 2 equals one by the book") { check_random_convolutions(3, 2, 22); }

TEST_CASE("a 1x1 convolution equals one by the book") { check_random_convolutions(1, 1, 23); }

TEST_CASE("a 1x1 convolution of stride 2 equals one by the book") { check_random_convolutions(1, 2, 24); }

TEST_CASE("a 3x3 convolution of ones counts the pixels inside the picture") {
  Hand hand;
  const int pixels = hand.embedding(embedding_of({1}), 3, 4);
  hand.convolution(pixels, SignWeights(1, 3, 3), 1);
  const auto result = execute_reference(hand.network, {3, 4, std::vector<std::uint8_t>(36, 255)});
  CHECK(result.values.at(1) == std::vector<std::int32_t>{12, 18, 18, 12, 18, 27, 27, 18, 12, 18, 18, 12});
}

TEST_CASE("an activation counts the thresholds that its channel's direction passes, equality included") {
  Hand hand;
  const int pixel = hand.embedding(embedding_of({1, 2}), 1, 1);
  // Weights of red 1, red 2, then green and blue, whose codes are 0: sums 3, 1, -1, -3.
  const SignWeights signs = signs_of(4, 6, 1, {0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0});
  const int sums = hand.convolution(pixel, signs, 1);
  const ChannelThresholds rising{{-1, 1, 4}, 1}, falling{{3, 1, -1}, -1};
  hand.activation(sums, {rising, rising, rising, rising});
  hand.activation(sums, {falling, falling, falling, falling});
  const auto result = execute_reference(hand.network, red_pixel());
  CHECK(result.values.at(1) == std::vector<std::int32_t>{3, 1, -1, -3});
  CHECK(result.values.at(2) == std::vector<std::int32_t>{2, 2, 1, 0});
  CHECK(result.values.at(3) == std::vector<std::int32_t>{1, 2, 3, 3});
}

TEST_CASE("every channel has thresholds of its own") {
  Hand hand;
  const int pixels = hand.embedding(embedding_of({3}), 1, 2);
  const int sums = hand.convolution(pixels, SignWeights(2, 3, 1), 1);
  hand.activation(sums, {{{0, 4, 9}, 1}, {{0, 4, 10}, -1}});
  const auto result = execute_reference(hand.network, {1, 2, {255, 0, 0, 255, 255, 255}});
  CHECK(result.values.at(1) == std::vector<std::int32_t>{3, 9, 3, 9});
  CHECK(result.values.at(2) == std::vector<std::int32_t>{1, 3, 2, 1});
}

TEST_CASE("logits are the scaled mean of the last accumulators") {
  Hand hand;
  const int pixels = hand.embedding(embedding_of({2}), 2, 2);
  hand.pool(hand.convolution(pixels, signs_of(2, 3, 1, {0, 0, 0, 1, 1, 0}), 1, ConvolutionRole::logits));
  hand.network.logit_scale = {0.5, 3};
  // All colours, red, blue, none: 6 2 2 0, and -2 -2 2 0.
  const auto result = execute_reference(hand.network, {2, 2, {9, 9, 9, 9, 0, 0, 0, 0, 9, 0, 0, 0}});
  CHECK(result.logits == std::vector<double>{0.5 * 10 / 4, 3 * -2 / 4.0});
  CHECK(result.values.at(2).empty());
}

TEST_CASE("accumulators that fit their bits are kept and not counted") {
  for (const auto& [bits, value] :
       {std::pair(8, 127), std::pair(8, -128), std::pair(16, 32767), std::pair(16, -32768)}) {
    const auto result = execute_reference(accumulator_of(value).network, red_pixel(), bits);
    CHECK(result.values.at(1) == std::vector<std::int32_t>{value});
    CHECK(result.wrapped == 0);
  }
}

TEST_CASE("accumulators that do not fit their bits wrap in two's complement and are counted") {
  struct Row {
    int bits, value, wrapped;
  };
  for (const Row& row : {Row{8, 128, -128}, Row{8, -129, 127}, Row{8, 300, 44}, Row{16, 32768, -32768},
                         Row{16, -32769, 32767}, Row{16, 65536, 0}, Row{16, 70000, 4464}}) {
    INFO(row.bits << " bits, " << row.value);
    const auto result = execute_reference(accumulator_of(row.value).network, red_pixel(), row.bits);
    CHECK(result.values.at(1) == std::vector<std::int32_t>{row.wrapped});
    CHECK(result.wrapped == 1);
  }
}

TEST_CASE("without bits accumulators are exact") {
  const auto result = execute_reference(accumulator_of(70000).network, red_pixel(), 0);
  CHECK(result.values.at(1) == std::vector<std::int32_t>{70000});
  CHECK(result.wrapped == 0);
}

TEST_CASE("sums of residuals wrap like accumulators and later sums continue from the wrapped value") {
  Hand hand = accumulator_of(20000);
  const int twice = hand.add(1, 1);
  const int thrice = hand.add(twice, 1);
  hand.add(thrice, twice);
  const auto wrapped = execute_reference(hand.network, red_pixel(), 16);
  CHECK(wrapped.values.at(2) == std::vector<std::int32_t>{40000 - 65536});
  CHECK(wrapped.values.at(3) == std::vector<std::int32_t>{60000 - 65536});
  CHECK(wrapped.values.at(4) == std::vector<std::int32_t>{100000 - 131072});
  CHECK(wrapped.wrapped == 1);
  const auto exact = execute_reference(hand.network, red_pixel());
  CHECK(exact.values.at(4) == std::vector<std::int32_t>{100000});
  CHECK(exact.wrapped == 0);
}

TEST_CASE("every element that wraps is counted") {
  Hand hand;
  const int pixels = hand.embedding(embedding_of({3, 3, 3}), 2, 3);
  hand.convolution(pixels, SignWeights(2, 9, 1), 1);  // 27 in each of 12 elements
  const auto result = execute_reference(hand.network, {2, 3, std::vector<std::uint8_t>(18, 255)}, 5);
  CHECK(result.values.at(1) == std::vector<std::int32_t>(12, 27 - 32));
  CHECK(result.wrapped == 12);
}

TEST_CASE("the reference of ERNs18x075 equals every official tensor at 64x64") {
  check_equals_official("ERNs18x075", "golden_64x64", 0);
}

TEST_CASE("the reference of ERNs50 equals every official tensor at 64x64") {
  check_equals_official("ERNs50", "golden_64x64", 0);
}

TEST_CASE("the reference of ERNs18x075 equals every official tensor at 64x96 in 16 bits, without a wrap") {
  check_equals_official("ERNs18x075", "golden_64x96", 16);
}

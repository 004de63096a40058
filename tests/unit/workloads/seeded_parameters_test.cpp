#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstring>

#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/networks.h"
#include "workloads/parameters.h"
#include "workloads/reference_executor.h"

using namespace ernsim::workloads;

namespace {

Graph small(const char* network) { return build_network(network, {"released", 32, 32, 10}); }

void append(std::vector<std::uint8_t>& bytes, const std::vector<double>& values) {
  const std::size_t at = bytes.size();
  bytes.resize(at + values.size() * sizeof(double));
  if (!values.empty()) std::memcpy(bytes.data() + at, values.data(), values.size() * sizeof(double));
}

/// The numbers behind the signs, one after the other.
std::vector<std::uint8_t> real_bytes(const Parameters& parameters) {
  std::vector<std::uint8_t> bytes;
  for (const auto& magnitude : parameters.magnitude) append(bytes, magnitude);
  for (const BatchNorm& norm : parameters.batch_norm)
    for (const auto* each : {&norm.gamma, &norm.beta, &norm.mean, &norm.variance}) append(bytes, *each);
  return bytes;
}

std::vector<std::uint8_t> sign_bytes(const Parameters& parameters) {
  std::vector<std::uint8_t> bytes;
  for (const SignWeights& signs : parameters.signs)
    for (std::size_t i = 0; i < signs.size(); ++i) bytes.push_back(signs.is_negative(i) ? 1 : 0);
  return bytes;
}

/// FNV-1a.
std::uint64_t fingerprint(const std::vector<std::uint8_t>& bytes) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001B3U;
  return hash;
}

/// Sums as the parameters expect them, y = N(0.8, 0.6), would give the rarest code, 3, 7 %; pictures leave it 3 to 5 %.
constexpr double fair = 0.025;

/// The least and the largest share of any of the four codes in the tensor of any activation.
struct Shares {
  double least = 1;
  double largest = 0;
  int activations = 0;
};

Shares code_shares(const char* network, int side, std::uint64_t seed) {
  const Graph graph = build_network(network, {"released", side, side, 10});
  const auto result = execute_reference(fold(graph, seeded_parameters(graph, seed)), generated_image(side, side, seed));
  Shares shares;
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    if (graph.nodes[n].kind != NodeKind::activation) continue;
    ++shares.activations;
    std::array<int, 4> counts{};
    for (const std::int32_t code : result.values[n]) ++counts.at(static_cast<std::size_t>(code));
    for (std::size_t code = 0; code < 4; ++code) {
      const double share = static_cast<double>(counts[code]) / static_cast<double>(result.values[n].size());
      if (share < fair) UNSCOPED_INFO(network << ' ' << graph.nodes[n].name << ": code " << code << " has " << share);
      shares.least = std::min(shares.least, share);
      shares.largest = std::max(shares.largest, share);
    }
  }
  return shares;
}

void check_code_shares(const char* network, int side, std::uint64_t seed, int activations) {
  const Shares shares = code_shares(network, side, seed);
  CHECK(shares.least >= fair);
  CHECK(shares.activations == activations);
  CHECK(shares.largest <= 0.6);
}

}  // namespace

TEST_CASE("the same seed gives the same bytes") {
  const Graph graph = small("ERNs18x075");
  const Parameters one = seeded_parameters(graph, 42), two = seeded_parameters(graph, 42);
  CHECK((sign_bytes(one) == sign_bytes(two)));
  CHECK((real_bytes(one) == real_bytes(two)));
}

TEST_CASE("another seed gives other signs, magnitudes and batch normalisations in every node") {
  const Graph graph = small("ERNs18x075");
  for (const std::uint64_t other : {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{1} << 63}) {
    const Parameters one = seeded_parameters(graph, 0), two = seeded_parameters(graph, other);
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
      INFO(graph.nodes[n].name);
      if (graph.nodes[n].kind == NodeKind::convolution) {
        CHECK((one.signs[n] != two.signs[n]));
        if (graph.nodes[n].role != ConvolutionRole::residual) CHECK((one.magnitude[n] != two.magnitude[n]));
      } else if (graph.nodes[n].kind == NodeKind::activation) {
        CHECK((one.batch_norm[n].gamma != two.batch_norm[n].gamma));
        CHECK((one.batch_norm[n].beta != two.batch_norm[n].beta));
        CHECK((one.batch_norm[n].mean != two.batch_norm[n].mean));
        CHECK((one.batch_norm[n].variance != two.batch_norm[n].variance));
      }
    }
  }
}

TEST_CASE("the bytes of a seed are those they have always been on every machine") {
  const Parameters parameters = seeded_parameters(small("ERNs18x075"), 0);
  CHECK(fingerprint(sign_bytes(parameters)) == 0x3f35cfdb3b271ae6U);
  CHECK(fingerprint(real_bytes(parameters)) == 0xdf8b523555c927dbU);
}

TEST_CASE("the size of the input does not change the parameters") {
  const Parameters one = seeded_parameters(small("ERNs18x075"), 3);
  const Parameters two = seeded_parameters(build_network("ERNs18x075", {"released", 256, 320, 10}), 3);
  CHECK((sign_bytes(one) == sign_bytes(two)));
  CHECK((real_bytes(one) == real_bytes(two)));
}

TEST_CASE("about a tenth of the channels have a negative gamma") {
  for (const char* network : {"ERNs18x075", "ERNs50"})
    for (const std::uint64_t seed : {0U, 1U, 2U}) {
      const Parameters parameters = seeded_parameters(small(network), seed);
      double negative = 0, all = 0;
      for (const BatchNorm& norm : parameters.batch_norm) {
        all += static_cast<double>(norm.gamma.size());
        negative +=
            static_cast<double>(std::count_if(norm.gamma.begin(), norm.gamma.end(), [](double g) { return g < 0; }));
      }
      INFO(network << " seed " << seed << ": " << negative << " of " << all);
      CHECK(negative / all > 0.08);
      CHECK(negative / all < 0.12);
    }
}

TEST_CASE("about half of the weights of every convolution are negative") {
  const Graph graph = small("ERNs18x075");
  const Parameters parameters = seeded_parameters(graph, 9);
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    if (graph.nodes[n].kind != NodeKind::convolution) continue;
    INFO(graph.nodes[n].name);
    const SignWeights& signs = parameters.signs[n];
    CHECK(std::abs(static_cast<double>(signs.count_negative(0, signs.size())) / static_cast<double>(signs.size()) -
                   0.5) < 0.04);
  }
}

TEST_CASE("every node has the parameters of its kind and shape and no others") {
  const Graph graph = build_network("ERNs50", {"paper", 64, 32, 21});
  const Parameters parameters = seeded_parameters(graph, 4);
  REQUIRE(parameters.signs.size() == graph.nodes.size());
  REQUIRE(parameters.magnitude.size() == graph.nodes.size());
  REQUIRE(parameters.batch_norm.size() == graph.nodes.size());
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const Node& node = graph.nodes[n];
    INFO(node.name);
    const bool convolution = node.kind == NodeKind::convolution, activation = node.kind == NodeKind::activation;
    const auto channels = static_cast<std::size_t>(node.out.channels);
    const SignWeights& signs = parameters.signs[n];
    std::size_t weights = 0;
    if (convolution) {
      const int in_channels = graph.nodes[static_cast<std::size_t>(node.inputs.at(0))].out.channels;
      CHECK(signs.out_channels == node.out.channels);
      CHECK(signs.in_channels == in_channels);
      CHECK(signs.kernel == node.kernel);
      weights = channels * static_cast<std::size_t>(in_channels * node.kernel * node.kernel);
    }
    CHECK(signs.size() == weights);
    CHECK(signs.words.size() == (weights + 63) / 64);
    CHECK(parameters.magnitude[n].size() == (convolution ? channels : 0));
    const BatchNorm& norm = parameters.batch_norm[n];
    for (const auto* each : {&norm.gamma, &norm.beta, &norm.mean, &norm.variance})
      CHECK(each->size() == (activation ? channels : 0));
    CHECK(std::all_of(norm.variance.begin(), norm.variance.end(), [](double variance) { return variance > 0; }));
    CHECK(std::all_of(parameters.magnitude[n].begin(), parameters.magnitude[n].end(),
                      [](double alpha) { return alpha > 0; }));
  }
}

TEST_CASE("every code has a fair share in every activation of ERNs18 at 64x64") {
  check_code_shares("ERNs18", 64, 1, 20);
}

TEST_CASE("every code has a fair share in every activation of ERNs18x075 at 64x64") {
  check_code_shares("ERNs18x075", 64, 2, 20);
}

TEST_CASE("every code has a fair share in every activation of ERNs34 at 64x64") {
  check_code_shares("ERNs34", 64, 3, 36);
}

TEST_CASE("every code has a fair share in every activation of ERNs50 at 32x32") {
  check_code_shares("ERNs50", 32, 4, 52);
}

TEST_CASE("every code has a fair share in every activation of ERNs101 at 32x32") {
  check_code_shares("ERNs101", 32, 5, 103);
}

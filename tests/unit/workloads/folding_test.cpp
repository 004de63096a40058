#include "workloads/folding.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>

#include "tests/support/golden_set.h"
#include "tests/support/reference.h"
#include "tests/unit/workloads/refusal.h"
#include "workloads/networks.h"

using namespace ernsim;
using namespace ernsim::workloads;

namespace {

BatchNorm channel(double gamma, double beta, double mean, double variance) {
  return {{gamma}, {beta}, {mean}, {variance}, 1e-5};
}

int code_of(const ChannelThresholds& folded, int acc) {
  int code = 0;
  for (const std::int32_t threshold : folded.thresholds)
    code += (folded.direction > 0 ? acc >= threshold : acc <= threshold) ? 1 : 0;
  return code;
}

long double normalised(const BatchNorm& norm, double scale, int acc) {
  const long double deviation = std::sqrt(static_cast<long double>(norm.variance[0]) + norm.epsilon);
  return (static_cast<long double>(scale) * acc - norm.mean[0]) * norm.gamma[0] / deviation + norm.beta[0];
}

/// floor(clamp(y, 0, 2) * 1.5 + 0.5), the activation as the official library defines it.
int code_of(long double y) { return static_cast<int>(std::floor(std::min(std::max(y, 0.0L), 2.0L) * 1.5L + 0.5L)); }

/// So close to a step of the activation that the arithmetic's precision decides.
bool is_tie(long double y) {
  for (const long double step : {1.0L / 3, 1.0L, 5.0L / 3})
    if (std::abs(y - step) < 1e-9L) return true;
  return false;
}

/// How the codes of a sweep of accumulators compared.
struct Sweep {
  std::int64_t compared = 0, ties = 0, different = 0;
  std::int64_t seen[4] = {0, 0, 0, 0};

  void over(const BatchNorm& norm, double scale, int low, int high, int step = 1) {
    const ChannelThresholds folded = fold_channel(norm, 0, scale);
    for (int acc = low; acc <= high; acc += step) {
      const long double y = normalised(norm, scale, acc);
      if (is_tie(y)) {
        ++ties;
        continue;
      }
      ++compared;
      ++seen[code_of(y)];
      if (code_of(folded, acc) == code_of(y)) continue;
      if (++different > 5) continue;
      UNSCOPED_INFO("gamma " << norm.gamma[0] << " beta " << norm.beta[0] << " mean " << norm.mean[0] << " variance "
                             << norm.variance[0] << " scale " << scale << " acc " << acc << ": code "
                             << code_of(folded, acc) << ", by the formula " << code_of(y));
    }
  }
};

double uniform(std::mt19937& random, double low, double high) {
  return low + (high - low) * static_cast<double>(random()) / 4294967296.0;
}

/// Codes of random channels whose gamma has the sign against the formula, for every accumulator from -1500 to 1500.
void check_random_channels(double sign, unsigned seed) {
  std::mt19937 random(seed);
  Sweep sweep;
  for (int i = 0; i < 300; ++i) {
    const double scale = i % 3 == 0 ? 1.0 / 32 : uniform(random, 0.01, 0.08) * (i % 3 == 1 ? 1.0 : 2.0 / 3.0);
    const double variance = std::pow(10.0, uniform(random, -4, 3));
    const auto norm = channel(sign * std::pow(10.0, uniform(random, -2, 0.5)), uniform(random, -1.5, 2.5),
                              uniform(random, -20, 20), variance);
    sweep.over(norm, scale, -1500, 1500);
  }
  CHECK(sweep.different == 0);
  CHECK(sweep.ties < sweep.compared / 1000);
  for (const auto count : sweep.seen) CHECK(count > sweep.compared / 100);  // the sweep crosses all the steps
}

struct Folded {
  std::vector<std::int32_t> thresholds, directions;
};

/// In the order of channels.
Folded flat(const std::vector<ChannelThresholds>& channels) {
  Folded made;
  for (const ChannelThresholds& each : channels) {
    made.thresholds.insert(made.thresholds.end(), std::begin(each.thresholds), std::end(each.thresholds));
    made.directions.push_back(each.direction);
  }
  return made;
}

void check_folded_equals_official(const std::string& name, std::size_t activations) {
  const auto folder = test::reference_folder();
  if (!folder) return;
  const Graph graph = build_network(name, {});
  const IntegerNetwork network = fold(graph, test::read_parameters(*folder, graph));
  const auto params = test::read_golden(*folder, name, "params");
  std::size_t compared = 0;
  REQUIRE(network.thresholds.size() == graph.nodes.size());
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    if (graph.nodes[n].kind != NodeKind::activation) continue;
    INFO(graph.nodes[n].name);
    const auto* thresholds = params.find(graph.nodes[n].name, "thresholds");
    const auto* direction = params.find(graph.nodes[n].name, "direction");
    REQUIRE(thresholds != nullptr);
    REQUIRE(direction != nullptr);
    const Folded found = flat(network.thresholds[n]);
    CHECK(found.thresholds == thresholds->as<std::int32_t>());
    CHECK(found.directions == direction->as<std::int32_t>());
    ++compared;
  }
  CHECK(compared == activations);
}

}  // namespace

TEST_CASE("the folded thresholds and directions of ERNs18x075 equal the official ones") {
  const test::GoldenSet set;
  const Graph graph = build_network("ERNs18x075", {});
  const IntegerNetwork network = fold(graph, set.parameters(graph));
  std::size_t compared = 0;
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    if (graph.nodes[n].kind != NodeKind::activation) continue;
    const std::string& name = graph.nodes[n].name;
    INFO(name);
    const Folded found = flat(network.thresholds[n]);
    CHECK(test::sha256_of<std::int32_t>(found.thresholds) == set.array("folded", name + ".thresholds").at("sha256"));
    CHECK(test::sha256_of<std::int8_t>(found.directions) == set.array("folded", name + ".direction").at("sha256"));
    compared += 2;
  }
  CHECK(compared == set.count("folded"));
}

TEST_CASE("the folded thresholds and directions of ERNs50 equal the official ones") {
  check_folded_equals_official("ERNs50", 52);
}

TEST_CASE("the codes of thresholds equal those of the real-valued formula when gamma is positive") {
  check_random_channels(1, 11);
}

TEST_CASE("the codes of thresholds equal those of the real-valued formula when gamma is negative") {
  check_random_channels(-1, 12);
}

TEST_CASE("a positive gamma counts thresholds reached from below and a negative one from above") {
  const auto rising = fold_channel(channel(0.5, 0.1, 2, 3), 0, 0.05);
  CHECK(rising.direction == 1);
  CHECK(rising.thresholds[0] < rising.thresholds[1]);
  CHECK(rising.thresholds[1] < rising.thresholds[2]);
  const auto falling = fold_channel(channel(-0.5, 0.1, 2, 3), 0, 0.05);
  CHECK(falling.direction == -1);
  CHECK(falling.thresholds[0] > falling.thresholds[1]);
  CHECK(falling.thresholds[1] > falling.thresholds[2]);
}

TEST_CASE("an accumulator that meets a step exactly takes the higher code in both directions") {
  // Deviation 1, scale 1: y = acc * gamma + beta, which is 1 at acc = 3 or -3.
  BatchNorm norm = channel(1, -2, 0, 0.75);
  norm.epsilon = 0.25;
  CHECK(code_of(fold_channel(norm, 0, 1), 3) == 2);
  CHECK(code_of(fold_channel(norm, 0, 1), 2) == 0);
  norm.gamma = {-1};
  CHECK(code_of(fold_channel(norm, 0, 1), -3) == 2);
  CHECK(code_of(fold_channel(norm, 0, 1), -2) == 0);
}

TEST_CASE("a channel without gamma has the code of its beta whatever the accumulator is") {
  Sweep sweep;
  for (const double beta : {-3.0, 0.0, 0.3, 0.34, 0.99, 1.01, 1.6, 1.7, 5.0})
    for (const double gamma : {0.0, -0.0}) sweep.over(channel(gamma, beta, 4, 2), 0.03, -32768, 32767, 97);
  CHECK(sweep.different == 0);
  for (const auto count : sweep.seen) CHECK(count > 0);
}

TEST_CASE("a channel without gamma whose beta meets a step has the higher code") {
  CHECK(code_of(fold_channel(channel(0, 1, 0, 1), 0, 1), 0) == 2);
}

TEST_CASE("thresholds beyond +-2^30 are held there and do not change codes") {
  Sweep sweep;
  bool low = false, high = false;
  for (const double gamma : {1e-3, 1e-7, 1e-12, 1e-300, std::numeric_limits<double>::denorm_min()})
    for (const double sign : {1.0, -1.0})
      for (const double beta : {-1.0, 0.5, 1.25, 3.0}) {
        const auto norm = channel(sign * gamma, beta, 1, 400);
        for (const std::int32_t threshold : fold_channel(norm, 0, 1.0 / 32).thresholds) {
          CHECK(threshold >= -(1 << 30));
          CHECK(threshold <= 1 << 30);
          low = low || threshold == -(1 << 30);
          high = high || threshold == 1 << 30;
        }
        sweep.over(norm, 1.0 / 32, -65536, 65536, 251);
      }
  CHECK(low);
  CHECK(high);
  CHECK(sweep.different == 0);
  for (const auto count : sweep.seen) CHECK(count > 0);
}

TEST_CASE(
    "one step of an integer is 1/32 behind residual convolutions and sums, alpha elsewhere, times 2/3 behind "
    "post-scale") {
  const Graph graph = build_network("ERNs18x075", {"released", 32, 32, 10});
  const Parameters parameters = seeded_parameters(graph, 5);
  int residual = 0, after_scaled = 0, after_unscaled = 0;
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const Node& node = graph.nodes[n];
    if (node.kind != NodeKind::convolution && node.kind != NodeKind::add) continue;
    INFO(node.name);
    std::vector<double> expected(static_cast<std::size_t>(node.out.channels), 1.0 / 32);
    if (node.kind == NodeKind::add || node.role == ConvolutionRole::residual) {
      ++residual;
    } else {
      const Node& codes = graph.nodes[static_cast<std::size_t>(node.inputs.at(0))];
      const bool scaled = codes.kind == NodeKind::activation && codes.post_scale();
      ++(scaled ? after_scaled : after_unscaled);
      expected = parameters.magnitude[n];
      for (double& each : expected) each *= scaled ? 2.0 / 3.0 : 1.0;
    }
    CHECK(integer_scale(graph, parameters, static_cast<int>(n)) == expected);
  }
  CHECK(residual == 8 + 8 + 4);
  CHECK(after_unscaled == 1 + 4);    // the pixels; the codes that a downsample shares
  CHECK(after_scaled == 3 + 4 + 1);  // the stem; the other blocks; the last convolution
}

TEST_CASE("a folded network keeps its graph and signs, and its logits are alpha times 2/3") {
  const Graph graph = build_network("ERNs18x075", {"released", 64, 32, 10});
  const Parameters parameters = seeded_parameters(graph, 6);
  const IntegerNetwork network = fold(graph, parameters);
  CHECK(network.graph.network == "ERNs18x075");
  CHECK(network.graph.input_height == 64);
  REQUIRE(network.weights.size() == graph.nodes.size());
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) CHECK((network.weights[n] == parameters.signs[n]));
  std::vector<double> expected = parameters.magnitude[graph.nodes.size() - 2];
  REQUIRE(expected.size() == 1000);
  for (double& each : expected) each *= 2.0 / 3.0;
  CHECK(network.logit_scale == expected);
}

TEST_CASE("only activations have thresholds, one set per channel") {
  const Graph graph = build_network("ERNs50", {"released", 32, 32, 10});
  const IntegerNetwork network = fold(graph, seeded_parameters(graph, 7));
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const Node& node = graph.nodes[n];
    const int expected = node.kind == NodeKind::activation ? node.out.channels : 0;
    CHECK(network.thresholds[n].size() == static_cast<std::size_t>(expected));
  }
}

TEST_CASE("a batch normalisation of other channels than its activation is refused by one line that names it") {
  const Graph graph = build_network("ERNs18x075", {"released", 32, 32, 10});
  Parameters parameters = seeded_parameters(graph, 8);
  auto& norm = parameters.batch_norm.at(2);
  for (auto* each : {&norm.gamma, &norm.beta, &norm.mean, &norm.variance}) each->pop_back();
  const std::string text = test::refusal_of([&] { fold(graph, parameters); });
  INFO(text);
  CHECK(test::is_one_line(text));
  CHECK_THAT(text, Catch::Matchers::Contains("backbone.act1") && Catch::Matchers::Contains("63") &&
                       Catch::Matchers::Contains("64"));
}

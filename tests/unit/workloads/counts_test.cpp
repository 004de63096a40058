#include "workloads/counts.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "workloads/networks.h"

using namespace ernsim::workloads;

namespace {

struct Published {
  const char* network;
  std::int64_t weight_bits;
  std::int64_t macs;
  const char* gops;
};

constexpr Published table[] = {
    {"ERNs18x075", 8'216'448, 3'091'660'800, "6.5155"}, {"ERNs18", 11'768'704, 3'319'005'184, "6.9704"},
    {"ERNs34", 21'869'440, 5'734'924'288, "11.8121"},   {"ERNs50", 25'588'608, 6'370'099'200, "13.1333"},
    {"ERNs101", 44'528'512, 11'218'714'624, "22.8707"},
};

}  // namespace

TEST_CASE("the weight bits of the five networks are the published ones") {
  for (const auto& row : table) {
    INFO(row.network);
    CHECK(weight_bits(build_network(row.network, {})) == row.weight_bits);
  }
}

TEST_CASE("the multiply-accumulates of the five networks at 256x256 are the published ones") {
  for (const auto& row : table) {
    INFO(row.network);
    CHECK(macs(build_network(row.network, {})) == row.macs);
  }
}

TEST_CASE("the paper's operations of the five networks are reproduced to four decimals with its stem") {
  for (const auto& row : table) {
    INFO(row.network);
    CHECK(fmt::format("{:.4f}", paper_gops(build_network(row.network, {"paper", 256, 256, 10}))) == row.gops);
  }
}

TEST_CASE("multiply-accumulates scale with the area of the input") {
  for (const auto& row : table) {
    const Graph graph = build_network(row.network, {});
    for (const int height : {32, 224, 288, 512})
      for (const int width : {32, 96, 320}) {
        INFO(row.network << ' ' << height << 'x' << width);
        CHECK(macs(resized(graph, height, width)) * 256 * 256 == row.macs * height * width);
      }
  }
}

TEST_CASE("the paper's operations scale with the area of the input") {
  for (const auto& row : table) {
    const Graph graph = build_network(row.network, {"paper", 256, 256, 10});
    for (const int height : {32, 224, 512})
      for (const int width : {32, 96, 320}) {
        INFO(row.network << ' ' << height << 'x' << width);
        const double expected = paper_gops(graph) * (height * width) / (256.0 * 256.0);
        CHECK(paper_gops(resized(graph, height, width)) == Approx(expected).epsilon(1e-12));
      }
  }
}

TEST_CASE("weight bits do not depend on the size of the input") {
  for (const auto& row : table)
    CHECK(weight_bits(build_network(row.network, {"released", 64, 512, 10})) == row.weight_bits);
}

TEST_CASE("the paper's stem adds one 3x3 convolution of 64 channels at a quarter of the input's sides") {
  for (const auto& row : table) {
    const Graph paper = build_network(row.network, {"paper", 256, 256, 10});
    CHECK(weight_bits(paper) == row.weight_bits + 3 * 3 * 64 * 64);
    CHECK(macs(paper) == row.macs + 3 * 3 * 64 * 64 * 64 * 64);
  }
}

TEST_CASE("more codes per colour add weights to the first convolution only") {
  for (const int codes : {21, 32}) {
    const Graph graph = build_network("ERNs18", {"released", 256, 256, codes});
    CHECK(weight_bits(graph) == table[1].weight_bits + 3 * (codes - 10) * 64 * 9);
    CHECK(macs(graph) == table[1].macs + std::int64_t{3} * (codes - 10) * 64 * 9 * 128 * 128);
  }
}

TEST_CASE("a small network is counted as by hand") {
  // 30 -> 64 channels, 3x3 stride 2, on 8x6 pixels; batch normalisation and activation; 1x1 to 5 classes; pool.
  Graph graph;
  graph.nodes.resize(5);
  graph.nodes[0].kind = NodeKind::pixel_embedding;
  graph.nodes[0].out = {30, 8, 6};
  graph.nodes[1].inputs = {0};
  graph.nodes[1].kernel = 3;
  graph.nodes[1].stride = 2;
  graph.nodes[1].padding = 1;
  graph.nodes[1].out = {64, 4, 3};
  graph.nodes[2].kind = NodeKind::activation;
  graph.nodes[2].inputs = {1};
  graph.nodes[2].out = {64, 4, 3};
  graph.nodes[3].inputs = {2};
  graph.nodes[3].kernel = 1;
  graph.nodes[3].role = ConvolutionRole::logits;
  graph.nodes[3].out = {5, 4, 3};
  graph.nodes[4].kind = NodeKind::average_pool;
  graph.nodes[4].inputs = {3};
  graph.nodes[4].out = {5, 1, 1};
  CHECK(weight_bits(graph) == 9 * 30 * 64 + 64 * 5);
  CHECK(macs(graph) == (9 * 30 * 64 + 64 * 5) * 12);
  CHECK(paper_gops(graph) == Approx(2e-9 * ((9 * 30 * 64 + 64 * 5) * 12 + 3 * 64 * 12 + 5 * 12)).epsilon(1e-12));
}

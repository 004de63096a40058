#include "tools/network_choice.h"

#include <catch2/catch.hpp>

using namespace ernsim;
using namespace ernsim::tools;
using Catch::Matchers::Contains;

namespace {

workloads::IntegerNetwork chosen(const Arguments& arguments) {
  return choose_network(CommandLine(arguments, network_options()));
}

/// The message of the refusal; empty if there is none.
std::string refusal(const Arguments& arguments) try {
  chosen(arguments);
  return {};
} catch (const std::runtime_error& error) {
  return error.what();
}

}  // namespace

TEST_CASE("a built-in network is 256x256 with the released stem and ten codes unless told otherwise") {
  const auto graph = chosen({"--network", "ERNs18x075"}).graph;
  CHECK(graph.network == "ERNs18x075");
  CHECK(graph.stem == "released");
  CHECK(graph.thermometer == 10);
  CHECK(graph.input_height == 256);
  CHECK(graph.input_width == 256);
}

TEST_CASE("height comes first in an input size") {
  const auto graph =
      chosen({"--network", "ERNs18x075", "--input-size", "64x96", "--stem", "paper", "--thermometer", "21"}).graph;
  CHECK(graph.input_height == 64);
  CHECK(graph.input_width == 96);
  CHECK(graph.stem == "paper");
  CHECK(graph.thermometer == 21);
}

TEST_CASE("a seed decides the weights and zero is the default") {
  const Arguments network{"--network", "ERNs18x075", "--input-size", "64x64"};
  const auto with_seed = [&](const char* seed) {
    auto arguments = network;
    arguments.insert(arguments.end(), {"--seed", seed});
    return chosen(arguments).weights.at(1);
  };
  CHECK((chosen(network).weights.at(1) == with_seed("0")));
  CHECK((with_seed("1") != with_seed("2")));
}

TEST_CASE("a network is required and must exist") {
  CHECK_THAT(refusal({}), Contains("--network"));
  CHECK_THAT(refusal({"--network", "ERNs19"}), Contains("ERNs19") && Contains("ERNs18x075"));
  CHECK_THAT(refusal({"--network", "missing.onnx"}), Contains("missing.onnx"));
}

TEST_CASE("sizes, stems, codes and seeds that do not exist are refused") {
  for (const char* size : {"", "64", "x", "64x", "x64", "64x64x64", "-64x64", "64 x 64", "0x64", "64x2049"})
    CHECK_THAT(refusal({"--network", "ERNs18", "--input-size", size}), Contains("input"));
  CHECK_THAT(refusal({"--network", "ERNs18", "--stem", "new"}), Contains("released, paper"));
  CHECK_THAT(refusal({"--network", "ERNs18", "--thermometer", "33"}), Contains("from 1 to 32"));
  CHECK_THAT(refusal({"--network", "ERNs18", "--seed", "-1"}), Contains("--seed"));
}

TEST_CASE("weights come from one place") {
  CHECK_THAT(refusal({"--network", "ERNs18", "--weights", "a.onnx", "--seed", "1"}), Contains("contradict"));
  CHECK_THAT(refusal({"--network", "a.onnx", "--seed", "1"}), Contains("brings its own weights"));
  CHECK_THAT(refusal({"--network", "a.onnx", "--weights", "b.onnx"}), Contains("brings its own weights"));
}

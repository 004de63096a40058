#include <catch2/catch.hpp>
#include <regex>

#include "compiler/compile.h"
#include "compiler/schedule_check.h"
#include "workloads/networks.h"

using namespace ernsim;

namespace {

/// What the refusal says that the memory needs; 0 if the network is accepted.
std::int64_t needed(const workloads::Graph& graph, const PlatformConfig& config, const std::string& memory) {
  try {
    compiler::check(compiler::compile(graph, config), config);
    return 0;
  } catch (const compiler::CompileError& error) {
    const std::string text = error.what();
    INFO(text);
    std::smatch found;
    REQUIRE(std::regex_match(
        text, found, std::regex("layer (\\S+) does not fit: memory\\.(\\w+) needs at least (\\d+) and has (\\d+)")));
    CHECK(found[2] == memory);
    return std::stoll(found[3]);
  }
}

/// Refused by what `depth` lacks, with the exact depth that is enough: one word less is refused.
void check_edge(const std::string& network, const std::string& memory, std::int64_t MemoryConfig::*depth,
                std::int64_t too_small, int block_channels = 64) {
  const auto graph = workloads::build_network(network, {"released", 64, 64, 10});
  PlatformConfig config;
  config.accelerator.convolution.block_channels = block_channels;
  config.accelerator.memory.*depth = too_small;
  std::int64_t enough = too_small;
  while (const std::int64_t next = needed(graph, config, memory)) {
    REQUIRE(next > enough);  // each refusal asks for more, by the layer that needs the most
    enough = next;
    config.accelerator.memory.*depth = enough;
  }
  REQUIRE(enough > too_small);
  config.accelerator.memory.*depth = enough - 1;
  CHECK(needed(graph, config, memory) == enough);
}

}  // namespace

TEST_CASE("a network whose weights do not fit is refused, and accepted with exactly what the refusal says") {
  check_edge("ERNs18", "weights_words", &MemoryConfig::weights_words, 64);
}

TEST_CASE("where W is too small for a kernel, A is not blamed, however large it is") {
  const auto graph = workloads::build_network("ERNs18", {"released", 64, 64, 10});
  PlatformConfig config;
  config.accelerator.convolution.lane_mapping = LaneMapping::pixels;
  config.accelerator.memory.weights_words = 512;
  config.accelerator.memory.activations_words = 16384;
  CHECK(needed(graph, config, "weights_words") == 576);
}

TEST_CASE("a network whose activations do not fit is refused, and accepted with exactly what the refusal says") {
  check_edge("ERNs50", "activations_words", &MemoryConfig::activations_words, 16, 16);
}

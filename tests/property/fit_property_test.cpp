#include <catch2/catch.hpp>
#include <optional>
#include <regex>

#include "compiler/compile.h"
#include "compiler/schedule_check.h"
#include "tests/property/random_network.h"
#include "tests/property/random_platform.h"

// What a refusal says is true: the memory that it names is short, by what it says, and no other would help.

using namespace ernsim;

namespace {

struct Refusal {
  std::string text, memory;
  std::int64_t needs = 0, has = 0;
};

std::optional<Refusal> refusal_of(const workloads::Graph& graph, const PlatformConfig& config) try {
  compiler::check(compiler::compile(graph, config), config);
  return std::nullopt;
} catch (const compiler::CompileError& error) {
  std::smatch found;
  const std::string text = error.what();
  INFO(text);
  REQUIRE(std::regex_match(
      text, found, std::regex("layer \\S+ does not fit: memory\\.(\\w+) needs at least (\\d+) and has (\\d+)")));
  return Refusal{text, found[1], std::stoll(found[2]), std::stoll(found[3])};
}

std::int64_t& depth_of(MemoryConfig& memory, const std::string& name) {
  if (name == "weights_words") return memory.weights_words;
  REQUIRE(name == "activations_words");
  return memory.activations_words;
}

/// How many refusals it took until the network was accepted.
int follow(const workloads::Graph& graph, PlatformConfig config) {
  std::optional<Refusal> refusal = refusal_of(graph, config);
  int count = 0;
  while (refusal) {
    INFO(refusal->text << "\n" << test::to_toml(config));
    REQUIRE(++count <= 2);
    std::int64_t& depth = depth_of(config.accelerator.memory, refusal->memory);
    CHECK(refusal->has == depth);
    REQUIRE(refusal->needs > depth);
    depth = refusal->needs - 1;
    const auto still = refusal_of(graph, config);
    REQUIRE(still);
    CHECK(still->memory == refusal->memory);
    CHECK(still->needs == refusal->needs);
    depth = refusal->needs;
    const auto after = refusal_of(graph, config);
    if (after) CHECK(after->memory != refusal->memory);
    refusal = after;
  }
  return count;
}

}  // namespace

TEST_CASE("a refusal names a memory that is short and what it needs: with so much it is short no more") {
  int refused = 0, both = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    test::Draw draw(seed);
    PlatformConfig config = test::random_platform(draw);
    const auto graph = test::random_network(draw, 0);
    const std::int64_t pane = config.accelerator.convolution.block_channels;
    config.accelerator.memory.weights_words = pane * draw.integer(1, 12);
    config.accelerator.memory.activations_words = draw.one_of<std::int64_t>({16, 20, 60, 16384});
    INFO("seed " << seed);
    const int refusals = follow(graph, config);
    refused += refusals > 0 ? 1 : 0;
    both += refusals > 1 ? 1 : 0;
  }
  CHECK(refused > 50);
  CHECK(both > 5);
}

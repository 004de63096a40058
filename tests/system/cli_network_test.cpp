#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/system/cli_program.h"

// Networks of a user's own, from the file that describes one to its results.

using namespace ernsim::cli;
using Catch::Matchers::Contains;

namespace {

/// The file that docs/your_network.md shows.
std::string example() {
  const std::string page = contents(ERNSIM_SOURCE_DIR "/docs/your_network.md"), open = "```toml\n";
  const auto begin = page.find(open) + open.size();
  return page.substr(begin, page.find("```", begin) - begin);
}

}  // namespace

TEST_CASE("the network that the page describes runs, and its export gives the same cycles and thresholds") {
  const Scratch scratch;
  scratch.write("mine.toml", example());
  const auto described = program("run --network mine.toml --json described.json --dump-tensors described", scratch);
  INFO(described.err);
  REQUIRE(described.status == 0);
  REQUIRE(program("export mine.toml --onnx mine.onnx", scratch).status == 0);
  REQUIRE(program("run --network mine.onnx --json exported.json --dump-tensors exported", scratch).status == 0);
  const auto first = nlohmann::json::parse(contents(scratch / "described.json"));
  const auto second = nlohmann::json::parse(contents(scratch / "exported.json"));
  CHECK(first["input_size"] == nlohmann::json{28, 28});
  for (const char* figure : {"cycles", "macs", "weight_bytes", "layers"}) CHECK(first[figure] == second[figure]);
  for (const auto& entry : fs::directory_iterator(scratch / "described")) {
    const std::string name = entry.path().filename().string();
    if (name != "logits.npy") CHECK(contents(entry.path()) == contents(scratch / ("exported/" + name)));
  }
}

TEST_CASE("a head that is not pooled gives its map and the map's scale, and no logits") {
  const Scratch scratch;
  scratch.write("map.toml", example() + "\n[head1]\nstage = 2\nchannels = 6\nkernel = 3\npool = false\n");
  const auto ended = program("run --network map.toml --dump-tensors out --json -", scratch);
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  CHECK(nlohmann::json::parse(ended.out)["top5"].empty());
  CHECK(fs::exists(scratch / "out/head1.npy"));
  CHECK(fs::exists(scratch / "out/head1.scale.npy"));
  CHECK_FALSE(fs::exists(scratch / "out/logits.npy"));
}

TEST_CASE("what cannot be exported is refused with its reason, and no file is written") {
  const Scratch scratch;
  scratch.write("two.toml", example() + "\n[head1]\nstage = 2\n[head2]\nstage = 2\n");
  const auto two = program("export two.toml --onnx out.onnx", scratch);
  CHECK(two.status == 2);
  CHECK_THAT(two.err, Contains("two: head2: a second pooled result"));
  const auto qonnx = program(
      "export '" ERNSIM_SOURCE_DIR "/examples/fashion/fashion_8.onnx.xz' --thermometer 10 --onnx out.onnx", scratch);
  CHECK(qonnx.status == 2);
  CHECK_THAT(qonnx.err, Contains("is a QONNX file"));
  CHECK_FALSE(fs::exists(scratch / "out.onnx"));
}

TEST_CASE("a network's keys change it on the command line, and are no platform's") {
  const Scratch scratch;
  scratch.write("mine.toml", example());
  const auto listed = program("networks --network mine.toml --set network.stage2.width=33", scratch);
  CHECK_THAT(listed.out, Contains("backbone.layer2.1.add") && Contains("33"));
  CHECK(program("run --network mine.toml --data off --set network.stage2.width=33 --set convolution.lanes=2", scratch)
            .status == 0);
  const auto refused = program("run --network mine.toml --set network.stage9.width=33", scratch);
  CHECK(refused.status == 2);
  CHECK_THAT(refused.err, Contains("stage9"));
}

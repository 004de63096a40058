#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/onnx_export.h"
#include "tests/support/qonnx_model.h"
#include "tests/system/cli_program.h"
#include "tests/system/cli_refused.h"
#include "tests/system/sweep_rows.h"
#include "workloads/networks.h"

using namespace ernsim;
using namespace ernsim::cli;
using Catch::Matchers::Contains;

namespace {

std::string exported(const std::string& name, const std::string& stem, int side, std::uint64_t seed) {
  const auto graph = workloads::build_network(name, {stem, side, side, 10});
  return test::export_onnx(graph, workloads::seeded_parameters(graph, seed)).SerializeAsString();
}

nlohmann::json json_of(const Scratch& scratch, const std::string& file) {
  return nlohmann::json::parse(contents(scratch / file));
}

}  // namespace

TEST_CASE("a sweep takes ONNX files, from the current folder, with the figures of a run of the file") {
  const Scratch scratch;
  fs::create_directory(scratch / "nets");
  scratch.write("nets/mine.onnx", exported("ERNs18x075", "paper", 64, 1));
  scratch.write("nets/it.toml", "networks = [\"nets/mine.onnx\"]\n[axes]\n\"convolution.lanes\" = [1, 2]\n");
  const auto ended = program("sweep nets/it.toml --json all.json", scratch);
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  for (const auto& point : json_of(scratch, "all.json")["points"]) {
    CHECK(point["network"] == "nets/mine.onnx");
    CHECK(point["stem"] == "paper");
    CHECK(point["input_size"] == "64x64");
    REQUIRE(program("run --data off --network nets/mine.onnx --json run.json --set " +
                        point["settings"][0].get<std::string>(),
                    scratch)
                .status == 0);
    const auto run = json_of(scratch, "run.json");
    CHECK(point["cycles"] == run["cycles"].get<double>());
    CHECK(point["dram_read_bytes"] == run["dram"]["read_bytes"].get<double>());
    CHECK(point["fps"].get<double>() == Approx(run["fps"].get<double>()).margin(6e-7));
  }
  REQUIRE(program("report it --json report.json", scratch).status == 0);
  CHECK(json_of(scratch, "report.json")["subject"]["network"] == "nets/mine.onnx");
}

TEST_CASE("a sweep takes QONNX files beside other networks, with the figures of a run of the file") {
  const Scratch scratch;
  test::QonnxModel model(3, 32, 32);
  std::vector<float> weights(12 * 3 * 9), head(5 * 12);
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = i % 5 < 2 ? -1.0F : 1.0F;
  for (std::size_t i = 0; i < head.size(); ++i) head[i] = i % 3 == 0 ? -1.0F : 1.0F;
  const std::string w = model.bipolar("wq", model.tensor("w", {12, 3, 3, 3}, weights), model.number(0.25F));
  const std::string h = model.bipolar("hq", model.tensor("h", {5, 12, 1, 1}, head), model.number(1));
  const std::string codes =
      model.quant("act", model.convolution("conv", model.quant("q", "image", 0.25F), w, 3, 2), 0.5F);
  model.node("GlobalAveragePool", "pool", {model.convolution("head", codes, h, 1, 1)});
  scratch.write("mine.onnx", model.finish("pool").SerializeAsString());
  scratch.write("it.toml",
                "networks = [\"mine.onnx\", \"ERNs18x075\"]\nstems = [\"own\"]\ninput_sizes = [\"32x32\"]\n");
  const auto ended = program("sweep it.toml --json all.json", scratch);
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  REQUIRE(program("run --data off --network mine.onnx --json run.json", scratch).status == 0);
  CHECK(program("import mine.onnx --out parts", scratch).status == 0);
  const auto run = json_of(scratch, "run.json");
  const auto points = json_of(scratch, "all.json")["points"];
  REQUIRE(points.size() == 2);
  for (const auto& point : points) {
    if (point["network"] != "mine.onnx") continue;
    CHECK(point["input_size"] == "32x32");
    CHECK(point["cycles"] == run["cycles"].get<double>());
    CHECK(point["dram_read_bytes"] == run["dram"]["read_bytes"].get<double>());
  }
}

TEST_CASE("a sweep over an ONNX file whose contents have changed is not gone on with, shown or merged") {
  const Scratch scratch;
  scratch.write("mine.onnx", exported("ERNs18x075", "released", 32, 1));
  scratch.write("it.toml", "networks = [\"mine.onnx\", \"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\n");
  REQUIRE(program("sweep it.toml", scratch).status == 0);
  for (const char* shard : {"0/2", "1/2"})
    REQUIRE(program("sweep it.toml --resume --shard " + std::string(shard), scratch).status == 0);
  const auto before = rows_of(scratch / "it/sweep.sqlite");
  scratch.write("mine.onnx", exported("ERNs18x075", "released", 32, 2));
  CHECK_THAT(refused("sweep it.toml --resume", scratch), Contains("other contents"));
  CHECK_THAT(refused("sweep it.toml --resume --shard 0/2", scratch), Contains("other contents"));
  CHECK_THAT(refused("sweep it.toml --merge", scratch), Contains("other contents"));
  CHECK(rows_of(scratch / "it/sweep.sqlite") == before);
  scratch.write("mine.onnx", exported("ERNs18x075", "released", 32, 1));
  CHECK(program("sweep it.toml --resume", scratch).status == 0);
}

TEST_CASE("ONNX files that contradict the sweep file, or cannot be read, are refused with one line") {
  const Scratch scratch;
  scratch.write("paper.onnx", exported("ERNs18x075", "paper", 32, 1));
  scratch.write("small.onnx", exported("ERNs18x075", "released", 32, 1));
  scratch.write("text.onnx", "no network");
  const auto refusal = [&](const std::string& text) {
    scratch.write("it.toml", text);
    return refused("sweep it.toml", scratch);
  };
  CHECK_THAT(refusal("networks = [\"paper.onnx\"]\nstems = [\"released\"]\n"),
             Contains("paper.onnx") && Contains("stem"));
  CHECK_THAT(refusal("networks = [\"paper.onnx\", \"ERNs18\"]\ninput_sizes = [\"32x32\"]\n"),
             Contains("paper.onnx has paper, ERNs18 has released; stems must say which"));
  CHECK_THAT(refusal("networks = [\"small.onnx\", \"ERNs18\"]\n"),
             Contains("small.onnx has 32x32, ERNs18 has 256x256; input_sizes must say which"));
  CHECK_THAT(refusal("networks = [\"text.onnx\"]\n"), Contains("text.onnx"));
  CHECK_THAT(refusal("networks = [\"none.onnx\"]\n"), Contains("none.onnx"));
  CHECK_THAT(refusal("networks = [\"ERNs19\"]\n"), Contains("ERNs18x075, ERNs18"));
}

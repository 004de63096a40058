#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "output/npy.h"
#include "tests/system/cli_program.h"
#include "tests/system/cli_refused.h"
#include "tests/system/sweep_rows.h"

using namespace ernsim;
using namespace ernsim::cli;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

constexpr std::size_t pictures = 60, pixels = 28 * 28;
const std::string trained = (fs::path(ERNSIM_SOURCE_DIR) / "examples/fashion/fashion_8.onnx.xz").string();

/// Drawn pictures and labels, and the trained network as mine.onnx.xz.
void write_data(const Scratch& folder) {
  std::mt19937 random(1);
  std::vector<std::uint8_t> images(pictures * pixels), labels(pictures);
  for (auto& each : images) each = static_cast<std::uint8_t>(random());
  for (auto& each : labels) each = static_cast<std::uint8_t>(random() % 10);
  folder.write("images.npy", npy_bytes({pictures, 28, 28}, images));
  folder.write("labels.npy", npy_bytes({pictures}, labels));
  fs::create_symlink(trained, folder / "mine.onnx.xz");
}

const std::string evaluated =
    "networks = [\"mine.onnx.xz\"]\nthermometer = 10\nobjectives = [\"max accuracy\", \"min lut\"]\n"
    "[set]\n\"schedule.candidates\" = 1\n[evaluate]\ndata = \"images.npy\"\nlabels = \"labels.npy\"\n"
    "[axes]\n\"convolution.lanes\" = [1, 2]\n";

json sweep(const std::string& options, const Scratch& folder) {
  const auto ended = program("sweep it.toml --json - " + options, folder);
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  return json::parse(ended.out);
}

}  // namespace

TEST_CASE("a sweep evaluates a network to what eval says, and takes what eval wrote for the same") {
  const Scratch folder;
  write_data(folder);
  folder.write("it.toml", evaluated);
  const auto made = sweep("", folder);
  const auto eval = program(
      "eval --network mine.onnx.xz --thermometer 10 --data images.npy --labels labels.npy --csv it.csv --json -",
      folder);
  REQUIRE(eval.status == 0);
  const double right = json::parse(eval.out).at("top1").get<double>();
  for (const json& point : made["points"]) {
    CHECK(point["accuracy"] == right / pictures);
    CHECK(point["accuracy_source"] == "evaluated on 60 pictures of images.npy");
    CHECK_THAT(point["command"].get<std::string>(), Contains("--thermometer 10"));
  }
  const auto given = program(
      "sweep --network mine.onnx.xz --thermometer 10 --accuracy mine.onnx.xz=it.csv --want 'accuracy > 0.99' "
      "--out asked --json -",
      folder);
  REQUIRE(given.status == 0);
  const json points = json::parse(given.out)["points"];
  REQUIRE(points.size() > 1);
  for (const json& point : points) {
    CHECK(point["accuracy"] == right / pictures);
    CHECK(point["accuracy_source"] == "given by it.csv, 60 pictures");
    CHECK_THAT(point["reason"].get<std::string>(), Contains("accuracy is ") && Contains(", and must be > 0.99"));
  }
}

TEST_CASE("an evaluation that came to its end is not made again, unless the data are others") {
  const Scratch folder;
  write_data(folder);
  folder.write("it.toml", evaluated);
  const auto before = sweep("", folder);
  const std::string log = contents(folder / "it/accuracy.csv");
  fs::remove(folder / "it/sweep.sqlite");
  CHECK(sweep("", folder)["points"] == before["points"]);
  CHECK(contents(folder / "it/accuracy.csv") == log);
  folder.write("labels.npy", npy_bytes({pictures}, std::vector<std::uint8_t>(pictures, 11 % 10)));
  sweep("--resume", folder);
  CHECK(contents(folder / "it/accuracy.csv") != log);
  folder.write("it/accuracy.csv", "mine\n");
  CHECK_THAT(refused("sweep it.toml --resume", folder), Contains("accuracy.csv: is no list of evaluated networks"));
}

TEST_CASE("shards have the accuracies of a sweep that was not divided, and merge to its rows") {
  const Scratch folder;
  write_data(folder);
  folder.write("it.toml", evaluated);
  sweep("--out whole", folder);
  REQUIRE(program("sweep it.toml --out parts --shard 0/2", folder).status == 0);
  REQUIRE(program("sweep it.toml --out parts --shard 1/2", folder).status == 0);
  REQUIRE(program("sweep it.toml --out parts --merge", folder).status == 0);
  CHECK(rows_of(folder / "parts/sweep.sqlite") == rows_of(folder / "whole/sweep.sqlite"));
}

TEST_CASE("the report of a sweep across networks has one front and says what each network scores") {
  const Scratch folder;
  folder.write(
      "it.toml",
      "networks = [\"ERNs18x075\", \"ERNs18\"]\ninput_sizes = [\"32x32\"]\nobjectives = [\"max accuracy\", \"max "
      "fps\", \"min lut\", \"min energy_mj\"]\n[set]\n\"schedule.candidates\" = 1\n[accuracy]\nERNs18x075 = 0.6\n"
      "[axes]\n\"convolution.lanes\" = [1, 3]\n");
  sweep("", folder);
  REQUIRE(program("report it --json it.json", folder).status == 0);
  const json report = json::parse(contents(folder / "it.json"));
  CHECK(report["groups"].empty());
  REQUIRE(report["accuracies"].size() == 1);
  CHECK(report["accuracies"][0]["accuracy"] == 0.6);
  CHECK(report["accuracies"][0]["source"] == "given");
  CHECK(report["counts"]["not_compared"] == 2);
  CHECK(report["answers"][0]["network"].is_null());
  for (const json& point : report["points"])
    CHECK((point["standing"] == "not compared") == (point["axes"]["network"] == "ERNs18"));
}

TEST_CASE("a search takes what a network scores for known") {
  const Scratch folder;
  write_data(folder);
  folder.write("it.toml",
               evaluated + "\"convolution.block_channels\" = [32, 64]\n[search]\npoints = 3\npopulation = 8\n");
  const auto made = sweep("", folder);
  REQUIRE(made["points"].size() > 0);
  for (const json& point : made["points"]) CHECK(point["accuracy"].is_number());
  CHECK(sweep("--resume", folder)["points"] == made["points"]);
}

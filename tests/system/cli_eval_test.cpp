#include <signal.h>
#include <spawn.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <nlohmann/json.hpp>
#include <numeric>
#include <thread>
#include <tuple>

#include "cli_program.h"
#include "output/npy.h"
#include "tests/support/qonnx_model.h"
#include "workloads/image.h"
#include "workloads/networks.h"

using namespace ernsim;
using namespace ernsim::cli;

namespace {

constexpr std::size_t images = 200, side = 64;

/// Pictures and labels as arrays.
void write_data(const Scratch& folder) {
  std::vector<std::uint8_t> pixels;
  std::vector<std::int32_t> labels;
  for (std::size_t i = 0; i < images; ++i) {
    const auto image = workloads::generated_image(side, side, i);
    pixels.insert(pixels.end(), image.bytes.begin(), image.bytes.end());
    labels.push_back(static_cast<std::int32_t>(i % 10));
  }
  folder.write("images.npy", npy_bytes({images, side, side, 3}, pixels));
  folder.write("labels.npy", npy_bytes({images}, labels));
}

const std::string eval = "eval --network ERNs18x075 --input-size 64x64 --data images.npy --labels labels.npy ";

/// Starts an evaluation and kills it as soon as it has kept some pictures.
void kill_on_the_way(const Scratch& folder) {
  const std::string command = "cd '" + folder.path().string() + "' && exec '" ERNSIM_PROGRAM "' " + eval +
                              "--jobs 1 --csv out.csv >/dev/null 2>&1";
  const char* words[] = {"sh", "-c", command.c_str(), nullptr};
  pid_t child = 0;
  REQUIRE(::posix_spawn(&child, "/bin/sh", nullptr, nullptr, const_cast<char* const*>(words), environ) == 0);
  const auto kept = folder / "out.csv.partial";
  while (!fs::exists(kept) || fs::file_size(kept) < 30'000) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    REQUIRE(::waitpid(child, nullptr, WNOHANG) == 0);
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

/// Of one view: every code, every sum that goes into another, what the pooling reads, and every logit.
std::size_t checked_values(const workloads::Graph& graph) {
  using workloads::NodeKind;
  const auto is_summed_up = [&](std::size_t n) {
    return std::any_of(graph.nodes.begin(), graph.nodes.end(), [&](const workloads::Node& reader) {
      const auto& inputs = reader.inputs;
      return reader.kind == NodeKind::add &&
             std::find(inputs.begin(), inputs.end(), static_cast<int>(n)) != inputs.end();
    });
  };
  std::size_t values = 0;
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const auto& [kind, role] = std::tie(graph.nodes[n].kind, graph.nodes[n].role);
    if (kind == NodeKind::convolution && role != workloads::ConvolutionRole::logits) continue;
    if (kind == NodeKind::add && !is_summed_up(n)) continue;
    const auto& out = graph.nodes[n].out;
    values += static_cast<std::size_t>(out.channels * out.height * out.width);
  }
  return values;
}

}  // namespace

TEST_CASE("An evaluation that was killed and goes on writes the CSV of one that was not") {
  const Scratch folder;
  write_data(folder);
  REQUIRE(program(eval + "--csv whole.csv --jobs 2", folder).status == 0);
  kill_on_the_way(folder);
  CHECK_FALSE(fs::exists(folder / "out.csv"));
  const auto refused = program(eval + "--csv out.csv", folder);
  CHECK(refused.status == 2);
  CHECK_THAT(refused.err, Catch::Contains("--resume"));
  REQUIRE(program(eval + "--csv out.csv --resume", folder).status == 0);
  CHECK(contents(folder / "out.csv") == contents(folder / "whole.csv"));
  CHECK_FALSE(fs::exists(folder / "out.csv.partial"));
}

TEST_CASE("A data set may be called off") {
  const Scratch folder;
  for (const char* name : {"on", "off"}) {
    fs::create_directories(folder / name / "class0");
    folder.write(name + std::string("/class0/a.ppm"), "P6 32 32 255\n" + std::string(3 * 32 * 32, 'x'));
  }
  const auto json = [&folder](const std::string& data) {
    const auto ended = program("eval --network ERNs18x075 --input-size 32x32 --json - --data " + data, folder);
    REQUIRE(ended.status == 0);
    auto made = nlohmann::json::parse(ended.out);
    made.erase("data");
    return made;
  };
  CHECK(json("on") == json("off"));
}

TEST_CASE("The first pictures of an evaluation equal the cycle simulation, crops included") {
  const Scratch folder;
  write_data(folder);
  const auto ended = program(
      "eval --network ERNs18x075 --input-size 32x32 --data images.npy --labels labels.npy --first 2 --check 1 --resize "
      "40 "
      "--filter bicubic --ten-crop --json -",
      folder);
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  CHECK_THAT(ended.out, Catch::Contains("resize 40 bicubic, ten crops 32x32"));
  const auto json = nlohmann::json::parse(ended.out);
  CHECK(json.at("images") == 2);
  CHECK(json.at("checked_images") == 1);
  CHECK(json.at("checked_values") ==
        10 * checked_values(workloads::build_network("ERNs18x075", {"released", 32, 32, 10})));
}

TEST_CASE("A network that reads codes has one result, run by run, evaluated, and in the cycle simulation") {
  const Scratch folder;
  constexpr std::size_t channels = 12, height = 6, width = 5;
  test::QonnxModel model(channels, height, width);
  const std::vector<float> ones(3 * channels, 1);
  const std::string codes = model.quant("q", "image", 0.5F);
  const std::string weights = model.bipolar("wq", model.tensor("w", {3, channels, 1, 1}, ones), model.number(0.25F));
  model.node("GlobalAveragePool", "pool", {model.convolution("conv", codes, weights, 1, 1)});
  model.finish("pool");
  folder.write("net.onnx", model.model.SerializeAsString());
  std::vector<std::uint8_t> values(channels * height * width);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::uint8_t>(i * i % 7 % 4);
  folder.write("one.npy", npy_bytes({channels, height, width}, values));
  folder.write("all.npy", npy_bytes({1, channels, height, width}, values));
  folder.write("labels.npy", npy_bytes({1}, std::vector<std::int32_t>{2}));
  const double sum = std::accumulate(values.begin(), values.end(), 0.0) / (height * width) * 0.25 * 0.5;
  const auto run = program("run --network net.onnx --image one.npy --json -", folder);
  INFO(run.err);
  REQUIRE(run.status == 0);
  for (const auto& each : nlohmann::json::parse(run.out).at("top5"))
    CHECK(each.at("logit").get<double>() == Approx(sum).epsilon(1e-4));
  const std::string data = " --data all.npy --labels labels.npy";
  const auto evaluated = program("eval --network net.onnx --check 1 --csv out.csv" + data, folder);
  INFO(evaluated.err);
  REQUIRE(evaluated.status == 0);
  CHECK(program("eval --network net.onnx --crop 4" + data, folder).status == 2);
  CHECK(program("run --network net.onnx --image all.npy", folder).status == 2);
  values[7] = 4;
  folder.write("one.npy", npy_bytes({channels, height, width}, values));
  CHECK_THAT(program("run --network net.onnx --image one.npy", folder).err,
             Catch::Contains("a code of 4; codes are 0 to 3"));
}

TEST_CASE("An evaluation needs data, and --resume a CSV") {
  for (const char* words : {"eval --network ERNs18", "eval --network ERNs18 --data . --resume",
                            "eval --network ERNs18 --data /none", "eval --network ERNs18 --data . --filter box"}) {
    INFO(words);
    const auto ended = program(words);
    CHECK(ended.status == 2);
    CHECK(std::count(ended.err.begin(), ended.err.end(), '\n') == 1);
  }
}

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "sweep/definition.h"
#include "sweep/figures.h"
#include "sweep/point_job.h"
#include "sweep/points.h"
#include "tests/support/sweep_file.h"

using namespace ernsim;
using Catch::Matchers::Contains;

namespace {

std::string refusal(const std::string& text) {
  try {
    sweep_of(text);
  } catch (const std::runtime_error& error) {
    CHECK(std::string(error.what()).find('\n') == std::string::npos);
    return error.what();
  }
  return "accepted";
}

std::vector<std::string> axis(const std::string& range) {
  return sweep_of("[axes]\n\"memory.activations_words\" = " + range).axes.at(0).values;
}

}  // namespace

TEST_CASE("the grid has every combination once") {
  const auto sweep = sweep_of(
      "networks = [\"ERNs18\", \"ERNs34\"]\nstems = [\"released\", \"paper\"]\n[axes]\n"
      "\"convolution.lanes\" = [1, 2, 3]\n\"convolution.block_channels\" = [32, 64]\n");
  CHECK(sweep.grid() == 24);
  std::set<std::string> seen;
  for (const std::size_t number : points_of(sweep)) {
    const auto point = point_of(sweep, static_cast<std::int64_t>(number));
    seen.insert(point.network + point.stem + point.settings.at(0) + point.settings.at(1));
  }
  CHECK(seen.size() == 24);
}

TEST_CASE("keys of the network are axes, and every point has the network that its settings make") {
  const auto sweep = sweep_of(
      "networks = [\"ERNs18\"]\ninput_sizes = [\"64x64\"]\n[axes]\n\"network.stage2.width\" = [96, 128]\n"
      "\"network.thermometer\" = [5]\n\"convolution.lanes\" = [1, 2]\n");
  REQUIRE(sweep.grid() == 4);
  std::set<int> widths;
  for (const std::size_t number : points_of(sweep)) {
    const auto point = point_of(sweep, static_cast<std::int64_t>(number));
    const auto& graph = sweep.looked_at.at(selection_text(point)).network.graph;
    const auto wide = std::find(point.settings.begin(), point.settings.end(), "network.stage2.width=96");
    for (const auto& node : graph.nodes)
      if (node.name == "backbone.layer2.0.add") {
        CHECK(node.out.channels == (wide == point.settings.end() ? 128 : 96));
        widths.insert(node.out.channels);
      }
    CHECK(graph.thermometer == 5);
    CHECK(platform_of(sweep, point).accelerator.convolution.lanes <= 2);
  }
  CHECK(widths.size() == 2);
}

TEST_CASE("axes of a network are refused where a network has no such key or may not have the value") {
  const auto refused = [](const std::string& axis) { return refusal("networks = [\"ERNs18\"]\n[axes]\n" + axis); };
  CHECK_THAT(refused("\"network.stage5.width\" = [8]"), Contains(":3: axes") && Contains("no section stage5"));
  CHECK_THAT(refused("\"network.stage2.widht\" = [8]"), Contains("did you mean width?"));
  CHECK_THAT(refused("\"network.stage2.width\" = [0]"), Contains("from 1 to 8192"));
  CHECK_THAT(refused("\"network.stage2.block\" = [\"fancy\"]"), Contains("basic, bottleneck, plain"));
  CHECK_THAT(refused("\"network.stem\" = [\"paper\"]"), Contains("see stems"));
  CHECK_THAT(refused("\"network.input_height\" = [64]"), Contains("see input_sizes"));
}

TEST_CASE("ranges go up by steps, in even parts or by even factors") {
  CHECK(axis("{ from = 100, to = 400, step = 100 }") == std::vector<std::string>{"100", "200", "300", "400"});
  CHECK(axis("{ from = 100, to = 399, step = 100 }") == std::vector<std::string>{"100", "200", "300"});
  CHECK(axis("{ from = 100, to = 200, count = 3 }") == std::vector<std::string>{"100", "150", "200"});
  CHECK(axis("{ from = 100, to = 10000, count = 3, log = true }") == std::vector<std::string>{"100", "1000", "10000"});
}

TEST_CASE("a sample draws distinct points of the grid, the same for the same seed") {
  const std::string axes = "[axes]\n\"memory.activations_words\" = { from = 100, to = 1099, step = 1 }\n";
  const auto one = points_of(sweep_of("sample = 200\nseed = 5\n" + axes));
  CHECK(one.size() == 200);
  CHECK(std::is_sorted(one.begin(), one.end()));
  CHECK(std::set<std::size_t>(one.begin(), one.end()).size() == 200);
  CHECK(one.back() < 1000);
  CHECK(points_of(sweep_of("sample = 200\nseed = 5\n" + axes)) == one);
  CHECK(points_of(sweep_of("sample = 200\nseed = 6\n" + axes)) != one);
  CHECK(points_of(sweep_of("sample = 1000\n" + axes)).size() == 1000);
}

TEST_CASE("sweep files with errors are refused by one line that says what is allowed") {
  CHECK_THAT(refusal("netwroks = [\"ERNs18\"]"), Contains(":1: netwroks") && Contains("did you mean networks?"));
  CHECK_THAT(refusal("networks = []"), Contains("not empty"));
  CHECK_THAT(refusal("networks = [\"ERNs19\"]"), Contains("ERNs18x075, ERNs18"));
  CHECK_THAT(refusal("input_sizes = [\"100x3000\"]"), Contains("from 1 to 2048"));
  CHECK_THAT(refusal("input_sizes = [\"large\"]"), Contains("HxW"));
  CHECK_THAT(refusal("\n[axes]\n\"convolution.lane\" = [1]"), Contains(":3: axes") && Contains("lanes"));
  CHECK_THAT(refusal("[axes]\n\"convolution.lanes\" = []"), Contains("at least one value"));
  CHECK_THAT(refusal("[axes]\n\"convolution.lanes\" = [99]"), Contains("1 to 8"));
  CHECK_THAT(refusal("[axes]\n\"convolution.lanes\" = { from = 3, to = 1, step = 1 }"), Contains("go up"));
  CHECK_THAT(refusal("[axes]\n\"convolution.lanes\" = { from = 1, to = 3 }"), Contains("step or count"));
  CHECK_THAT(refusal("constraints = [\"fsp >= 2\"]"), Contains("did you mean fps?"));
  CHECK_THAT(refusal("constraints = [\"fps 2\"]"), Contains("FIGURE"));
  CHECK_THAT(refusal("constraints = [\"fps >= 200 and fps <= 100\"]"), Contains("contradicts"));
  CHECK_THAT(refusal("constraints = [\"fps >= 200 and fps < 200\"]"), Contains("contradicts"));
  CHECK_THAT(refusal("constraints = [\"fps >= 1e999\"]"), Contains("1e999 is no number"));
  CHECK_THAT(refusal("constraints = [\"fps >= e\"]"), Contains("e is no number"));
  CHECK_THAT(refusal("objectives = [\"best fps\"]"), Contains("max or min"));
  CHECK_THAT(refusal("sample = 2\n"), Contains("grid has 1 points"));
  CHECK_THAT(refusal("[axes]\n\"memory.activations_words\" = { from = 100, to = 9000, step = 1 }\n"
                     "\"memory.weights_words\" = { from = 100, to = 9000, step = 1 }"),
             Contains("1000000 are allowed"));
  CHECK_THAT(refusal("networks = ["), Contains(":1:"));
}

TEST_CASE("constraints that cannot hold, and pairs that cannot hold together, are refused") {
  const auto constraint = [](const std::string& text) { return refusal("constraints = [\"" + text + "\"]"); };
  for (const char* text : {"lut < 0", "utilization > 1", "fps <= -1", "fps <= 0", "dsp_share > 1", "lut >= 200000"})
    CHECK_THAT(constraint(text), Contains(":1: constraints: ") && Contains("cannot hold"));
  for (const char* text : {"lut <= 0.5 and lut >= 100000", "fps >= 200 and latency_ms >= 6",
                           "latency_ms < 5 and fps < 200", "bram18_share >= 0.9 and bram18 < 100"})
    CHECK_THAT(constraint(text), Contains(":1: constraints: ") && Contains("contradicts"));
  CHECK(constraint("fps >= 200 and latency_ms <= 5") == "accepted");
  CHECK(constraint("lut <= 0.5 and lut >= 58000") == "accepted");
  CHECK(refusal("must_fit = false\nconstraints = [\"lut >= 200000\"]") == "accepted");
  CHECK(refusal("constraints = [\"lut <= 0.5 and lut >= 100000\"]\n[axes]\n\"fpga.device\" = [\"K26\", \"ZU9EG\"]") ==
        "accepted");
}

TEST_CASE("a bound of 1 on a resource, which may be a share or an amount, is refused") {
  for (const char* text : {"lut <= 1", "uram < 1.0", "dsp >= 1"})
    CHECK_THAT(refusal("constraints = [\"" + std::string(text) + "\"]"), Contains("_share"));
  CHECK(refusal("constraints = [\"lut_share <= 1 and uram < 2\"]") == "accepted");
}

TEST_CASE("constraints of any length and form are read or refused by one line") {
  const std::string digits(50'000, '1');
  CHECK_THAT(refusal("constraints = [\"fps >= " + digits + "\"]"), Contains("up to 1000 are allowed"));
  CHECK_THAT(refusal("objectives = [\"max " + digits + "\"]"), Contains("max or min FIGURE"));
  for (const char* text : {"", "and", "fps >= 2 and", "and fps >= 2", "fps >= 2 fps <= 3", "fps >= 2and lut <= 3",
                           "fps => 2", "fps == 2", "fps >= 2 or lut <= 3", "fps >= two", "200 <= fps"})
    CHECK_THAT(refusal("constraints = [\"" + std::string(text) + "\"]"), Contains("constraints: "));
  CHECK(refusal("constraints = [\" fps>=+2.5e1  and\tlut<=3 \"]") == "accepted");
}

TEST_CASE("ranges, lists and values that say two things, or one twice, are refused") {
  const auto values = [](const std::string& key, const std::string& text) {
    return refusal("[axes]\n\"" + key + "\" = " + text);
  };
  const auto lanes = [&values](const std::string& text) { return values("convolution.lanes", text); };
  CHECK_THAT(lanes("{ from = 1, to = 3, step = 1, count = 3 }"), Contains(":2: axes: ") && Contains("not both"));
  CHECK_THAT(lanes("{ from = 1, to = 3, step = 1, log = true }"), Contains("log goes with count"));
  CHECK_THAT(lanes("{ from = 1, to = 3, count = 3, log = 1 }"), Contains("true or false"));
  CHECK_THAT(lanes("{ from = 1, to = 3, count = 2.5 }"), Contains("whole number"));
  CHECK_THAT(lanes("{ from = 1, to = 3, count = 6 }"), Contains("6 whole values are too many from 1 to 3"));
  CHECK_THAT(lanes("[1, 2, 1]"), Contains("1 stands twice"));
  CHECK_THAT(values("accelerator.clock_mhz", "[100, 100.0]"), Contains("100 stands twice"));
  CHECK_THAT(lanes("[\"1\"]"), Contains("without quotes"));
  CHECK_THAT(lanes("2"), Contains("a list of values") && Contains("or a range"));
  CHECK_THAT(values("lanes", "[2]"), Contains("section.key"));
  for (const std::string& text : {lanes("[99]"), lanes("2"), values("lanes", "[2]")})
    CHECK(text.find("--set") == std::string::npos);
  CHECK_THAT(refusal("networks = [\"ERNs18\", \"ERNs18\"]"), Contains("stands twice"));
  CHECK_THAT(refusal("stems = [\"paper\", \"paper\"]"), Contains("stands twice"));
  CHECK_THAT(refusal("input_sizes = [\"32x32\", \"32x32\"]"), Contains("stands twice"));
  for (const char* size : {"032x32", " 32x 32", "32x32 ", "32", "x32", "32X32", "99999999999x32", "-32x32", "0x32"})
    CHECK_THAT(refusal("input_sizes = [\"" + std::string(size) + "\"]"), Contains("must be HxW"));
  CHECK_THAT(refusal("sample = 0"), Contains("1 or more"));
  CHECK_THAT(refusal("objectives = [\"max fps\", \"max fps\"]"), Contains("the same figure"));
  CHECK_THAT(refusal("objectives = [\"max fps\", \"min fps\"]"), Contains("the same figure"));
  CHECK_THAT(refusal("objectives = [\"max fps\", \"min latency_ms\"]"), Contains("the same figure"));
}

TEST_CASE("a sample of a million points is drawn from all of a grid of a billion; larger grids have a stated limit") {
  std::string axes = "[axes]\n";
  const auto add = [&axes](const char* key) {
    axes += "\"" + std::string(key) + "\" = { from = 1000, to = 1999, step = 1 }\n";
  };
  for (const char* key : {"memory.activations_words", "memory.weights_words", "memory.accumulators_words"}) add(key);
  const auto points = points_of(sweep_of("sample = 1000000\n" + axes));
  CHECK(points.size() == 1'000'000);
  CHECK(std::is_sorted(points.begin(), points.end()));
  CHECK(std::adjacent_find(points.begin(), points.end()) == points.end());
  CHECK(points.front() < 100'000);
  CHECK(points.back() > 999'900'000);
  axes += "\"host.register_access_ns\" = { from = 1.0, to = 2.0, count = 10000 }\n";
  axes += "\"host.interrupt_latency_us\" = { from = 1.0, to = 2.0, count = 1000 }\n";
  CHECK_THAT(refusal("sample = 10\n" + axes), Contains("more than 1000000000000000 points"));
}

TEST_CASE("the sweep file of the worked example has the points that it says") {
  CHECK(load_sweep(ERNSIM_SOURCE_DIR "/docs/half_kv260.toml").grid() == 432);
}

TEST_CASE("the Pareto front is that of a comparison of all with all") {
  std::mt19937 random(3);
  const std::vector<SweepObjective> objectives{{"fps", true}, {"lut", false}, {"bram18", false}};
  const auto names = figure_names();
  const auto column = [&names](const char* name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  for (int round = 0; round < 20; ++round) {
    std::vector<std::vector<double>> points(100, std::vector<double>(names.size()));
    for (auto& point : points)
      for (double& figure : point) figure = static_cast<double>(random() % 12);  // many are equal
    const auto beats = [&](const std::vector<double>& a, const std::vector<double>& b) {
      const bool no_worse = a[column("fps")] >= b[column("fps")] && a[column("lut")] <= b[column("lut")] &&
                            a[column("bram18")] <= b[column("bram18")];
      return no_worse && (a[column("fps")] > b[column("fps")] || a[column("lut")] < b[column("lut")] ||
                          a[column("bram18")] < b[column("bram18")]);
    };
    std::set<std::size_t> expected;
    for (std::size_t i = 0; i < points.size(); ++i)
      if (std::none_of(points.begin(), points.end(), [&](const auto& other) { return beats(other, points[i]); }))
        expected.insert(i);
    const auto found = pareto_front(objectives, points);
    CHECK(std::set<std::size_t>(found.begin(), found.end()) == expected);
    CHECK(found.size() == expected.size());
  }
}

TEST_CASE("a constraint holds at its bound with or-equal and not without") {
  std::vector<double> figures(figure_names().size());
  figures[2] = 200;  // fps
  CHECK(keeps({{"fps", ">=", 200}}, figures));
  CHECK_FALSE(keeps({{"fps", ">", 200}}, figures));
  CHECK(keeps({{"fps", "<=", 200}}, figures));
  CHECK_FALSE(keeps({{"fps", "<", 200}}, figures));
  CHECK_FALSE(keeps({{"fps", ">=", 200}, {"cycles", ">", 0}}, figures));
}

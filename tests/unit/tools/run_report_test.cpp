#include "tools/run_report.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/unit/tools/sample_run.h"
#include "tools/run_csv.h"
#include "tools/run_json.h"
#include "tools/run_table.h"

using namespace ernsim;
using namespace ernsim::tools;
using Catch::Matchers::Contains;

namespace {

nlohmann::json json_of(const RunReport& report) { return nlohmann::json::parse(to_json(report)); }

RunReport sample_report() { return SampleRun().report(); }

}  // namespace

TEST_CASE("latency is accelerator and host together, throughput its inverse for one frame") {
  const auto report = sample_report();
  CHECK(report.accelerator_ms == Approx(8e-3));
  CHECK(report.host_ms == Approx(2e-3));
  CHECK(report.latency_ms == Approx(10e-3));
  CHECK(report.fps == Approx(100'000));
}

TEST_CASE("throughput of several frames leaves the first one out") {
  SampleRun sample;
  sample.result.frame_ps = {10'000'000, 5'000'000, 15'000'000, 10'000'000, 10'000'000};
  CHECK(sample.report().fps == Approx(100'000));
  sample.result.frame_ps = {10'000'000, 5'000'000};
  CHECK(sample.report().fps == Approx(200'000));
}

TEST_CASE("utilization is a fraction of all multipliers over the layer's cycles") {
  const auto report = sample_report();
  CHECK(report.layers[0].cycles == 400);
  CHECK(report.layers[0].utilization == Approx(2'457'600.0 / (400.0 * 64 * 64 * 3)));
}

TEST_CASE("DRAM bandwidth is bytes per accelerator time, of a DDR4-2400 channel's peak") {
  const auto report = sample_report();
  CHECK(report.achieved_gb_s == Approx((64'000 + 16'000) / 8e-6 / 1e9));
  CHECK(report.peak_gb_s == Approx(19.2).epsilon(0.001));  // 833 ps stand for 1/1.2 GHz
}

TEST_CASE(
    "a layer is bound by compute if the array works in nine cycles of ten and by what it waits for most otherwise") {
  LayerResult layer;
  layer.end_cycle = layer.cycles = 100;
  CHECK(bound_by(layer) == "latency");
  layer.array_busy_cycles = 90;
  CHECK(bound_by(layer) == "compute");
  layer.array_busy_cycles = 89;
  CHECK(bound_by(layer) == "latency");
  layer.array_busy_cycles = 20;
  const auto stalled_by = [&](StallCause cause) {
    auto copy = layer;
    copy.convolution_stalled_cycles[static_cast<std::size_t>(cause)] = 50;
    return bound_by(copy);
  };
  CHECK(stalled_by(StallCause::weights) == "weights");
  CHECK(stalled_by(StallCause::input) == "activations");
  CHECK(stalled_by(StallCause::accumulators) == "residuals");
  CHECK(stalled_by(StallCause::instructions) == "latency");
}

TEST_CASE("the best classes are sorted, of equals the smaller number first") {
  const auto best = top5({1, 3, 2, 3, 0, -1, 2});
  std::vector<int> numbers;
  for (const auto& entry : best) numbers.push_back(entry.number);
  CHECK(numbers == std::vector<int>{1, 3, 2, 6, 0});
  CHECK(top5({}).empty());
  CHECK(top5({7}).size() == 1);
}

TEST_CASE("the JSON of a run has every agreed key") {
  const auto json = json_of(sample_report());
  for (const char* key :
       {"network", "input_size", "stem", "platform", "clock_mhz", "cycles", "latency_ms", "fps", "host_ms",
        "accelerator_ms", "weight_bytes", "macs", "paper_gops", "dram", "units", "layers", "top5", "overflows", "resources"})
    CHECK(json.contains(key));
  for (const char* key :
       {"read_bytes", "write_bytes", "achieved_gb_s", "peak_gb_s", "row_hits", "row_misses", "refreshes"})
    CHECK(json["dram"].contains(key));
  for (const char* key : {"name", "kind", "macs", "start_cycle", "end_cycle", "cycles", "utilization",
                          "dram_read_bytes", "dram_write_bytes", "bound_by"})
    CHECK(json["layers"][0].contains(key));
  for (const char* key : {"lut", "ff", "bram18", "uram", "dsp"}) CHECK(json["resources"].contains(key));
  CHECK(json["units"].size() == unit_count);
  for (const auto& unit : json["units"])
    for (const char* key : {"busy_cycles", "stall_cycles", "idle_cycles"}) CHECK(unit.contains(key));
}

TEST_CASE("the JSON of a run holds the run's figures") {
  const auto json = json_of(sample_report());
  CHECK(json["input_size"] == nlohmann::json({64, 96}));
  CHECK(json["cycles"] == 1000);
  CHECK(json["units"]["convolution"]["stall_cycles"]["weights"] == 70);
  CHECK(json["top5"][0]["class"] == 2);
  CHECK(json["top5"][0]["logit"] == 0.75);
  CHECK(json["overflows"] == 3);
}

TEST_CASE("the same run gives the same JSON and CSV bytes") {
  CHECK(to_json(sample_report()) == to_json(sample_report()));
  CHECK(to_csv(sample_report()) == to_csv(sample_report()));
}

TEST_CASE("text that is not UTF-8 does not break the JSON") {
  auto report = sample_report();
  report.network = "net\xff";
  CHECK_NOTHROW(json_of(report));
}

TEST_CASE("the CSV has a line of names and one line per layer, quoted where needed") {
  const auto csv = to_csv(sample_report());
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 3);
  CHECK_THAT(csv, Catch::StartsWith("name,kind,"));
  CHECK_THAT(
      csv, Contains("\nbackbone.conv1,conv3x3,2,\"tile 8x8, weights \"\"resident\"\"\",2457600,100,500,400,0.500000,"));
}

TEST_CASE("the table shows headline, layers, units and classes") {
  const auto text = to_table(sample_report());
  CHECK_THAT(text, Contains("ERNs18") && Contains("64x96") && Contains("125 MHz") && Contains("convolution.lanes=3"));
  CHECK_THAT(text, Contains("0.010 ms") && Contains("100000.0 FPS over 1 frame\n"));
  CHECK_THAT(text, Contains("10.00 GB/s of 19.2"));
  CHECK_THAT(text, Contains("backbone.conv1") && Contains("conv3x3 s2") && Contains("50.0%"));
  CHECK_THAT(text, Contains("load_weights") && Contains("weights 7.0%"));
  CHECK_THAT(text, Contains("0.7500"));
  CHECK_THAT(text, Contains("overflows"));
}

TEST_CASE("without data there is no class table") {
  SampleRun sample;
  sample.result.logits.clear();
  CHECK_THAT(to_table(sample.report()), !Contains("logit"));
}

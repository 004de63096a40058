#include "simulation/run_report.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "report/run_csv.h"
#include "report/run_json.h"
#include "report/run_table.h"
#include "tests/unit/simulation/sample_run.h"

using namespace ernsim;
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
  for (const char* key : {"network", "input_size", "stem", "platform", "clock_mhz", "cycles", "latency_ms", "fps",
                          "host_ms", "accelerator_ms", "weight_bytes", "macs", "paper_gops", "dram", "units", "layers",
                          "top5", "overflows", "resources"})
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
  CHECK(json["notes"] == nlohmann::json({"a note"}));
}

TEST_CASE("a run says of each layer what its sums can reach, how many bits that takes, and which layers have fewer") {
  const auto json = json_of(sample_report());
  CHECK(json["layers"][0]["largest_magnitude"] == 810);
  CHECK(json["layers"][0]["accumulator_bits_needed"] == 11);
  CHECK(json["layers"][1]["largest_magnitude"] == 40'000);
  CHECK(json["accumulator_bits"] == 16);
  CHECK(json["accumulator_bits_needed"] == 17);
  CHECK(json["may_overflow"] == nlohmann::json({"conv"}));
  CHECK_THAT(to_table(sample_report()),
             Contains("overflows    3, results are wrong; sums reach 40,000 with these weights, 17 bits of 16: may "
                      "overflow in conv\n"));
}

TEST_CASE("without values overflows are not checked, but what cannot overflow is known") {
  SampleRun sample;
  sample.data = false;
  sample.result.overflows = 0;
  sample.sum_ranges[1].highest = 1000;
  CHECK(json_of(sample.report())["overflows"].is_null());
  CHECK(json_of(sample.report())["may_overflow"].empty());
  CHECK_THAT(
      to_table(sample.report()),
      Contains("overflows    not checked; sums reach 1,000 with these weights, 11 bits of 16: cannot overflow\n"));
}

TEST_CASE("without weights it is not known what sums can reach") {
  SampleRun sample;
  sample.sum_ranges.clear();
  const auto json = json_of(sample.report());
  for (const char* key : {"accumulator_bits_needed", "may_overflow"}) CHECK(json[key].is_null());
  CHECK(json["layers"][0]["largest_magnitude"].is_null());
  CHECK_THAT(to_csv(sample.report()), Contains(",,\n"));
}

TEST_CASE("energy without a price is not known: null, an empty field, words") {
  SampleRun sample;
  sample.platform.dram.part = dram_part("generic_x8");
  const auto json = json_of(sample.report());
  CHECK(json["energy_mj"].is_null());
  CHECK(json["energy"]["average_mw"].is_null());
  CHECK(json["energy"]["parts"]["dram_read"]["energy_mj"].is_null());
  CHECK(json["energy"]["parts"]["static"]["energy_mj"].is_number());
  CHECK(json["layers"][0]["dynamic_energy_mj"].is_null());
  CHECK_THAT(to_csv(sample.report()), Contains(",,810,11\n"));
  CHECK_THAT(to_table(sample.report()), Contains("energy       not known, estimate: ") && Contains("DRAM not known"));
}

TEST_CASE("an array that idles says why, the most frequent reason first") {
  const auto report = sample_report();
  CHECK(report.utilization == Approx(static_cast<double>(report.macs) / (1000.0 * 12288)));
  CHECK_THAT(to_table(report), Contains("of its multiplier-cycles used; idle: latency "));
  CHECK(report.layers[1].bound_by == "latency");
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

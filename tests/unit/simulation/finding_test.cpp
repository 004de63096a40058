#include <catch2/catch.hpp>

#include "simulation/job.h"
#include "simulation/run_digests.h"
#include "simulation/run_stages.h"
#include "simulation/run_words.h"
#include "tests/unit/simulation/sample_run.h"

using namespace ernsim;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

LayerReport layer(const char* name, std::int64_t compute, std::int64_t weights) {
  LayerReport made;
  made.name = name;
  made.macs = compute;
  made.slots[SlotUse::compute] = compute;
  made.slots[SlotUse::weights] = weights;
  made.cycles = compute + weights;
  return made;
}

RunReport with_layers(std::vector<LayerReport> layers) {
  RunReport report = SampleRun().report();
  report.accelerator_ms = 5, report.host_ms = 1, report.latency_ms = 6;
  report.slots = {};
  for (const LayerReport& each : layers)
    for (const SlotUse use : ernsim::each<SlotUse>()) report.slots[use] += each.slots[use];
  report.layers = std::move(layers);
  report.stages = stages_of(report.layers);
  return report;
}

}  // namespace

TEST_CASE("stages are layers that follow each other and share the part of their names behind what all share") {
  const auto stages = stages_of({layer("net.stem", 10, 0), layer("net.layer1.0.a", 20, 1),
                                 layer("net.layer1.1.a", 30, 2), layer("net.layer2.0.a", 40, 3), layer("conv", 50, 4)});
  REQUIRE(stages.size() == 4);
  CHECK(stages[0].name == "stem");
  CHECK(stages[1].name == "layer1");
  CHECK(stages[1].first == 1);
  CHECK(stages[1].layers == 2);
  CHECK(stages[1].cycles == 53);
  CHECK(stages[1].macs == 50);
  CHECK(stages[1].slots[SlotUse::weights] == 3);
  CHECK(stages[1].utilization == Approx(50.0 / 53));
  CHECK(stages[3].name == "conv");
}

TEST_CASE("names without a common beginning give stages by their first parts") {
  const auto stages = stages_of({layer("a.x", 1, 0), layer("a.y", 1, 0), layer("b.x", 1, 0), layer("a.z", 1, 0)});
  REQUIRE(stages.size() == 3);
  CHECK(stages[0].layers == 2);
  CHECK(stages[2].name == "a");
}

TEST_CASE("the finding names what most of the idle array waits for, and the stage that has most of it") {
  CHECK_THAT(finding_text(with_layers({layer("n.a.0", 70, 10), layer("n.b.0", 0, 20)})),
             Contains("; limited by weights (30.0% of the array's multiplier-cycles, 67% of it in b); "));
  CHECK_THAT(finding_text(with_layers({layer("n.a.0", 70, 0), layer("n.b.0", 0, 30)})), Contains(", all of it in b)"));
  CHECK_THAT(finding_text(with_layers({layer("n.a.0", 70'000, 1), layer("n.b.0", 0, 29'999)})),
             Contains(", nearly all of it in b)"));
}

TEST_CASE("the finding says that the array limits from nine of ten computing on") {
  CHECK_THAT(finding_text(with_layers({layer("a", 90, 10)})),
             Contains("limited by the array, which computes in 90.0%"));
  CHECK_THAT(finding_text(with_layers({layer("a", 89, 11)})), Contains("limited by weights (11.0%"));
}

TEST_CASE("the finding names the host where it takes longer than the accelerator") {
  auto report = with_layers({layer("a", 50, 50)});
  report.host_ms = 5;
  CHECK_THAT(finding_text(report), Contains("limited by weights"));
  report.host_ms = 5.5, report.latency_ms = 10.5;
  CHECK_THAT(finding_text(report), Contains("limited by the host (5.500 of 10.500 ms)"));
}

TEST_CASE("the finding claims room only for what is counted, and says what is too much") {
  auto report = with_layers({layer("a", 1, 1)});
  report.resources = {1, 1, report.device.has.bram18, 0, 0};
  CHECK_THAT(finding_text(report), Contains("; what is counted fits K26, with 100.0% of its BRAM18."));
  ++report.resources.bram18;
  CHECK_THAT(finding_text(report), Contains("; too large for K26, with 100.3% of its BRAM18."));
}

TEST_CASE("digests differ where network, weights or platform do, and nowhere else") {
  Job job;
  job.network.graph.nodes.resize(1);
  job.network.weights.resize(1);
  const RunDigests before = digests_of(job);
  Job other = job;
  other.network.graph.nodes[0].name = "x";
  CHECK(digests_of(other).network != before.network);
  CHECK(digests_of(other).weights == before.weights);
  other = job;
  other.network.weights[0] = workloads::SignWeights(1, 1, 1);
  CHECK(digests_of(other).weights != before.weights);
  CHECK(digests_of(other).network == before.network);
  other = job;
  other.platform.accelerator.clock_mhz += 1;
  CHECK(digests_of(other).platform != before.platform);
  other = job;
  other.run.data = false;
  CHECK(digests_of(other).weights.empty());
  CHECK(digests_of(job).network == before.network);
}

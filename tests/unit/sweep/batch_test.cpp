#include "sweep/batch.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "compiler/candidates.h"
#include "compiler/schedule_text.h"
#include "platforms/parameters.h"
#include "platforms/setting.h"
#include "sweep/outcome.h"
#include "tests/support/sweep_file.h"
#include "workloads/networks.h"

using namespace ernsim;

namespace {

std::vector<SweepBatch> batches(const std::string& axes) {
  const auto sweep = sweep_of("networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\n[axes]\n" + axes);
  return batches_of(sweep, points_of(sweep));
}

std::string schedules_on(const PlatformConfig& platform) {
  std::string text;
  const auto graph = workloads::build_network("ERNs18x075", {"released", 32, 32, 10});
  for (const auto& each : compiler::candidates(graph, platform)) text += each.as_if + compiler::to_text(each.schedule);
  return text;
}

/// Gives the parameter another value.
void change(PlatformConfig& platform, const Parameter& parameter) {
  for (const char* value : {"0", "1", "7", "2.5", "true", "false", "ZU7EV", "K26"}) {
    if (parameter.value == value) continue;
    try {
      return apply(parse_set_option(parameter.section + "." + parameter.info.key + "=" + value), platform);
    } catch (const ConfigError&) {
      continue;  // not of this one
    }
  }
  throw std::runtime_error("no other value of " + parameter.section + "." + parameter.info.key);
}

}  // namespace

TEST_CASE("the host, the FPGA and prices change no schedule, so points may share it") {
  const PlatformConfig base;
  PlatformConfig other;
  std::size_t changed = 0;
  for (const Parameter& each : parameters(base)) {
    if (each.section != "host" && each.section != "fpga" && each.section != "energy") continue;
    change(other, each);
    ++changed;
  }
  CHECK(changed > 10);
  CHECK((schedules_on(other) == schedules_on(base)));
}

TEST_CASE("points that the compiler tells apart are in batches of their own, others share one") {
  CHECK(batches("\"accelerator.clock_mhz\" = [100, 150, 200]\n").size() == 3);
  CHECK(batches("\"fpga.device\" = [\"K26\", \"ZU7EV\"]\n\"host.interrupt_latency_us\" = [1.0, 2.0]\n") ==
        std::vector<SweepBatch>{{0, 2, 1, 3}});
}

TEST_CASE("batches have every point once, and so many simulations at most") {
  auto found = batches(
      "\"host.interrupt_latency_us\" = { from = 1, to = 20, step = 1 }\n\"fpga.device\" = [\"K26\", \"ZU7EV\"]\n"
      "\"convolution.lanes\" = [1, 2]\n");
  SweepBatch all;
  for (const SweepBatch& each : found) {
    CHECK(each.size() <= 2 * most_simulations);
    all.insert(all.end(), each.begin(), each.end());
  }
  CHECK(found.size() == 2 * ((20 + most_simulations - 1) / most_simulations));
  std::sort(all.begin(), all.end());
  for (std::size_t i = 0; i < 80; ++i) REQUIRE(all.at(i) == i);
  CHECK(all.size() == 80);
}

TEST_CASE("outcomes come back from a pipe as they were, whatever their texts") {
  using Kind = PointOutcome::Kind;
  const std::vector<PointOutcome> sent{{3, Kind::simulated, "a note; another", {1.0 / 3, 1e-300, 5}},
                                       {1, Kind::refused, "two\nlines 7 r 3\n", {}},
                                       {0, Kind::killed, "", {}}};
  const auto come = outcomes_in(text_of(sent));
  REQUIRE(come.size() == sent.size());
  for (std::size_t i = 0; i < sent.size(); ++i) {
    CHECK(come[i].number == sent[i].number);
    CHECK(come[i].kind == sent[i].kind);
    CHECK(come[i].text == sent[i].text);
    CHECK(come[i].figures == sent[i].figures);
  }
}

#include "compiler/schedule_check.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "compiler/schedule_text.h"
#include "tests/support/small_schedule.h"

using namespace ernsim;
using namespace ernsim::compiler;
using namespace ernsim::test;
using Catch::Matchers::Contains;
using Catch::Matchers::Equals;
using U = UnitId;

namespace {

/// The indented example of SCHEDULE.md.
std::string documented_example() {
  std::ifstream document(ERNSIM_SOURCE_DIR "/compiler/SCHEDULE.md");
  std::string text;
  for (std::string line; std::getline(document, line) && line != "    end";)
    if (line == "    ernsim-schedule 2" || !text.empty()) text += line + '\n';
  return text + "end\n";
}

}  // namespace

TEST_CASE("the documented example is accepted") {
  REQUIRE(refusal(from_text(documented_example(), "example")).empty());
}

TEST_CASE("a valid schedule is accepted") { REQUIRE(refusal(small_schedule()).empty()); }

TEST_CASE("an empty schedule is accepted") { REQUIRE(refusal(Schedule{}).empty()); }

TEST_CASE("a schedule for another number of channels per block is refused") {
  PlatformConfig platform;
  platform.accelerator.convolution.block_channels = 32;
  REQUIRE(refusal(small_schedule(), platform) == "the schedule was made for block_channels 64; the platform has 32");
}

TEST_CASE("a schedule for another number of lanes is refused") {
  PlatformConfig platform;
  platform.accelerator.convolution.lanes = 4;
  REQUIRE(refusal(small_schedule(), platform) == "the schedule was made for lanes 3; the platform has 4");
}

TEST_CASE("a schedule for another lane mapping is refused") {
  PlatformConfig platform;
  platform.accelerator.convolution.lane_mapping = LaneMapping::pixels;
  REQUIRE(refusal(small_schedule(), platform) ==
          "the schedule was made for lane_mapping kernel_columns; the platform has pixels");
}

TEST_CASE("a thermometer code of no bits is refused") {
  Schedule s = small_schedule();
  s.thermometer = 0;
  REQUIRE_THAT(refusal(s), Contains("thermometer is 0"));
}

TEST_CASE("the last flag in the middle of a stream is refused") {
  Schedule s = small_schedule();
  instruction(s, U::store, 1).last = true;
  REQUIRE(refusal(s) == "store #1 (stem): is marked last but others follow");
}

TEST_CASE("a stream without the last flag is refused") {
  Schedule s = small_schedule();
  instruction(s, U::convolution, 1).last = false;
  REQUIRE(refusal(s) == "convolution #1 (head): is the end of the stream but not marked last");
}

TEST_CASE("an instruction in another unit's stream is refused") {
  Schedule s = small_schedule();
  instruction(s, U::store, 0).unit = U::convolution;
  REQUIRE_THAT(refusal(s), Contains("store #0 (stem): is an instruction of convolution in the stream of another unit"));
}

TEST_CASE("an instruction of a layer that does not exist is refused") {
  Schedule s = small_schedule();
  instruction(s, U::store, 0).at.layer = 2;
  REQUIRE(refusal(s) == "store #0 (layer 2): belongs to layer 2; the schedule has 2");
}

TEST_CASE("a wait for no credits is refused") {
  Schedule s = small_schedule();
  instruction(s, U::store, 0).waits[0].count = 0;
  REQUIRE_THAT(refusal(s), Contains("waits for 0 credits of activations:quantization->store; 1 to 2047 are allowed"));
}

TEST_CASE("a wait for more credits than hardware counts is refused") {
  Schedule s = small_schedule();
  instruction(s, U::store, 0).waits[0].count = 2048;
  REQUIRE_THAT(refusal(s), Contains("waits for 2048 credits"));
}

TEST_CASE("too many waits are refused") {
  Schedule s = small_schedule();
  instruction(s, U::store, 0).wait_count = 7;
  REQUIRE_THAT(refusal(s), Contains("has 7 waits; at most 6"));
}

TEST_CASE("a wait for another unit's semaphore is refused") {
  Schedule s = small_schedule();
  instruction(s, U::store, 0).waits[0].semaphore = semaphore(MemoryId::weights, U::load_weights, U::convolution);
  REQUIRE(refusal(s) == "store #0 (stem): waits for weights:load_weights->convolution; only convolution may");
}

TEST_CASE("a wait for a semaphore that does not exist is refused") {
  Schedule s = small_schedule();
  instruction(s, U::store, 0).waits[0].semaphore = 19;
  REQUIRE_THAT(refusal(s), Contains("waits for semaphore 19; there are 19"));
}

TEST_CASE("a post of another unit's semaphore is refused") {
  Schedule s = small_schedule();
  instruction(s, U::store, 0).posts |= 1u << semaphore(MemoryId::weights, U::load_weights, U::convolution);
  REQUIRE(refusal(s) == "store #0 (stem): posts weights:load_weights->convolution; only load_weights may");
}

TEST_CASE("a post of a semaphore that does not exist is refused") {
  Schedule s = small_schedule();
  instruction(s, U::store, 0).posts |= 1u << 19;
  REQUIRE_THAT(refusal(s), Contains("posts semaphore 19; there are 19"));
}

TEST_CASE("units that wait for each other are reported as a cycle") {
  Schedule s = small_schedule();
  s.semaphore_initial[semaphore(MemoryId::accumulators, U::quantization, U::convolution)] = 0;
  REQUIRE_THAT(refusal(s),
               Equals("deadlock: quantization #0 (stem) waits for 1 credit of accumulators:convolution->quantization, "
                      "which convolution #0 would post; convolution #0 (stem) waits for 1 credit of "
                      "accumulators:quantization->convolution, which quantization #0 would post"));
}

TEST_CASE("a cycle over external memory is found") {
  Schedule s = small_schedule();
  auto& stream = s.streams[U::load_activations];
  std::swap(stream[0], stream[1]);
  std::swap(stream[0].last, stream[1].last);
  REQUIRE_THAT(refusal(s),
               Contains("load_activations #0 (head) waits for 1 credit of external:store->load_activations, "
                        "which store #0 would post; store #0 (stem) waits for") &&
                   Contains("convolution #0 (stem) waits for 1 credit of activations:load_activations"));
}

TEST_CASE("a wait for credits that nobody posts is reported alone") {
  Schedule s = small_schedule();
  instruction(s, U::store, 2).waits[0].count = 3;
  REQUIRE_THAT(refusal(s), Equals("deadlock: store #2 (head) waits for 2 credits of results:quantization->store, which "
                                  "quantization never posts"));
}

TEST_CASE("two waits of one instruction for one semaphore add up") {
  Schedule s = small_schedule();
  Instruction& i = instruction(s, U::store, 2);
  i.waits[i.wait_count++] = i.waits[0];
  REQUIRE_THAT(refusal(s), Contains("deadlock: store #2 (head) waits for 1 credit of results:quantization->store"));
}

#include <catch2/catch.hpp>

#include "compiler/schedule_text.h"
#include "tests/support/small_schedule.h"

using namespace ernsim;
using namespace ernsim::compiler;
using Catch::Matchers::Contains;
using Catch::Matchers::Equals;

namespace {

std::string error_of(const std::string& text) {
  try {
    from_text(text, "net.schedule");
  } catch (const ScheduleError& error) {
    return error.what();
  }
  return "no error";
}

/// The error for the small schedule's text with the first `from` replaced.
std::string error_with(const std::string& from, const std::string& to) {
  std::string text = to_text(test::small_schedule());
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return error_of(text.replace(at, from.size(), to));
}

}  // namespace

TEST_CASE("an empty file is refused") {
  REQUIRE(error_of("") == "net.schedule:1: not a schedule; the first line must be 'ernsim-schedule 2'");
}

TEST_CASE("a file that does not start with the version is refused") {
  REQUIRE_THAT(error_of("\n\nernsim-schedule 2\n"), Contains("net.schedule:1: not a schedule"));
}

TEST_CASE("another version is refused") {
  REQUIRE_THAT(error_with("ernsim-schedule 2", "ernsim-schedule 3"),
               Equals("net.schedule:1: version '3' is unknown; 2 is supported"));
}

TEST_CASE("an unknown key is refused with the nearest known one") {
  REQUIRE_THAT(error_with("lanes=", "laness="), Equals("net.schedule:2: unknown key 'laness'; did you mean 'lanes'?"));
}

TEST_CASE("a key of another unit is refused") {
  REQUIRE_THAT(error_with("from_results=1", "image=1"), Contains("unknown key 'image'"));
}

TEST_CASE("a missing key is refused by name") {
  REQUIRE_THAT(error_with(" thermometer=10", ""),
               Equals("net.schedule:2: key 'thermometer' is missing; 'header' needs thermometer="));
}

TEST_CASE("a key that appears twice is refused") {
  REQUIRE_THAT(error_with("lanes=3", "lanes=3 lanes=3"), Contains("key 'lanes' appears twice"));
}

TEST_CASE("a value that is no number is refused") {
  REQUIRE_THAT(error_with("kernel=1 stride=1 w", "kernel=one stride=1 w"),
               Contains("kernel is 'one'; a whole number from 0 to 255 is expected"));
}

TEST_CASE("a number with a tail is refused") {
  REQUIRE_THAT(error_with("lanes=3", "lanes=3.0"), Contains("lanes is '3.0'; a whole number from 0"));
}

TEST_CASE("a value out of range is refused with the range") {
  REQUIRE_THAT(error_with("in_rows=4", "in_rows=65536"),
               Contains("in_rows is '65536'; a whole number from 0 to 65535"));
}

TEST_CASE("a negative value is refused where none can be") {
  REQUIRE_THAT(error_with("in_rows=4", "in_rows=-1"), Contains("in_rows is '-1'"));
}

TEST_CASE("an offset may be negative") { REQUIRE(error_with("row_offset=0", "row_offset=-32768") == "no error"); }

TEST_CASE("a flag that is neither 0 nor 1 is refused") {
  REQUIRE_THAT(error_with("image=1", "image=2"), Contains("image is '2'; a whole number from 0 to 1"));
}

TEST_CASE("an unknown unit is refused with the nearest known one") {
  REQUIRE_THAT(error_with("unit convolution", "unit convoluton"),
               Contains("unknown unit 'convoluton'; did you mean 'convolution'?"));
}

TEST_CASE("a unit without a name is refused") {
  REQUIRE_THAT(error_with("unit store", "unit"), Contains("the unit is missing; 'unit NAME' is expected"));
}

TEST_CASE("a unit that appears twice is refused") {
  REQUIRE_THAT(error_with("unit store", "unit convolution"), Contains("unit convolution appears twice"));
}

TEST_CASE("an unknown memory in a semaphore is refused with the nearest known one") {
  REQUIRE_THAT(error_with("post=weights:", "post=weihgts:"),
               Contains("unknown semaphore 'weihgts:load_weights->convolution'; did you mean "
                        "'weights:load_weights->convolution'?"));
}

TEST_CASE("an unknown semaphore is refused where its initial value is given") {
  REQUIRE_THAT(
      error_with("semaphore accumulators:quantization->convolution", "semaphore accumulators:store->convolution"),
      Contains("unknown semaphore 'accumulators:store->convolution'; did you mean"));
}

TEST_CASE("a semaphore that appears twice is refused") {
  REQUIRE_THAT(error_with("unit convolution", "semaphore results:store->quantization initial=1\nunit convolution"),
               Contains("semaphore results:store->quantization appears twice"));
}

TEST_CASE("a wait without a count is refused") {
  REQUIRE_THAT(error_with("store->load_activations*1", "store->load_activations"),
               Contains("count of a wait is ''; a whole number from 1 to 2047"));
}

TEST_CASE("a wait count beyond what hardware counts is refused") {
  REQUIRE_THAT(error_with("store->load_activations*1", "store->load_activations*2048"),
               Contains("count of a wait is '2048'; a whole number from 1 to 2047"));
}

TEST_CASE("more waits than an instruction has are refused") {
  const std::string one = "external:store->load_activations*1";
  REQUIRE_THAT(error_with(one, one + ',' + one + ',' + one + ',' + one + ',' + one + ',' + one + ',' + one),
               Contains("too many waits; at most 6"));
}

TEST_CASE("an empty list of waits is refused") {
  REQUIRE_THAT(error_with("wait=external:store->load_activations*1", "wait="), Contains("unknown semaphore ''"));
}

TEST_CASE("a semaphore posted twice by one instruction is refused") {
  const std::string post = "activations:load_activations->convolution";
  REQUIRE_THAT(error_with("post=" + post, "post=" + post + ',' + post), Contains("is posted twice"));
}

TEST_CASE("incomplete coordinates are refused") {
  REQUIRE_THAT(error_with("at=0/0/0/0", "at=0/0/0"), Contains("at is '0/0/0'; layer/block/row/column is expected"));
}

TEST_CASE("an unknown kind of region is refused with the nearest known one") {
  REQUIRE_THAT(error_with("kind=codes", "kind=code"), Contains("unknown kind 'code'; did you mean 'codes'?"));
}

TEST_CASE("an unknown lane mapping is refused") {
  REQUIRE_THAT(error_with("lane_mapping=kernel_columns", "lane_mapping=rows"),
               Contains("lane_mapping is 'rows'; kernel_columns and pixels are allowed"));
}

TEST_CASE("an unknown line is refused with the nearest known one") {
  REQUIRE_THAT(error_with("\nregion ", "\nregoin "), Contains("unknown line 'regoin'; did you mean 'region'?"));
}

TEST_CASE("an instruction of another unit's kind is refused") {
  REQUIRE_THAT(error_with("\nconvolve ", "\nquantize "),
               Contains("'quantize' is no instruction of convolution; 'convolve' is expected"));
}

TEST_CASE("an instruction before the first unit is refused") {
  REQUIRE_THAT(error_with("unit load_activations\n", ""), Contains("a line 'unit NAME' is expected"));
}

TEST_CASE("a table before the header is refused") {
  REQUIRE_THAT(error_of("ernsim-schedule 2\nend\n"),
               Contains(":2: 'end' comes too early; the line 'header' is expected"));
}

TEST_CASE("a second header is refused") {
  REQUIRE_THAT(error_with("\n\nregion", "\nheader\nregion"), Contains("a second header"));
}

TEST_CASE("a file without its end is refused") {
  REQUIRE_THAT(error_with("\nend\n", "\n"), Contains("the file is cut short; a line 'end' is expected"));
}

TEST_CASE("text behind the end is refused") {
  REQUIRE_THAT(error_with("\nend\n", "\nend\nunit store\n"), Contains("nothing may follow the line 'end'"));
}

TEST_CASE("a word that is no key=value is refused") {
  REQUIRE_THAT(error_with("lanes=3", "lanes"), Contains("'lanes' is not understood; key=value is expected"));
}

TEST_CASE("a quoted value without its end is refused") {
  REQUIRE_THAT(error_with("\\\"in order\\\"\"", "in order"), Contains("a value in double quotes does not end"));
}

TEST_CASE("an unknown escape is refused") {
  REQUIRE_THAT(error_with("\\\"in order", "\\qin order"), Contains("choice has an unknown escape"));
}

TEST_CASE("bytes that cannot be printed do not reach the message") {
  REQUIRE_THAT(error_with("lanes=3", "lanes=\x01\xFF"), Contains("lanes is '\\x01\\xFF'"));
}

TEST_CASE("a long value is cut off in the message") {
  REQUIRE(error_with("lanes=3", "lanes=" + std::string(100000, 'x')).size() < 200);
}

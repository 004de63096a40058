#include <catch2/catch.hpp>

#include "tests/support/small_schedule.h"

using namespace ernsim;
using namespace ernsim::compiler;
using namespace ernsim::test;
using Catch::Matchers::Contains;
using Catch::Matchers::Equals;
using U = UnitId;
using M = MemoryId;

namespace {

/// Removes a semaphore from every wait and post of the schedule.
Schedule without(M memory, U from, U to) {
  Schedule s = small_schedule();
  const auto number = semaphore(memory, from, to);
  for (auto& stream : s.streams)
    for (auto& i : stream) {
      i.posts &= ~(std::uint32_t{1} << number);
      for (std::uint8_t w = i.wait_count; w-- > 0;)
        if (i.waits[w].semaphore == number) {
          i.waits[w] = i.waits[i.wait_count - 1u];
          i.waits[--i.wait_count] = {};
        }
    }
  return s;
}

/// Makes the second layer work on the image, without the sums of the first, and store other words of S: only the
/// semaphores of the accumulators and results are left between the layers.
void separate_layers(Schedule& s) {
  Instruction& load = instruction(s, U::load_activations, 1);
  load.transfer = instruction(s, U::load_activations, 0).transfer;
  load.transfer.memory_address = 32;
  remove_waits(load);
  s.semaphore_initial[semaphore(M::results, U::store, U::quantization)] += 1;
  Instruction& quantize = instruction(s, U::quantization, 1);
  quantize.quantization.add_residual = false;
  quantize.quantization.result_address = 16;
  quantize.waits[1] = quantize.waits[2];  // residuals
  quantize.waits[2] = {};
  quantize.wait_count = 2;
  instruction(s, U::store, 2).transfer.memory_address = 16;
}

}  // namespace

TEST_CASE("separate layers without conflicts are accepted") {
  Schedule s = small_schedule();
  separate_layers(s);
  REQUIRE(refusal(s).empty());
}

TEST_CASE("a convolution that does not wait for its input is a race") {
  REQUIRE_THAT(refusal(without(M::activations, U::load_activations, U::convolution)),
               Equals("race: convolution #0 (stem) reads activations words 0 to 15, and no semaphore makes it wait for "
                      "load_activations #0 (stem), which writes them"));
}

TEST_CASE("a convolution that does not wait for its weights is a race") {
  REQUIRE_THAT(refusal(without(M::weights, U::load_weights, U::convolution)),
               Contains("race: convolution #0 (stem) reads weights words 0 to 63"));
}

TEST_CASE("a quantization that does not wait for its thresholds is a race") {
  REQUIRE_THAT(
      refusal(without(M::thresholds, U::load_thresholds, U::quantization)),
      Contains("race: quantization #0 (stem) reads thresholds words 0 to 0") && Contains("load_thresholds #0"));
}

TEST_CASE("accumulators overwritten before they are quantized are a race") {
  Schedule s = without(M::accumulators, U::quantization, U::convolution);
  REQUIRE(refusal(s).empty());  // the second layer's input is the first one's output
  separate_layers(s);
  REQUIRE_THAT(refusal(s),
               Equals("race: quantization #0 (stem) reads accumulators words 0 to 15, and no semaphore makes "
                      "it wait for convolution #1 (head), which writes them"));
}

TEST_CASE("results overwritten before they are stored are a race") {
  Schedule s = small_schedule();
  separate_layers(s);
  instruction(s, U::quantization, 1).quantization.result_address = 15;
  REQUIRE_THAT(refusal(s),
               Equals("race: quantization #1 (head) writes results words 15 to 15, and no semaphore makes it "
                      "wait for store #1 (stem), which reads them"));
}

TEST_CASE("codes stored without waiting for the quantization are no codes yet") {
  REQUIRE_THAT(refusal(without(M::activations, U::quantization, U::store)),
               Contains("store #0 (stem)") && Contains("activations words 16 to 31"));
}

TEST_CASE("codes loaded without waiting for the store are not there yet") {
  REQUIRE_THAT(
      refusal(without(M::external, U::store, U::load_activations)),
      Equals("load_activations #1 (head): reads external bytes 12288 to 12543, which nobody wrote before; a write "
             "or a semaphore is missing"));
}

TEST_CASE("residuals loaded without waiting for the store are not there yet") {
  REQUIRE_THAT(refusal(without(M::external, U::store, U::load_residuals)),
               Contains("load_residuals #0 (head): reads external bytes 16384"));
}

TEST_CASE("input overwritten while a convolution reads it is a race") {
  Schedule s = small_schedule();
  instruction(s, U::quantization, 0).quantization.code_address = 2;
  instruction(s, U::store, 0).transfer.memory_address = 2;
  REQUIRE(refusal(s).empty());  // the accumulators order the quantization after the convolution
  instruction(s, U::load_activations, 1).transfer.memory_address = 0;
  instruction(s, U::convolution, 1).convolution.input_address = 0;
  REQUIRE(refusal(s).empty());  // through convolution, quantization and store
  Instruction& early = instruction(s, U::load_activations, 1);
  early.transfer = instruction(s, U::load_activations, 0).transfer;
  remove_waits(early);
  REQUIRE_THAT(refusal(s), Contains("race: ") && Contains("activations words 0 to 15"));
}

TEST_CASE("input words that nobody wrote are refused") {
  Schedule s = small_schedule();
  instruction(s, U::convolution, 0).convolution.in_blocks = 2;
  instruction(s, U::convolution, 0).convolution.weight_address = 0;
  REQUIRE_THAT(refusal(s), Contains("convolution #0 (stem)") && Contains("activations words"));
}

TEST_CASE("accumulating on what nobody wrote is refused") {
  Schedule s = small_schedule();
  instruction(s, U::convolution, 0).convolution.accumulate = true;
  REQUIRE_THAT(refusal(s),
               Contains("convolution #0 (stem): reads accumulators words 0 to 15, which nobody wrote before"));
}

TEST_CASE("accumulating on an earlier pass of the same unit is ordered") {
  Schedule s = small_schedule();
  auto& stream = s.streams[U::convolution];
  Instruction second = stream[0];
  remove_waits(second);
  second.convolution.accumulate = true;
  stream[0].posts = 0;
  stream.insert(stream.begin() + 1, second);
  REQUIRE(refusal(s).empty());
}

TEST_CASE("only the words nobody wrote are named") {
  Schedule s = small_schedule();
  instruction(s, U::convolution, 1).convolution.input_address = 34;
  REQUIRE_THAT(refusal(s), Contains("convolution #1 (head): reads activations words 48 to 49, which nobody wrote"));
}

TEST_CASE("neighbouring blocks interleaved in one tensor do not conflict") {
  Schedule s = small_schedule();
  separate_layers(s);
  auto& first = instruction(s, U::quantization, 0).quantization;
  auto& second = instruction(s, U::quantization, 1).quantization;
  first.code_address = 64;
  second.code_address = 68;
  first.code_row_stride = second.code_row_stride = 8;
  second.emit_codes = true;
  auto& store = instruction(s, U::store, 0).transfer;
  store.memory_address = 64;
  store.memory_stride_words = 8;
  store.run_bytes = 64;
  store.inner_count = 4;
  store.inner_stride_bytes = 64;
  REQUIRE(refusal(s).empty());
  second.code_address = 67;
  REQUIRE_THAT(refusal(s),
               Equals("race: quantization #1 (head) writes activations words 67 to 67, and no semaphore makes "
                      "it wait for store #0 (stem), which reads them"));
}

TEST_CASE("initial credits do not order anything") {
  Schedule s = small_schedule();
  s.semaphore_initial[semaphore(M::accumulators, U::convolution, U::quantization)] = 1;
  REQUIRE_THAT(refusal(s), Contains("quantization #0 (stem)") && Contains("accumulators words 0 to 15"));
}

#include <catch2/catch.hpp>

#include "tests/rtl/bench/check.h"
#include "tests/rtl/bench/random_stimulus.h"
#include "tests/rtl/bench/shapes.h"

// Random streams on the C++ units and on the Verilated ones: every instruction's start and end, every credit, every
// access to a memory with its cycle, address and word, and the memories' final contents. ERNSIM_RTL_CASES sets how
// many.

using namespace ernsim::rtl;

namespace {

void check_cases(const Shape& shape, RandomCase random, RtlFactory factory, int usual) {
  for (int seed = 0; seed < case_count(usual); ++seed) {
    INFO("seed " << seed);
    const Before before = seed % 3 == 1 ? Before::other_work : Before::nothing;
    const CaseResult result = check_case(random, shape, static_cast<std::uint32_t>(seed), factory, before);
    REQUIRE(result.fault == "");
    REQUIRE(result.events > 0);
    REQUIRE(result.verdict.values == "");
    REQUIRE(result.verdict.order == "");
    REQUIRE(result.verdict.cycles == "");
  }
}

}  // namespace

TEST_CASE("the convolution unit with B = 16, M = 3 equals the C++ unit cycle by cycle") {
  check_cases(b16_m3(), random_convolutions, convolution_b16_m3, 300);
}

TEST_CASE("the convolution unit with B = 16, M = 1, its shortest pipeline and 12 bits equals the C++ unit") {
  check_cases(b16_m1(), random_convolutions, convolution_b16_m1, 64);
}

TEST_CASE("the convolution unit with B = 8, M = 2 equals the C++ unit cycle by cycle") {
  check_cases(b8_m2(), random_convolutions, convolution_b8_m2, 300);
}

TEST_CASE("the convolution unit with B = 64, M = 1, its shortest pipeline and 12 bits equals the C++ unit") {
  check_cases(b64_m1(), random_convolutions, convolution_b64_m1, 70);
}

TEST_CASE("the convolution unit with B = 64, M = 3 equals the C++ unit cycle by cycle") {
  check_cases(b64_m3(), random_convolutions, convolution_b64_m3, 70);
}

TEST_CASE("the quantization unit with B = 16 equals the C++ unit cycle by cycle") {
  check_cases(b16_m3(), random_quantizations, quantization_b16_m3, 300);
}

TEST_CASE("the quantization unit with B = 16, its shortest pipeline and 12 bits equals the C++ unit") {
  check_cases(b16_m1(), random_quantizations, quantization_b16_m1, 64);
}

TEST_CASE("the quantization unit with B = 64, its shortest pipeline and 12 bits equals the C++ unit") {
  check_cases(b64_m1(), random_quantizations, quantization_b64_m1, 120);
}

TEST_CASE("both units, their memories, queues and semaphores with B = 16, M = 3 equal the C++ ones") {
  check_cases(b16_m3(), random_loop, compute_loop_b16_m3, 180);
}

TEST_CASE("both units, their memories, queues and semaphores with B = 16, M = 1 equal the C++ ones") {
  check_cases(b16_m1(), random_loop, compute_loop_b16_m1, 60);
}

TEST_CASE("both units, their memories, queues and semaphores with B = 64, M = 1 equal the C++ ones") {
  check_cases(b64_m1(), random_loop, compute_loop_b64_m1, 36);
}

TEST_CASE("both units, their memories, queues and semaphores with B = 64, M = 3 equal the C++ ones") {
  check_cases(b64_m3(), random_loop, compute_loop_b64_m3, 36);
}

#include "models/accelerator/resources.h"

#include <catch2/catch.hpp>

using namespace ernsim;

TEST_CASE("a memory takes the block RAMs of its best shape") {
  CHECK(bram18_of(65, 1) == 1);
  CHECK(bram18_of(512, 36) == 1);
  CHECK(bram18_of(513, 36) == 2);
  CHECK(bram18_of(1024, 18) == 1);
  CHECK(bram18_of(1024, 19) == 2);
  CHECK(bram18_of(2048, 1024) == 114);
  CHECK(bram18_of(4096, 128) == 30);  // 9 bits wide, two deep
  CHECK(bram18_of(16384, 1) == 1);
}

TEST_CASE("a memory of at most 64 words is no block RAM") {
  CHECK(bram18_of(64, 4096) == 0);
  CHECK(bram18_of(65, 4096) > 0);
}

TEST_CASE("a memory never takes fewer block RAMs than its bits need, nor more when it is smaller") {
  for (std::int64_t words = 65; words < 20000; words = words * 5 / 4)
    for (std::int64_t bits = 1; bits < 2000; bits = bits * 7 / 5 + 1) {
      const auto count = bram18_of(words, bits);
      CHECK(count * 18 * 1024 >= words * bits);
      CHECK(bram18_of(words - 1, bits) <= count);
      if (bits > 1) CHECK(bram18_of(words, bits - 1) <= count);
    }
}

TEST_CASE("the published configuration takes the published logic, no DSP, no URAM, and its block RAM within 5 %") {
  const Resources found = resources_of(AcceleratorConfig{});
  CHECK(found.lut == 77572);
  CHECK(found.ff == 83805);
  CHECK(found.dsp == 0);
  CHECK(found.uram == 0);
  CHECK(found.bram18 >= 266);
  CHECK(found.bram18 <= 294);  // Table 6: 280
}

TEST_CASE("logic grows with the number of multiply-accumulate cells") {
  AcceleratorConfig config;
  config.convolution.lanes = 1;
  CHECK(resources_of(config).lut == 25857);
  config.convolution.cores = 3;
  CHECK(resources_of(config).lut == 77572);
}

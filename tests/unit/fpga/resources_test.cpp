#include "models/estimates/fpga/resources.h"

#include <catch2/catch.hpp>

#include "models/estimates/fpga/devices.h"
#include "models/estimates/fpga/memory_mapping.h"
#include "models/platform/platform_config.h"

using namespace ernsim;

namespace {

Resources part(const PlatformConfig& config, const std::string& name) {
  for (const PartResources& each : resources_by_part(config.accelerator, config.fpga))
    if (each.name == name) return each.used;
  return {};
}

/// Compares the names of the parameter's values with those of the devices.
struct Named {
  template <class Value>
  void operator()(const ParameterInfo&, const Value&) const {}
  void operator()(const ParameterInfo&, const Device&, EnumNames<Device> names) const {
    CHECK(names.size() == devices.size());
    for (const auto& [name, device] : names) CHECK(device_of(device).name == std::string(name));
  }
};

}  // namespace

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

TEST_CASE("a memory of at most 64 words is LUT RAM, eight LUTs for 14 bits of 32 words or 7 bits of 64") {
  CHECK(lut_ram_of(1, 14) == 8);
  CHECK(lut_ram_of(32, 15) == 16);
  CHECK(lut_ram_of(33, 14) == 16);
  CHECK(lut_ram_of(64, 7) == 8);
  PlatformConfig config;
  config.accelerator.memory.thresholds_entries = 64;
  CHECK(part(config, "thresholds").bram18 == 0);
  CHECK(part(config, "thresholds").lut == lut_ram_of(64, 4096));
  config.accelerator.memory.thresholds_entries = 65;
  CHECK(part(config, "thresholds").bram18 == bram18_of(65, 4096));
  CHECK(part(config, "thresholds").lut == 0);
}

TEST_CASE("the buffer of the embedding is a memory of its depth in beats, as wide as the port") {
  PlatformConfig config;
  for (const std::int64_t width : {4, 8, 16})
    for (const std::int64_t beats : {65, 128, 4096}) {
      config.accelerator.interconnect.port_width_bytes = width;
      config.accelerator.pixel_embedding.buffer_beats = beats;
      CHECK(part(config, "embedding_buffer").bram18 == bram18_of(beats, 8 * width));
      CHECK(part(config, "embedding_buffer").lut == 0);
    }
  config.accelerator.pixel_embedding.buffer_beats = 64;
  CHECK(part(config, "embedding_buffer").lut == lut_ram_of(64, 128));
  CHECK(part(config, "embedding_buffer").bram18 == 0);
}

TEST_CASE("an engine's buffer holds its bursts under way, a beat of every port of its gang side by side") {
  PlatformConfig config;
  auto& accelerator = config.accelerator;
  accelerator.dma.max_outstanding = 16;
  accelerator.interconnect.gang_of_store = 1;
  accelerator.interconnect.gang_of_load_weights = 4;
  CHECK(part(config, "load_thresholds_buffer").bram18 == bram18_of(256, 128));
  CHECK(part(config, "store_buffer").bram18 == bram18_of(256, 128));
  CHECK(part(config, "load_weights_buffer").lut == lut_ram_of(64, 512));
  accelerator.interconnect.ports = 2;
  CHECK(part(config, "load_weights_buffer").bram18 == bram18_of(128, 256));
}

TEST_CASE("a memory becomes UltraRAM from the number of words that is asked for on") {
  CHECK(uram_of(4096, 72) == 1);
  CHECK(uram_of(4097, 72) == 2);
  CHECK(uram_of(4096, 73) == 2);
  PlatformConfig config;
  config.fpga.uram_min_words = config.accelerator.memory.activations_words + 1;
  CHECK(part(config, "activations").uram == 0);
  config.fpga.uram_min_words = config.accelerator.memory.activations_words;
  CHECK(part(config, "activations").uram == 4 * uram_of(1024, 128));
  CHECK(part(config, "activations").bram18 == 0);
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

TEST_CASE(
    "the published configuration takes less logic than the published total, no DSP, no URAM, and its block RAM within "
    "5 %") {
  const Resources found = resources_of({}, {});
  CHECK(found.lut < 77572);  // Table 6, with the units that are not counted
  CHECK(found.ff < 83805);
  CHECK(found.dsp == 0);
  CHECK(found.uram == 0);
  CHECK(found.bram18 >= 266);
  CHECK(found.bram18 <= 294);  // Table 6: 280
}

TEST_CASE("what a configuration takes is the sum of what its parts take") {
  for (const std::int64_t block : {8, 16, 32, 64})
    for (const std::int64_t uram : {0, 2048}) {
      PlatformConfig config;
      config.accelerator.convolution.block_channels = block;
      config.fpga.uram_min_words = uram;
      PerResource<std::int64_t> sum;
      for (const PartResources& each : resources_by_part(config.accelerator, config.fpga)) {
        sum.lut += each.used.lut;
        sum.ff += each.used.ff;
        sum.bram18 += each.used.bram18;
        sum.uram += each.used.uram;
        sum.dsp += each.used.dsp;
      }
      const Resources total = resources_of(config.accelerator, config.fpga);
      CHECK(total.lut == sum.lut);
      CHECK(total.ff == sum.ff);
      CHECK(total.bram18 == sum.bram18);
      CHECK(total.uram == sum.uram);
      CHECK(total.dsp == sum.dsp);
    }
}

TEST_CASE("more lanes, channels or cores take more logic") {
  const auto lut = [](std::int64_t block, std::int64_t lanes, std::int64_t cores) {
    PlatformConfig config;
    config.accelerator.convolution.block_channels = block;
    config.accelerator.convolution.lanes = lanes;
    config.accelerator.convolution.cores = cores;
    return resources_of(config.accelerator, config.fpga).lut;
  };
  for (const std::int64_t block : {8, 16, 32, 64})
    for (std::int64_t lanes = 1; lanes < 8; ++lanes) {
      CHECK(lut(block, lanes, 1) < lut(block, lanes + 1, 1));
      CHECK(lut(block, lanes, 1) < lut(block, lanes, 2));
      if (block < 64) CHECK(lut(block, lanes, 1) < lut(2 * block, lanes, 1));
    }
}

TEST_CASE("memories that cores and lanes use at once are as many times as wide and as shallow, in banks") {
  PlatformConfig config;
  config.accelerator.convolution.cores = 4;
  CHECK(part(config, "activations").bram18 == 4 * bram18_of(4096 / 16, 4 * 128));
  CHECK(part(config, "accumulators").bram18 == bram18_of(2048 / 4, 4 * 1024));
  CHECK(part(config, "residuals").bram18 == bram18_of(1024 / 4, 4 * 1024));
  CHECK(part(config, "results").bram18 == bram18_of(1024 / 4, 4 * 1024));
  CHECK(part(config, "weights").bram18 == part(PlatformConfig{}, "weights").bram18);  // all cores hold the same pane
  CHECK(part(config, "thresholds").lut == part(PlatformConfig{}, "thresholds").lut);
  config.accelerator.convolution.lane_mapping = LaneMapping::pixels;
  CHECK(part(config, "activations").bram18 == 4 * bram18_of(4096 / 16, 4 * 128));
  CHECK(part(config, "accumulators").bram18 == bram18_of(171, 12 * 1024));
  CHECK(part(config, "residuals").bram18 == bram18_of(1024 / 4, 4 * 1024));
  config.accelerator.memory.activations_banks = 1;
  CHECK(part(config, "activations").bram18 == bram18_of(4096 / 4, 4 * 128));
  config.accelerator.convolution.cores = 16;
  config.accelerator.convolution.lane_mapping = LaneMapping::kernel_columns;
  CHECK(part(config, "residuals").lut == lut_ram_of(64, 16 * 1024));  // 64 rows are LUT RAM
}

TEST_CASE("sixteen cores take more block RAM than one") {
  PlatformConfig config;
  const auto one = resources_of(config.accelerator, config.fpga).bram18;
  config.accelerator.convolution.cores = 16;
  CHECK(2 * resources_of(config.accelerator, config.fpga).bram18 > 3 * one);
}

TEST_CASE("a configuration fits a device up to the last one of what the device has") {
  const FpgaDevice& k26 = device_of(Device::k26);
  Resources used = k26.has;
  CHECK(fits(used, k26));
  ++used.bram18;
  CHECK_FALSE(fits(used, k26));
  CHECK(share_of(used, k26) == Approx(289.0 / 288));
}

TEST_CASE("what a device has none of does not fit, unless it is not needed") {
  const FpgaDevice& zu3eg = device_of(Device::zu3eg);
  CHECK(fits({1, 1, 1, 0, 0}, zu3eg));
  CHECK_FALSE(fits({1, 1, 1, 1, 0}, zu3eg));
}

TEST_CASE("the table of devices is in the order of the parameter's values") {
  PlatformConfig config;
  visit_fpga(config.fpga, Named{});
}

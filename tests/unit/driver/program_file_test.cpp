#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>

#include "driver/ernsim_program.h"
#include "models/accelerator/control/register_texts.h"
#include "models/platform/program_file.h"
#include "models/platform/program_image.h"

using namespace ernsim;

namespace {

Program small_program() {
  Program program;
  program.external_bytes = 4096;
  program.contents = {{0, {1, 2, 3}}, {1024, std::vector<std::uint8_t>(100, 7)}};
  program.streams[UnitId::load_thresholds].resize(3);
  program.stream_address[UnitId::load_thresholds] = 2048;
  program.input_address = 3000;
  program.input_height = 4;
  program.input_width = 5;
  program.logits_address = 3500;
  program.logits_height = 1;
  program.logits_width = 2;
  program.logit_scale = {0.5, -0.25, 3.0};
  return program;
}

std::vector<std::uint8_t> file_of(const Program& program) {
  constexpr std::int64_t block_channels = 16;
  return program_file(program, host_program(program, block_channels), 0x1234);
}

bool opens(std::vector<std::uint8_t> file) {
  file.shrink_to_fit();  // so that a sanitizer sees what is read behind its end
  ernsim_program opened;
  return ernsim_program_open(&opened, file.data(), file.size()) != 0;
}

/// Reads all that an opened program offers.
std::uint64_t read_all(const std::vector<std::uint8_t>& file) {
  ernsim_program opened;
  if (ernsim_program_open(&opened, file.data(), file.size()) == 0) return 0;
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < opened.registers; ++i) sum += ernsim_program_register(&opened, i).value;
  for (std::uint32_t i = 0; i < opened.classes; ++i) sum += ernsim_program_scale(&opened, i) > 0 ? 1U : 0U;
  for (std::uint32_t i = 0; i < opened.regions; ++i) {
    const ernsim_region region = ernsim_program_region(&opened, i);
    for (std::uint32_t b = 0; b < region.bytes; ++b) sum += region.data[b];
  }
  return sum;
}

}  // namespace

TEST_CASE("the regions of a program file make the memory that the simulator places") {
  const Program program = small_program();
  const auto file = file_of(program);
  ernsim_program opened;
  REQUIRE(ernsim_program_open(&opened, file.data(), file.size()) != 0);
  std::vector<std::uint8_t> memory(opened.memory_bytes), placed(program.external_bytes);
  for (std::uint32_t i = 0; i < opened.regions; ++i) {
    const ernsim_region region = ernsim_program_region(&opened, i);
    std::memcpy(memory.data() + region.address, region.data, region.bytes);
  }
  place(program, placed);
  CHECK(memory == placed);
}

TEST_CASE("a program file says where input and result are, and the scale of every class") {
  const auto file = file_of(small_program());
  ernsim_program opened;
  REQUIRE(ernsim_program_open(&opened, file.data(), file.size()) != 0);
  CHECK(opened.configuration == 0x1234);
  CHECK(opened.input_address == 3000);
  CHECK(opened.input_height == 4);
  CHECK(opened.input_width == 5);
  CHECK(opened.result_address == 3500);
  CHECK(opened.result_width == 2);
  CHECK(opened.block_channels == 16);
  REQUIRE(opened.classes == 3);
  CHECK(ernsim_program_scale(&opened, 1) == -0.25);
}

TEST_CASE("registers are written in the order of the simulator's host") {
  const Program program = small_program();
  const HostProgram host = host_program(program, 16);
  const auto file = file_of(program);
  ernsim_program opened;
  REQUIRE(ernsim_program_open(&opened, file.data(), file.size()) != 0);
  REQUIRE(opened.registers == host.registers.size());
  for (std::uint32_t i = 0; i < opened.registers; ++i) {
    CHECK(ernsim_program_register(&opened, i).offset == host.registers[i].first * 4);
    CHECK(ernsim_program_register(&opened, i).value == host.registers[i].second);
  }
}

TEST_CASE("a program file that is cut short anywhere is refused") {
  const auto file = file_of(small_program());
  for (std::size_t bytes = 0; bytes < file.size(); ++bytes) {
    INFO(bytes);
    CHECK_FALSE(opens({file.begin(), file.begin() + static_cast<std::ptrdiff_t>(bytes)}));
  }
}

TEST_CASE("a program file in which a word of the head is another is refused or read inside its bounds") {
  const auto file = file_of(small_program());
  std::mt19937 random(1);
  for (int i = 0; i < 20'000; ++i) {
    auto changed = file;
    const std::size_t at = random() % 400 % changed.size() / 4 * 4;
    const std::uint32_t value = random() % 3 == 0 ? static_cast<std::uint32_t>(random()) : 1U << random() % 32;
    std::memcpy(changed.data() + at, &value, sizeof value);
    read_all(changed);
  }
  SUCCEED();
}

TEST_CASE("the driver's header of registers is what the register map gives") {
  std::ifstream file(std::string(ERNSIM_SOURCE_DIR) + "/driver/ernsim_registers.h");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  CHECK(text == register_c_header());
}

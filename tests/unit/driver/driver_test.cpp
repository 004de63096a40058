#include <catch2/catch.hpp>
#include <cstring>
#include <map>
#include <vector>

#include "driver/ernsim_driver.h"
#include "driver/ernsim_registers.h"
#include "models/platform/program_file.h"
#include "models/platform/program_image.h"

using namespace ernsim;

namespace {

constexpr std::uint32_t configuration = 0x1234;
constexpr std::uint64_t base = 0x1'0000'0000;

/// Registers and memory as a driver sees them, without an accelerator behind.
struct Board {
  std::map<std::uint32_t, std::uint32_t> registers{{ERNSIM_IDENTIFICATION, ERNSIM_IDENTIFICATION_RESET},
                                                   {ERNSIM_CONFIGURATION, configuration}};
  std::vector<std::pair<std::uint32_t, std::uint32_t>> written;
  std::vector<std::uint8_t> memory = std::vector<std::uint8_t>(8192);
  bool interrupt = true;

  static Board& of(void* context) { return *static_cast<Board*>(context); }
  static std::uint8_t* at(void* context, std::uint64_t address) { return of(context).memory.data() + (address - base); }

  ernsim_bus bus{this,
                 [](void* c, std::uint32_t offset) { return of(c).registers[offset]; },
                 [](void* c, std::uint32_t offset, std::uint32_t value) { of(c).written.emplace_back(offset, value); },
                 [](void* c, std::uint64_t a, const void* from, std::size_t n) { std::memcpy(at(c, a), from, n); },
                 [](void* c, std::uint64_t a, void* to, std::size_t n) { std::memcpy(to, at(c, a), n); },
                 [](void* c) { return of(c).interrupt ? 1 : 0; }};
};

/// Three classes on a map of 2 x 1 pixels at 4096, in blocks of 16 channels.
struct PlacedBoard {
  PlacedBoard() {
    Program compiled;
    compiled.external_bytes = 8192;
    compiled.contents = {{256, {1, 2, 3}}};
    compiled.input_address = 512;
    compiled.input_height = compiled.input_width = 2;
    compiled.logits_address = 4096;
    compiled.logits_height = 2;
    compiled.logits_width = 1;
    compiled.logit_scale = {0.5, 2, -1};
    file = program_file(compiled, host_program(compiled, 16), configuration);
    REQUIRE(ernsim_program_open(&program, file.data(), file.size()) != 0);
  }
  Board board;
  std::vector<std::uint8_t> file;
  ernsim_program program{};
  ernsim_device device{&board.bus, &program, base};
};

}  // namespace

TEST_CASE("a program is placed from the base address on") {
  PlacedBoard on;
  ernsim_place(&on.device);
  CHECK(on.board.memory[256] == 1);
  CHECK(on.board.memory[258] == 3);
}

TEST_CASE("configuring writes the base address, the program's registers in order, and both interrupt enables") {
  PlacedBoard on;
  REQUIRE(ernsim_configure(&on.device) == ERNSIM_OK);
  const auto& written = on.board.written;
  REQUIRE(written.size() == on.program.registers + std::size_t{3});
  CHECK(written[0] == std::make_pair<std::uint32_t, std::uint32_t>(ERNSIM_BASE_ADDRESS_LOW, 0));
  CHECK(written[1] == std::make_pair<std::uint32_t, std::uint32_t>(ERNSIM_BASE_ADDRESS_HIGH, 1));
  for (std::uint32_t i = 0; i < on.program.registers; ++i)
    CHECK(written[2 + i].first == ernsim_program_register(&on.program, i).offset);
  CHECK(written.back() == std::make_pair<std::uint32_t, std::uint32_t>(ERNSIM_INTERRUPT_ENABLE, 3));
}

TEST_CASE("nothing is written to what is no accelerator, or another one") {
  PlacedBoard on;
  on.board.registers[ERNSIM_CONFIGURATION] = configuration + 1;
  CHECK(ernsim_configure(&on.device) == ERNSIM_OTHER_ACCELERATOR);
  on.board.registers[ERNSIM_IDENTIFICATION] = 0;
  CHECK(ernsim_configure(&on.device) == ERNSIM_NO_ACCELERATOR);
  CHECK(on.board.written.empty());
}

TEST_CASE("a frame that ends well clears its interrupt") {
  PlacedBoard on;
  on.board.registers[ERNSIM_INTERRUPT_STATUS] = ERNSIM_INTERRUPT_STATUS_DONE_MASK;
  ernsim_fault fault{1, 2, 3};
  CHECK(ernsim_wait(&on.device, &fault) == ERNSIM_OK);
  CHECK(on.board.written == std::vector<std::pair<std::uint32_t, std::uint32_t>>{
                                {ERNSIM_INTERRUPT_STATUS, ERNSIM_INTERRUPT_STATUS_DONE_MASK}});
  CHECK(fault.code == 1);
}

TEST_CASE("an error comes with code, instruction and address") {
  PlacedBoard on;
  on.board.registers[ERNSIM_INTERRUPT_STATUS] = ERNSIM_INTERRUPT_STATUS_ERROR_MASK;
  on.board.registers[ERNSIM_ERROR_CODE] = 7;
  on.board.registers[ERNSIM_ERROR_INSTRUCTION] = 8;
  on.board.registers[ERNSIM_ERROR_ADDRESS_LOW] = 9;
  on.board.registers[ERNSIM_ERROR_ADDRESS_HIGH] = 1;
  ernsim_fault fault{};
  CHECK(ernsim_wait(&on.device, &fault) == ERNSIM_FAULT);
  CHECK(fault.code == 7);
  CHECK(fault.instruction == 8);
  CHECK(fault.address == 0x1'0000'0009);
}

TEST_CASE("no interrupt, or bursts that never end, are a time-out") {
  PlacedBoard on;
  on.board.interrupt = false;
  ernsim_fault fault{};
  CHECK(ernsim_wait(&on.device, &fault) == ERNSIM_TIMEOUT);
  CHECK(ernsim_reset(&on.device) == ERNSIM_OK);
  on.board.registers[ERNSIM_STATUS] = ERNSIM_STATUS_BUSY_MASK;
  CHECK(ernsim_reset(&on.device) == ERNSIM_TIMEOUT);
}

TEST_CASE(
    "the driver's logit of a class is its scale times the mean of its accumulators, those of padding channels left "
    "out") {
  PlacedBoard on;
  std::vector<std::int16_t> values(2 * 16);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::int16_t>(37 * static_cast<int>(i) - 500);
  std::memcpy(on.board.memory.data() + 4096, values.data(), values.size() * sizeof values[0]);
  std::vector<std::int16_t> row(ernsim_row_values(&on.program));
  std::vector<std::int64_t> sums(3);
  std::vector<float> logits(3);
  ernsim_logits(&on.device, row.data(), sums.data(), logits.data());
  const auto mean = [&](std::size_t c) { return (values[c] + values[16 + c]) / 2.0; };
  CHECK(logits == std::vector<float>{static_cast<float>(0.5 * mean(0)), static_cast<float>(2 * mean(1)),
                                     static_cast<float>(-mean(2))});
}

TEST_CASE("switching to another program writes only the registers that differ") {
  PlacedBoard on;
  Program other;
  other.external_bytes = 8192;
  other.stream_address[UnitId::load_residuals] = 0x1000;
  const auto file = program_file(other, host_program(other, 16), configuration);
  ernsim_program program;
  REQUIRE(ernsim_program_open(&program, file.data(), file.size()) != 0);
  const ernsim_device device{&on.board.bus, &program, base};
  ernsim_switch(&on.device, &on.device);
  CHECK(on.board.written.empty());
  ernsim_switch(&on.device, &device);
  CHECK(on.board.written ==
        std::vector<std::pair<std::uint32_t, std::uint32_t>>{{ERNSIM_STREAM_ADDRESS(3), 0x1000}});
}

TEST_CASE("switching to a program that lies elsewhere writes the base address") {
  PlacedBoard on;
  const ernsim_device device{&on.board.bus, &on.program, base + 4096};
  ernsim_switch(&on.device, &device);
  CHECK(on.board.written == std::vector<std::pair<std::uint32_t, std::uint32_t>>{{ERNSIM_BASE_ADDRESS_LOW, 4096},
                                                                                 {ERNSIM_BASE_ADDRESS_HIGH, 1}});
}

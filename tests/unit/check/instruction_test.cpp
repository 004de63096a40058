#include "check/instruction.h"

#include <array>
#include <catch2/catch.hpp>
#include <random>

#include "check/bursts.h"
#include "check/semaphores.h"
#include "models/accelerator/isa/instruction_codec.h"
#include "tests/support/random_instruction.h"

using namespace ernsim;

TEST_CASE("the checker reads of an instruction what the controller's encoder wrote, field by field") {
  std::mt19937 random(1);
  for (std::size_t i = 0; i < 2000; ++i) {
    const Instruction made = test::random_instruction(static_cast<UnitId>(i % unit_count), random);
    std::array<std::uint8_t, instruction_bytes> bytes{};
    encode(made, bytes.data());
    std::string fault;
    const check::Instruction read = check::decode(bytes.data(), fault);
    INFO(fault);
    REQUIRE(fault.empty());
    REQUIRE(read.unit == static_cast<int>(made.unit));
    CHECK(read.last == made.last);
    CHECK(read.posts == made.posts);
    REQUIRE(read.waits.size() == made.wait_count);
    for (std::size_t w = 0; w < read.waits.size(); ++w) {
      CHECK(read.waits[w].semaphore == made.waits[w].semaphore);
      CHECK(read.waits[w].count == made.waits[w].count);
    }
    CHECK(read.at == std::array<std::uint16_t, 4>{made.at.layer, made.at.block, made.at.row, made.at.column});
    if (made.unit == UnitId::convolution) {
      CHECK(read.convolution.row_offset == made.convolution.row_offset);
      CHECK(read.convolution.output_address == made.convolution.output_address);
      CHECK(read.convolution.stride == made.convolution.stride);
      CHECK(read.convolution.accumulate == made.convolution.accumulate);
    } else if (made.unit == UnitId::quantization) {
      CHECK(read.quantization.code_row_stride == made.quantization.code_row_stride);
      CHECK(read.quantization.emit_sums == made.quantization.emit_sums);
    } else {
      CHECK(read.transfer.memory_stride_words == made.transfer.memory_stride_words);
      CHECK(read.transfer.sum_bits == made.transfer.sum_bits);
    }
  }
}

TEST_CASE("the checker's semaphores join the units that the hardware's do") {
  for (std::size_t i = 0; i < semaphore_count; ++i) {
    CHECK(check::semaphores[i].from == static_cast<int>(semaphores[i].from));
    CHECK(check::semaphores[i].to == static_cast<int>(semaphores[i].to));
    CHECK(check::semaphores[i].weights ==
          (semaphores[i].memory == MemoryId::weights && semaphores[i].to == UnitId::convolution));
  }
}

TEST_CASE("a burst ends at the longest burst, at 4 KiB and at the end of the run, whichever is first") {
  CHECK(check::next_cut(0, 10000, 16, 16) == check::Cut{0, 256});
  CHECK(check::next_cut(250, 10000, 16, 16) == check::Cut{250, 6});
  CHECK(check::next_cut(4090, 10000, 64, 15) == check::Cut{4090, 6});
  CHECK(check::next_cut(4096, 4100, 16, 16) == check::Cut{4096, 4});
  CHECK(check::beats_of({15, 2}, 16) == 2);
  CHECK(check::beats_of({16, 16}, 16) == 1);
}

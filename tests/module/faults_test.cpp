#include <catch2/catch.hpp>
#include <random>

#include "models/accelerator/isa/instruction_codec.h"
#include "tests/support/stand_alone.h"

// What goes wrong is a status, an interrupt and a stop; after a reset the next frame is exact. Each test elaborates one
// model.

using namespace ernsim;
using test::StandAlone;

namespace {

void require_exact(StandAlone& alone, const StandAlone::Outcome& reference) {
  REQUIRE(alone.reset());
  REQUIRE(alone.memory->under_way == 0);
  const auto outcome = alone.frame();
  REQUIRE(outcome.status == status_done);
  REQUIRE(outcome.cycles == reference.cycles);
  REQUIRE(outcome.logits == reference.logits);
}

/// Units stop and the interrupt is raised.
void require_stopped(StandAlone& alone, const StandAlone::Outcome& outcome) {
  REQUIRE((outcome.status & status_error) != 0);
  REQUIRE((outcome.status & status_done) == 0);
  REQUIRE(outcome.interrupt);
  sc_core::sc_start(sc_core::sc_time(2, sc_core::SC_US));
  REQUIRE(alone.read(Register::status) == status_error);
  const auto requests = alone.memory->requests;
  sc_core::sc_start(sc_core::sc_time(20, sc_core::SC_US));
  REQUIRE(alone.memory->requests == requests);
}

/// Every `step`-th burst of a frame is answered with an error, from the first on.
void fail_bursts(std::int64_t first, std::int64_t step) {
  StandAlone alone("alone");
  const auto reference = alone.frame();
  REQUIRE(reference.status == status_done);
  const std::int64_t bursts = alone.memory->requests;
  REQUIRE(bursts > 1000);
  for (std::int64_t n = first; n < bursts; n += step) {
    INFO("burst " << n << " of " << bursts);
    alone.memory->fail_at = alone.memory->requests + n;
    const auto outcome = alone.frame();
    alone.memory->fail_at = -1;
    require_stopped(alone, outcome);
    const FaultCode code = outcome.code();
    REQUIRE(
        (code == FaultCode::fetch_response || code == FaultCode::read_response || code == FaultCode::write_response));
    const auto unit = outcome.error_code >> 8;
    if (code == FaultCode::write_response) REQUIRE(unit == static_cast<unsigned>(UnitId::store));
    if (code == FaultCode::read_response) REQUIRE(unit < static_cast<unsigned>(UnitId::convolution));
    REQUIRE(outcome.error_address < alone.program.external_bytes);
    require_exact(alone, reference);
  }
}

/// Makes the bytes of an instruction fold to 0 again.
void mend_parity(std::uint8_t* instruction) {
  std::uint8_t fold = 0;
  for (std::size_t i = 0; i < instruction_bytes; ++i)
    if (i != 3) fold = static_cast<std::uint8_t>(fold ^ instruction[i]);
  instruction[3] = fold;
}

/// Changes bytes of instructions in memory; in most cases so that the parity does not tell.
void mutate(unsigned seed, int count) {
  StandAlone alone("alone");
  const auto reference = alone.frame();
  std::mt19937 random(seed);
  const auto below = [&random](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
  int reported = 0;
  for (int i = 0; i < count; ++i) {
    alone.prepare();
    alone.write(Register::watchdog_cycles, 100'000);
    const auto unit = static_cast<UnitId>(below(unit_count));
    std::uint8_t* instruction = alone.stream(unit) + below(alone.instructions(unit)) * instruction_bytes;
    for (std::size_t changes = 1 + below(3); changes > 0; --changes)
      instruction[below(instruction_bytes)] = static_cast<std::uint8_t>(below(4) == 0 ? 255 * below(2) : below(256));
    if (below(8) != 0) mend_parity(instruction);
    INFO("mutation " << i << " of " << name_of(unit));
    alone.start();
    const auto outcome = alone.finish();
    REQUIRE(outcome.interrupt);
    reported += (outcome.status & status_error) != 0 ? 1 : 0;
    require_exact(alone, reference);
  }
  CHECK(reported > count / 4);
}

/// The frame with one change of what is in memory, or in a register.
template <class Change>
StandAlone::Outcome changed(StandAlone& alone, Change change) {
  alone.prepare();
  change();
  alone.start();
  return alone.finish();
}

}  // namespace

TEST_CASE("an error response on a burst stops the frame, wherever it is, and the next one is exact") {
  fail_bursts(0, 397);
}

TEST_CASE("an error response on each burst in turn stops the frame, and the next one is exact", "[.slow]") {
  fail_bursts(0, 1);
}

TEST_CASE("changed bytes of instructions are reported or harmless") { mutate(1, 25); }

TEST_CASE("ten thousand changed bytes of instructions are reported or harmless", "[.slow]") { mutate(2, 10'000); }

TEST_CASE("a bad instruction is reported with its unit, number and address") {
  StandAlone alone("alone", 0x5000);
  const auto reference = alone.frame();
  const auto unit = UnitId::convolution;
  const std::uint64_t address = 0x5000 + alone.program.stream_address[UnitId::convolution] + 3 * instruction_bytes;
  const auto check = [&](FaultCode code, std::size_t byte, std::uint8_t flipped, bool mended) {
    const auto outcome = changed(alone, [&] {
      std::uint8_t* instruction = alone.stream(unit) + 3 * instruction_bytes;
      instruction[byte] = static_cast<std::uint8_t>(instruction[byte] ^ flipped);
      if (mended) mend_parity(instruction);
    });
    require_stopped(alone, outcome);
    CHECK(outcome.code() == code);
    CHECK(outcome.error_code >> 8 == static_cast<unsigned>(unit));
    CHECK(outcome.error_instruction == 3);
    CHECK(outcome.error_address == address);
    require_exact(alone, reference);
  };
  check(FaultCode::instruction_parity, 40, 1, false);
  check(FaultCode::instruction_field, 0, 1, true);    // the magic
  check(FaultCode::instruction_field, 63, 1, true);   // a reserved bit
  check(FaultCode::on_chip_address, 29, 0xF0, true);  // input_address
}

TEST_CASE("a stream that ends too early or too late is an error") {
  StandAlone alone("alone");
  const auto reference = alone.frame();
  const std::size_t count = alone.instructions(UnitId::quantization), unit = 5;
  auto outcome =
      changed(alone, [&] { alone.write(Register::stream_count, static_cast<std::uint32_t>(count - 1), unit); });
  require_stopped(alone, outcome);
  CHECK(outcome.code() == FaultCode::stream_too_short);
  CHECK(outcome.error_instruction == count - 2);
  require_exact(alone, reference);
  outcome = changed(alone, [&] { alone.write(Register::stream_count, static_cast<std::uint32_t>(count + 1), unit); });
  require_stopped(alone, outcome);
  CHECK(outcome.code() == FaultCode::stream_too_long);
  require_exact(alone, reference);
}

TEST_CASE("a start command while a frame runs is an error") {
  StandAlone alone("alone");
  const auto reference = alone.frame();
  alone.prepare();
  alone.start();
  sc_core::sc_start(sc_core::sc_time(10, sc_core::SC_US));
  alone.start();
  const auto outcome = alone.finish();
  require_stopped(alone, outcome);
  CHECK(outcome.code() == FaultCode::start_while_busy);
  CHECK(outcome.error_code >> 8 == controller_unit);
  require_exact(alone, reference);
}

TEST_CASE("an address outside memory is an error with that address") {
  StandAlone alone("alone");
  const auto reference = alone.frame();
  const std::uint32_t outside = 0xFFFF'FF00;
  const auto outcome = changed(alone, [&] { alone.write(Register::stream_address, outside, 6); });
  require_stopped(alone, outcome);
  CHECK(outcome.code() == FaultCode::fetch_response);
  CHECK(outcome.error_code >> 8 == static_cast<unsigned>(UnitId::store));
  CHECK(outcome.error_address == outside);
  require_exact(alone, reference);
}

TEST_CASE("more codes than the embedding has are an error, and nothing is fetched") {
  StandAlone alone("alone");
  const auto reference = alone.frame();
  const auto outcome = changed(alone, [&] { alone.write(Register::embedding_codes, 33); });
  require_stopped(alone, outcome);
  CHECK(outcome.code() == FaultCode::register_value);
  require_exact(alone, reference);
}

TEST_CASE("a frame in which units wait for each other for ever is ended by the watchdog, and not without it") {
  StandAlone alone("alone");
  const auto reference = alone.frame();
  const auto starve = [&] { alone.write(Register::stream_count, 0, static_cast<std::size_t>(UnitId::load_weights)); };
  auto outcome = changed(alone, starve);
  CHECK_FALSE(outcome.interrupt);
  CHECK(outcome.status == status_busy);
  REQUIRE(alone.reset());
  outcome = changed(alone, [&] {
    starve();
    alone.write(Register::watchdog_cycles, 10'000);
  });
  require_stopped(alone, outcome);
  CHECK(outcome.code() == FaultCode::watchdog);
  require_exact(alone, reference);
}

TEST_CASE("after an error a start command does nothing until a reset") {
  StandAlone alone("alone");
  const auto reference = alone.frame();
  auto outcome = changed(alone, [&] { alone.stream(UnitId::store)[5] ^= 1; });
  require_stopped(alone, outcome);
  alone.start();
  sc_core::sc_start(sc_core::sc_time(10, sc_core::SC_US));
  CHECK(alone.read(Register::status) == status_error);
  require_exact(alone, reference);
}

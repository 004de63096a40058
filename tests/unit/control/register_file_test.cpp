#include "models/accelerator/control/register_file.h"

#include <catch2/catch.hpp>

using namespace ernsim;

namespace {

constexpr std::uint32_t all = 0xFFFFFFFF;

std::size_t number(Register r) { return number_of(r); }

void carry_out(RegisterFile& file, Cycle now) {
  for (RegisterWrite write; file.take(now, write);) continue;
}

}  // namespace

TEST_CASE("a write takes effect in its cycle, not in the one before") {
  RegisterFile file(0);
  file.write({number(Register::watchdog_cycles), 7, all, 10});
  carry_out(file, 9);
  CHECK(file.value(Register::watchdog_cycles) == 0);
  CHECK(file.read(number(Register::watchdog_cycles), 9) == 0);
  CHECK(file.read(number(Register::watchdog_cycles), 10) == 7);
  carry_out(file, 10);
  CHECK(file.value(Register::watchdog_cycles) == 7);
}

TEST_CASE("writes take effect in the order of their cycles, not of the calls") {
  RegisterFile file(0);
  file.write({number(Register::watchdog_cycles), 1, all, 20});
  file.write({number(Register::watchdog_cycles), 2, all, 10});
  carry_out(file, 15);
  CHECK(file.value(Register::watchdog_cycles) == 2);
  carry_out(file, 20);
  CHECK(file.value(Register::watchdog_cycles) == 1);
}

TEST_CASE("the next write to take effect is the earliest that is left") {
  RegisterFile registers(0);
  CHECK(registers.next() == never);
  registers.write({number_of(Register::base_address_low), 1, 0xFFFFFFFF, 7});
  registers.write({number_of(Register::base_address_low), 2, 0xFFFFFFFF, 5});
  CHECK(registers.next() == 5);
  RegisterWrite taken;
  REQUIRE(registers.take(5, taken));
  CHECK(registers.next() == 7);
}

TEST_CASE("of two writes in one cycle the later call wins") {
  RegisterFile file(0);
  file.write({number(Register::watchdog_cycles), 1, all, 10});
  file.write({number(Register::watchdog_cycles), 2, all, 10});
  carry_out(file, 10);
  CHECK(file.value(Register::watchdog_cycles) == 2);
}

TEST_CASE("bytes that are not enabled keep what they were") {
  RegisterFile file(0);
  file.write({number(Register::watchdog_cycles), 0x11223344, all, 1});
  file.write({number(Register::watchdog_cycles), 0xAABBCCDD, 0x00FF00FF, 2});
  carry_out(file, 2);
  CHECK(file.value(Register::watchdog_cycles) == 0x11BB33DD);
}

TEST_CASE("registers that are only read keep their value, and bits without a field are 0") {
  RegisterFile file(0x123);
  for (const Register r : {Register::identification, Register::configuration, Register::status, Register::error_code})
    file.write({number(r), all, all, 1});
  file.write({number(Register::base_address_low), all, all, 1});
  carry_out(file, 1);
  CHECK(file.value(Register::identification) == identification_value);
  CHECK(file.value(Register::configuration) == 0x123);
  CHECK(file.value(Register::status) == 0);
  CHECK(file.value(Register::error_code) == 0);
  CHECK(file.value(Register::base_address_low) == 0xFFFFF000);
}

TEST_CASE("ones clear the interrupt status, zeros and bytes not enabled do not") {
  RegisterFile file(0);
  file.set(Register::interrupt_status, 3);
  file.write({number(Register::interrupt_status), 0, all, 1});
  file.write({number(Register::interrupt_status), 3, 0xFFFFFF00, 2});
  carry_out(file, 2);
  CHECK(file.value(Register::interrupt_status) == 3);
  file.write({number(Register::interrupt_status), 1, all, 3});
  carry_out(file, 3);
  CHECK(file.value(Register::interrupt_status) == 2);
}

TEST_CASE("after a start command a read of the status is busy, not the frame before's done") {
  RegisterFile file(0);
  file.set(Register::status, status_done);
  file.write({number(Register::control), control_start, all, 10});
  CHECK(file.read(number(Register::status), 9) == status_done);
  CHECK(file.read(number(Register::status), 10) == status_busy);
}

TEST_CASE("a reset gives every register its reset value") {
  RegisterFile file(0x99);
  for (std::size_t n = 0; n < register_count; ++n) file.set(static_cast<Register>(n), 0x5A5A5A5A);
  file.reset();
  for (std::size_t n = 0; n < register_count; ++n) {
    INFO(n);
    const auto reset = n == number(Register::configuration) ? 0x99 : find_register(n)->reset;
    CHECK(file.read(n, 0) == reset);
  }
}

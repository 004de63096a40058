#include <catch2/catch.hpp>

#include "tests/support/stand_alone.h"

// The accelerator that stands alone: registers, interrupt, reset, base address. Each test elaborates one model.

using namespace ernsim;
using test::StandAlone;

namespace {

struct Payload : tlm::tlm_generic_payload {
  Payload(tlm::tlm_command command, std::uint64_t address, unsigned length) {
    set_command(command);
    set_address(address);
    set_data_ptr(data);
    set_data_length(length);
    set_streaming_width(length);
  }
  unsigned char data[16] = {};
};

constexpr std::uint64_t watchdog = 4 * number_of(Register::watchdog_cycles);

void run_ns(double ns) { sc_core::sc_start(sc_core::sc_time(ns, sc_core::SC_NS)); }

void check_good(const StandAlone::Outcome& outcome, const StandAlone::Outcome& reference) {
  CHECK(outcome.status == status_done);
  CHECK(outcome.interrupt);
  CHECK(outcome.cycles == reference.cycles);
  CHECK(outcome.logits == reference.logits);
}

}  // namespace

TEST_CASE("register accesses of every kind are answered as the page says") {
  StandAlone alone("alone");
  run_ns(1);
  for (const unsigned length : {0U, 1U, 2U, 3U, 5U, 12U, 16U}) {
    Payload wrong(tlm::TLM_READ_COMMAND, 0, length);
    CHECK(alone.access(wrong) == tlm::TLM_BURST_ERROR_RESPONSE);
  }
  Payload unaligned(tlm::TLM_READ_COMMAND, 2, 4), half(tlm::TLM_READ_COMMAND, 4, 8),
      narrow(tlm::TLM_READ_COMMAND, 0, 4);
  narrow.set_streaming_width(2);
  CHECK(alone.access(unaligned) == tlm::TLM_BURST_ERROR_RESPONSE);
  CHECK(alone.access(half) == tlm::TLM_BURST_ERROR_RESPONSE);
  CHECK(alone.access(narrow) == tlm::TLM_BURST_ERROR_RESPONSE);
  Payload last(tlm::TLM_READ_COMMAND, 4 * (register_count - 1), 4),
      behind(tlm::TLM_READ_COMMAND, 4 * register_count, 4);
  CHECK(alone.access(last) == tlm::TLM_OK_RESPONSE);
  CHECK(alone.access(behind) == tlm::TLM_ADDRESS_ERROR_RESPONSE);
  Payload far(tlm::TLM_WRITE_COMMAND, ~std::uint64_t{7}, 8);
  CHECK(alone.access(far) == tlm::TLM_ADDRESS_ERROR_RESPONSE);
  Payload nothing(tlm::TLM_IGNORE_COMMAND, watchdog, 4);
  nothing.data[0] = 9;
  CHECK(alone.access(nothing) == tlm::TLM_OK_RESPONSE);
  CHECK(alone.read(Register::watchdog_cycles) == 0);
  alone.write(Register::identification, 0);
  CHECK(alone.read(Register::identification) == identification_value);
  CHECK(alone.read(Register::configuration) == (1U | 64U << 8 | 3U << 16 | 1U << 20));
}

TEST_CASE("two registers are read and written by one access of 8 bytes, with byte enables") {
  StandAlone alone("alone");
  run_ns(1);
  const std::uint64_t address = 4 * number_of(Register::stream_address);
  Payload both(tlm::TLM_WRITE_COMMAND, address, 8);
  for (unsigned char i = 0; i < 8; ++i) both.data[i] = static_cast<unsigned char>(i + 1);
  REQUIRE(alone.access(both) == tlm::TLM_OK_RESPONSE);
  CHECK(alone.read(Register::stream_address, 0) == 0x04030201);
  CHECK(alone.read(Register::stream_address, 1) == 0x08070605);
  unsigned char enables[2] = {TLM_BYTE_DISABLED, TLM_BYTE_ENABLED};
  both.set_byte_enable_ptr(enables);
  both.set_byte_enable_length(2);
  std::fill(both.data, both.data + 8, 0xFF);
  REQUIRE(alone.access(both) == tlm::TLM_OK_RESPONSE);
  CHECK(alone.read(Register::stream_address, 0) == 0xFF03FF01);
  Payload back(tlm::TLM_READ_COMMAND, address, 8);
  back.set_byte_enable_ptr(enables);
  back.set_byte_enable_length(2);
  REQUIRE(alone.access(back) == tlm::TLM_OK_RESPONSE);
  CHECK(back.data[0] == 0);
  CHECK(back.data[1] == 0xFF);
  CHECK(back.data[7] == 0xFF);
}

TEST_CASE("debug transport reads and writes bytes of registers, as far as there are any") {
  StandAlone alone("alone");
  run_ns(1);
  Payload bytes(tlm::TLM_WRITE_COMMAND, watchdog + 1, 2);
  bytes.data[0] = 0x12;
  bytes.data[1] = 0x34;
  CHECK(alone.debug(bytes) == 2);
  CHECK(alone.read(Register::watchdog_cycles) == 0x341200);
  Payload end(tlm::TLM_READ_COMMAND, 4 * register_count - 2, 8), outside(tlm::TLM_READ_COMMAND, 4 * register_count, 4);
  CHECK(alone.debug(end) == 2);
  CHECK(alone.debug(outside) == 0);
  Payload identity(tlm::TLM_READ_COMMAND, 4 * number_of(Register::identification), 4);
  CHECK(alone.debug(identity) == 4);
  CHECK(std::string(identity.data, identity.data + 4) == "SNRE");
}

TEST_CASE("a start command takes effect at its annotated time") {
  StandAlone alone("alone");
  const auto reference = alone.frame();
  REQUIRE(reference.status == status_done);
  REQUIRE(alone.reset());
  alone.prepare();
  alone.write(Register::control, control_start, 0, sc_core::sc_time(10, sc_core::SC_US));
  CHECK(alone.read(Register::status) == 0);
  run_ns(8'900);  // units are a microsecond ahead of who is outside the kernel
  CHECK(alone.read(Register::status) == 0);
  run_ns(1'200);
  CHECK(alone.read(Register::status) == status_busy);
  check_good(alone.finish(), reference);
}

TEST_CASE("the interrupt is a level: ones clear it, a start clears it, and what is not enabled does not raise it") {
  StandAlone alone("alone");
  const auto reference = alone.frame();
  CHECK(alone.read(Register::interrupt_status) == interrupt_done);
  run_ns(1000);
  CHECK(alone.interrupt.read());
  alone.write(Register::interrupt_status, interrupt_done);
  run_ns(20);
  CHECK_FALSE(alone.interrupt.read());
  CHECK(alone.read(Register::status) == status_done);
  alone.prepare();
  alone.write(Register::interrupt_enable, interrupt_error);
  alone.start();
  sc_core::sc_start(sc_core::sc_time(5, sc_core::SC_MS));
  CHECK(alone.read(Register::status) == status_done);
  CHECK_FALSE(alone.interrupt.read());
  alone.write(Register::interrupt_enable, interrupt_done);
  run_ns(20);
  CHECK(alone.interrupt.read());
  alone.prepare();
  alone.start();
  run_ns(1000);
  CHECK_FALSE(alone.interrupt.read());
  CHECK(alone.finish().logits == reference.logits);
}

TEST_CASE("the base address moves every access, and changes nothing else") {
  StandAlone low("low"), high("high", 0x123000);
  const auto reference = low.frame();
  check_good(high.frame(), reference);
  CHECK(high.memory->lowest_address >= 0x123000);
}

TEST_CASE("two accelerators side by side do what each does alone") {
  StandAlone one("one"), two("two");
  const auto reference = one.frame();
  REQUIRE(one.reset());
  one.prepare();
  two.prepare();
  one.start();
  run_ns(12'345);
  two.start();
  check_good(one.finish(), reference);
  check_good(two.finish(), reference);
}

TEST_CASE("a reset in the middle of a frame ends it, and the next frame is exact") {
  StandAlone alone("alone");
  const auto reference = alone.frame();
  for (const double us : {0.02, 0.5, 7.0, 61.3, 200.0}) {
    INFO(us);
    alone.prepare();
    alone.start();
    run_ns(1000 * us);
    REQUIRE(alone.read(Register::status) == status_busy);
    REQUIRE(alone.reset());
    CHECK(alone.memory->under_way == 0);
    CHECK(alone.read(Register::stream_count, 0) == 0);
    const auto requests = alone.memory->requests;
    run_ns(10'000);
    CHECK(alone.memory->requests == requests);
    check_good(alone.frame(), reference);
  }
}

TEST_CASE("the reset input ends a frame, and while it is high none starts") {
  StandAlone alone("alone");
  const auto reference = alone.frame();
  alone.prepare();
  alone.start();
  run_ns(50'000);
  alone.reset_line.write(true);
  run_ns(20);
  CHECK(alone.wait_until_idle());
  alone.prepare();
  alone.start();
  run_ns(1000);
  CHECK(alone.read(Register::status) == 0);
  alone.reset_line.write(false);
  run_ns(1000);
  CHECK(alone.read(Register::status) == 0);
  check_good(alone.frame(), reference);
}

TEST_CASE("a reset while bursts of a frame that was reset are under way is another, and a start then is an error") {
  StandAlone alone("alone");
  const auto reference = alone.frame();
  alone.prepare();
  alone.start();
  run_ns(30'000);
  while (alone.memory->under_way < 6) run_ns(10);
  alone.write(Register::control, control_reset);
  run_ns(16);
  alone.write(Register::control, control_reset);
  run_ns(16);
  REQUIRE(alone.memory->under_way > 0);
  CHECK(alone.read(Register::status) == status_busy);
  alone.start();
  CHECK(alone.finish().code() == FaultCode::start_while_busy);
  REQUIRE(alone.reset());
  check_good(alone.frame(), reference);
}

TEST_CASE("a start command written before an earlier cycle's write has taken effect is not lost") {
  StandAlone alone("alone");
  const auto reference = alone.frame();
  alone.prepare();
  const sc_core::sc_time cycle(static_cast<double>(AcceleratorConfig().clock().period_ps), sc_core::SC_PS);
  alone.write(Register::interrupt_enable, 3);
  alone.write(Register::control, control_start, 0, cycle);
  const auto outcome = alone.finish();
  CHECK(outcome.status == status_done);
  CHECK(outcome.logits == reference.logits);
}

TEST_CASE("loosely timed sockets give the values of timed ones, and their cycles where the target only annotates") {
  StandAlone timed("timed"), loose("loose");
  for (auto* sockets : {&loose.accelerator->interconnect().reads_out, &loose.accelerator->interconnect().writes_out})
    for (auto& port : *sockets) port->use_blocking();
  const auto reference = timed.frame(), outcome = loose.frame();
  CHECK(loose.memory->blocking_calls == loose.memory->requests);
  CHECK(timed.memory->blocking_calls == 0);
  CHECK(loose.memory->requests == timed.memory->requests);
  check_good(outcome, reference);
}

TEST_CASE("an error response to b_transport stops the frame as any does") {
  StandAlone loose("loose");
  for (auto* sockets : {&loose.accelerator->interconnect().reads_out, &loose.accelerator->interconnect().writes_out})
    for (auto& port : *sockets) port->use_blocking();
  const auto reference = loose.frame();
  loose.memory->fail_at = loose.memory->requests + 1000;
  CHECK((loose.frame().status & status_error) != 0);
  REQUIRE(loose.reset());
  check_good(loose.frame(), reference);
}

namespace {

/// A load engine of a user's own, with a sink of its own; counts what comes back.
struct OwnLoad : LoadEngine {
  OwnLoad(UnitId id, const UnitContext& context, int& bursts)
      : LoadEngine(id, InitiatorId::load_thresholds, context, DmaConfig{},
                   port_link(AcceleratorConfig{}.clock(), InterconnectConfig{}), *context.bursts, sink_),
        bursts_(bursts) {}
  void attach(const OnChipMemories& memories) override { sink_.attach(memories.thresholds); }
  void completed(const Burst& burst, const BurstTiming& timing) override {
    ++bursts_;
    LoadEngine::completed(burst, timing);
  }
  MemorySink sink_;
  int& bursts_;
};

struct OwnQuantization : QuantizationUnit {
  explicit OwnQuantization(const UnitContext& context)
      : QuantizationUnit(context, QuantizationConfig{}, ConvolutionConfig{}, MemoryConfig{}) {}
};

}  // namespace

TEST_CASE("units of a user's own stand in the places of the model's, DMA engines too") {
  int bursts = 0, made = 0;
  AcceleratorOptions options;
  options.makers.set(UnitId::load_thresholds, [&](const UnitContext& context) {
    return std::make_unique<OwnLoad>(UnitId::load_thresholds, context, bursts);
  });
  options.makers.set(UnitId::quantization, [&](const UnitContext& context) {
    ++made;
    return std::make_unique<OwnQuantization>(context);
  });
  StandAlone model("model"), own("own", 0, options);
  check_good(own.frame(), model.frame());
  CHECK(bursts > 10);
  CHECK(made == 1);
}

TEST_CASE("an idle accelerator gives the kernel back") {
  StandAlone alone("alone");
  alone.frame();
  sc_core::sc_start();
  CHECK(alone.read(Register::status) == status_done);
}

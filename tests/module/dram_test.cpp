#include "models/dram/dram_module.h"

#include <tlm_utils/simple_initiator_socket.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <functional>
#include <map>
#include <random>

#include "tests/support/checked_binding.h"
#include "timing/annotation.h"

// The memory behind plain initiators of the ordinary sort. Each test elaborates one model.

using namespace ernsim;

namespace {

constexpr Picoseconds ns = 1000, us = 1'000'000;

sc_core::sc_time ps(Picoseconds time) { return sc_core::sc_time(static_cast<double>(time), sc_core::SC_PS); }

/// A payload as anybody makes one: on the stack, no memory manager, no extension.
struct Plain : tlm::tlm_generic_payload {
  Plain(tlm::tlm_command command, std::uint64_t address, std::vector<std::uint8_t>& bytes) {
    set_command(command);
    set_address(address);
    set_data_ptr(bytes.data());
    set_data_length(static_cast<unsigned>(bytes.size()));
    set_streaming_width(static_cast<unsigned>(bytes.size()));
  }
};

/// A thread with an ordinary socket.
struct Processor : sc_core::sc_module {
  SC_HAS_PROCESS(Processor);
  explicit Processor(sc_core::sc_module_name name) : sc_module(name), socket("socket") {
    socket.register_invalidate_direct_mem_ptr(this, &Processor::take_back);
    SC_THREAD(run);
  }
  void run() {
    act();
    finished = true;
  }
  tlm::tlm_response_status access(tlm::tlm_generic_payload& payload) {
    sc_core::sc_time delay;
    socket->b_transport(payload, delay);
    wait(delay);
    return payload.get_response_status();
  }
  tlm::tlm_response_status write(std::uint64_t address, std::vector<std::uint8_t> bytes) {
    Plain payload(tlm::TLM_WRITE_COMMAND, address, bytes);
    return access(payload);
  }
  std::vector<std::uint8_t> read(std::uint64_t address, std::size_t length) {
    std::vector<std::uint8_t> bytes(length);
    Plain payload(tlm::TLM_READ_COMMAND, address, bytes);
    REQUIRE(access(payload) == tlm::TLM_OK_RESPONSE);
    return bytes;
  }

  tlm_utils::simple_initiator_socket<Processor> socket;
  void take_back(sc_dt::uint64, sc_dt::uint64 last) { taken_back = last; }

  std::function<void()> act;
  bool finished = false;
  std::uint64_t taken_back = 0;  ///< last address of the direct pointer
};

/// One processor on one memory.
struct Bench {
  explicit Bench(const DramOptions& options = {}, const DramConfig& config = {})
      : memory("memory", config, 1, options) {
    checked.bind(processor.socket, memory.in[0]->socket);
  }
  void run(const std::function<void()>& act) {
    processor.act = act;
    sc_core::sc_start();
    REQUIRE(processor.finished);
    checked.require_kept();
  }
  Processor processor{"processor"};
  Dram memory;
  test::CheckedBindings checked;
};

DramOptions of_bytes(std::uint64_t bytes) {
  DramOptions options;
  options.bytes = bytes;
  return options;
}

std::vector<std::uint8_t> random_bytes(std::mt19937& random, std::size_t count) {
  std::vector<std::uint8_t> bytes(count);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

}  // namespace

TEST_CASE("bursts of any length and alignment with enables and streaming move what a plain copy moves") {
  Bench bench(of_bytes(1 << 16));
  bench.run([&bench] {
    std::mt19937 random(3);
    std::vector<std::uint8_t> expected(1 << 16);
    for (int i = 0; i < 400; ++i) {
      const std::size_t length = 1 + random() % (i % 50 == 0 ? 9000 : 200),
                        address = random() % (expected.size() - length);
      const std::size_t width = random() % 3 == 0 ? 1 + random() % length : length;
      auto enables = random_bytes(random, random() % 3 == 0 ? 1 + random() % 9 : 0);
      for (auto& enable : enables) enable = enable % 2 == 0 ? TLM_BYTE_DISABLED : TLM_BYTE_ENABLED;
      auto data = random_bytes(random, length);
      const auto before = data;
      const bool write = random() % 2 == 0;
      Plain payload(write ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND, address, data);
      payload.set_streaming_width(static_cast<unsigned>(width));
      payload.set_byte_enable_ptr(enables.empty() ? nullptr : enables.data());
      payload.set_byte_enable_length(static_cast<unsigned>(enables.size()));
      REQUIRE(bench.processor.access(payload) == tlm::TLM_OK_RESPONSE);
      for (std::size_t b = 0; b < length; ++b) {
        const bool enabled = enables.empty() || enables[b % enables.size()] == TLM_BYTE_ENABLED;
        std::uint8_t& byte = expected[address + b % width];
        if (write && enabled) byte = before[b];
        if (!write) REQUIRE(data[b] == (enabled ? byte : before[b]));
      }
    }
    CHECK(std::memcmp(expected.data(), bench.memory.bytes().data(), expected.size()) == 0);
  });
}

TEST_CASE("a blocking read takes as long as the controller says and not less") {
  Bench bench;
  bench.run([&bench] {
    const Picoseconds period = bench.memory.controller().clock().period_ps;
    const Picoseconds begin = kernel_now_ps();
    bench.processor.read(0, 64);
    // ACT one cycle after it is seen, RD after tRCD, data after CL and the burst; kv260_x16 has 16, 16 and 4 clocks
    const Picoseconds first = kernel_now_ps() - begin;
    CHECK(first >= 36 * period);
    CHECK(first <= 40 * period);
    const Picoseconds again = kernel_now_ps();
    bench.processor.read(64, 64);
    CHECK(kernel_now_ps() - again < first);
  });
}

TEST_CASE("a delay of a blocking call is waited for before the access") {
  Bench bench;
  bench.run([&bench] {
    std::vector<std::uint8_t> bytes(64);
    Plain payload(tlm::TLM_READ_COMMAND, 0, bytes);
    sc_core::sc_time delay = ps(5 * us);
    bench.processor.socket->b_transport(payload, delay);
    CHECK(time_of(delay) > 5 * us + 30 * ns);
    CHECK(time_of(delay) < 5 * us + 80 * ns);
  });
}

TEST_CASE("what lies outside or is not well formed is refused and takes no time") {
  Bench bench(of_bytes(4096));
  bench.processor.act = [&bench] {
    Processor& processor = bench.processor;
    std::vector<std::uint8_t> bytes(64);
    CHECK(processor.write(4096 - 64, bytes) == tlm::TLM_OK_RESPONSE);
    const Picoseconds now = kernel_now_ps();
    CHECK(processor.write(4096 - 63, bytes) == tlm::TLM_ADDRESS_ERROR_RESPONSE);
    CHECK(processor.write(~std::uint64_t{0} - 5, bytes) == tlm::TLM_ADDRESS_ERROR_RESPONSE);
    Plain narrow(tlm::TLM_WRITE_COMMAND, 4096 - 8, bytes);
    narrow.set_streaming_width(0);
    CHECK(processor.access(narrow) == tlm::TLM_BURST_ERROR_RESPONSE);
    Plain ignored(tlm::TLM_IGNORE_COMMAND, 1 << 20, bytes);
    CHECK(processor.access(ignored) == tlm::TLM_OK_RESPONSE);
    CHECK(kernel_now_ps() == now);
    Plain streamed(tlm::TLM_WRITE_COMMAND, 4096 - 8, bytes);
    streamed.set_streaming_width(8);
    CHECK(processor.access(streamed) == tlm::TLM_OK_RESPONSE);
  };
  sc_core::sc_start();
  CHECK(bench.processor.finished);
}

TEST_CASE("debug transport sees and changes the bytes and stops at the end") {
  Bench bench(of_bytes(100));
  bench.run([&bench] {
    std::vector<std::uint8_t> bytes{1, 2, 3, 4};
    Plain payload(tlm::TLM_WRITE_COMMAND, 97, bytes);
    CHECK(bench.processor.socket->transport_dbg(payload) == 3);
    CHECK(bench.processor.read(97, 3) == std::vector<std::uint8_t>{1, 2, 3});
    payload.set_address(100);
    CHECK(bench.processor.socket->transport_dbg(payload) == 0);
  });
}

TEST_CASE("direct pointers are granted only when asked for and can be taken back") {
  Bench bench(of_bytes(4096));
  bench.run([&] {
    std::vector<std::uint8_t> bytes(8, 7);
    Plain payload(tlm::TLM_WRITE_COMMAND, 8, bytes);
    tlm::tlm_dmi region;
    CHECK_FALSE(bench.processor.socket->get_direct_mem_ptr(payload, region));
    CHECK(bench.processor.access(payload) == tlm::TLM_OK_RESPONSE);
    CHECK_FALSE(payload.is_dmi_allowed());
    bench.memory.grant_dmi(true);
    CHECK(bench.processor.socket->get_direct_mem_ptr(payload, region));
    CHECK(region.get_end_address() == 4095);
    CHECK(region.get_dmi_ptr()[8] == 7);
    region.get_dmi_ptr()[100] = 9;
    CHECK(bench.processor.read(100, 1)[0] == 9);
    bench.memory.grant_dmi(false);
    CHECK(bench.processor.taken_back == 4095);
    CHECK_FALSE(bench.processor.socket->get_direct_mem_ptr(payload, region));
  });
}

TEST_CASE("an idle memory with refresh gives the kernel back and has refreshed in time") {
  Bench bench;
  bench.processor.act = [&bench] { bench.processor.read(0, 64); };
  sc_core::sc_start();
  CHECK(bench.processor.finished);
  CHECK(kernel_now_ps() < 1 * us);
  for (int i = 0; i < 10; ++i) sc_core::sc_start(ps(10 * us));
  CHECK(kernel_now_ps() > 99 * us);
  const auto refreshes = bench.memory.statistics().refreshes;
  CHECK(refreshes == kernel_now_ps() / (7800 * ns));
}

TEST_CASE("a read after a long rest finds the bank closed by refresh") {
  Bench bench;
  bench.run([&bench] {
    bench.processor.read(0, 64);
    Picoseconds begin = kernel_now_ps();
    bench.processor.read(0, 64);
    const Picoseconds hit = kernel_now_ps() - begin;
    sc_core::wait(ps(20 * us));
    begin = kernel_now_ps();
    bench.processor.read(0, 64);
    CHECK(kernel_now_ps() - begin > hit + 10 * ns);
    CHECK(bench.memory.statistics().refreshes == 2);
  });
}

TEST_CASE("a memory of several gigabytes takes no more room than what is touched") {
  DramConfig config;
  config.channels = 4;
  Bench bench({}, config);
  bench.run([&bench] {
    const std::uint64_t last = bench.memory.bytes().size() - 64;
    CHECK(last > std::uint64_t{1} << 33);
    const std::vector<std::uint8_t> bytes(64, 5);
    CHECK(bench.processor.write(last, bytes) == tlm::TLM_OK_RESPONSE);
    CHECK(bench.processor.read(last, 64) == bytes);
  });
}

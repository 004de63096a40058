#include "tlm/protocol_checker.h"

#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>

#include <catch2/catch.hpp>
#include <functional>

// Each test elaborates one model.

using namespace ernsim;

namespace {

struct Manager : tlm::tlm_mm_interface {
  void free(tlm::tlm_generic_payload*) override {}
};

/// An initiator that does as it is told, and a target that answers as it is told, with a checker between them.
struct Bench : sc_core::sc_module {
  SC_HAS_PROCESS(Bench);
  Bench(sc_core::sc_module_name name, bool method)
      : sc_module(name), initiator("initiator"), checker("checker"), target("target") {
    initiator.bind(checker.in);
    checker.out.bind(target);
    target.register_b_transport(this, &Bench::blocking);
    target.register_nb_transport_fw(this, &Bench::forward);
    target.register_transport_dbg(this, &Bench::debug);
    target.register_get_direct_mem_ptr(this, &Bench::direct);
    initiator.register_nb_transport_bw(this, &Bench::backward);
    initiator.register_invalidate_direct_mem_ptr(this, &Bench::invalidate);
    payload.set_mm(&manager);
    payload.acquire();
    payload.set_read();
    payload.set_address(0x40);
    payload.set_data_ptr(bytes);
    payload.set_data_length(sizeof bytes);
    payload.set_streaming_width(sizeof bytes);
    if (method) {
      SC_METHOD(run);
    } else {
      SC_THREAD(run);
    }
  }
  void run() { act(); }
  void blocking(tlm::tlm_generic_payload& p, sc_core::sc_time& time) {
    time += sc_core::sc_time(10, sc_core::SC_NS);
    p.set_response_status(tlm::TLM_OK_RESPONSE);
  }
  tlm::tlm_sync_enum forward(tlm::tlm_generic_payload& p, tlm::tlm_phase& phase, sc_core::sc_time& time) {
    answer();
    p.set_response_status(tlm::TLM_OK_RESPONSE);
    phase = tlm::BEGIN_RESP;
    time += sc_core::sc_time(10, sc_core::SC_NS);
    return tlm::TLM_COMPLETED;
  }
  tlm::tlm_sync_enum backward(tlm::tlm_generic_payload&, tlm::tlm_phase&, sc_core::sc_time&) {
    return tlm::TLM_COMPLETED;
  }
  unsigned debug(tlm::tlm_generic_payload&) {
    answer();
    return 8;
  }
  bool direct(tlm::tlm_generic_payload&, tlm::tlm_dmi& region) {
    answer();
    region.set_dmi_ptr(bytes);
    region.allow_read_write();
    return true;
  }
  void invalidate(sc_dt::uint64 first, sc_dt::uint64 last) { invalidated = {first, last}; }

  tlm_utils::simple_initiator_socket<Bench> initiator;
  ProtocolChecker checker;
  tlm_utils::simple_target_socket<Bench> target;
  Manager manager;
  tlm::tlm_generic_payload payload;
  unsigned char bytes[8] = {};
  std::function<void()> act;
  std::function<void()> answer = [] {};
  std::pair<sc_dt::uint64, sc_dt::uint64> invalidated{};
  sc_core::sc_time delay;
};

void breaks(const Bench& bench, const std::string& rule) {
  REQUIRE(bench.checker.violations().size() == 1);
  INFO(bench.checker.violations()[0]);
  CHECK(bench.checker.violations()[0].find(rule) != std::string::npos);
}

const auto one_ns = [] { sc_core::wait(1, sc_core::SC_NS); };

}  // namespace

TEST_CASE("the checker passes every call and its answer on as they are") {
  Bench bench("bench", false);
  bench.act = [&bench] {
    bench.initiator->b_transport(bench.payload, bench.delay);
    bench.payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    tlm::tlm_phase phase = tlm::BEGIN_REQ;
    CHECK(bench.initiator->nb_transport_fw(bench.payload, phase, bench.delay) == tlm::TLM_COMPLETED);
    CHECK(bench.initiator->transport_dbg(bench.payload) == 8);
    tlm::tlm_dmi region;
    CHECK(bench.initiator->get_direct_mem_ptr(bench.payload, region));
    CHECK(region.get_dmi_ptr() == bench.bytes);
    bench.target->invalidate_direct_mem_ptr(3, 4);
  };
  sc_core::sc_start();
  CHECK(bench.delay == sc_core::sc_time(20, sc_core::SC_NS));
  CHECK(bench.invalidated == std::pair<sc_dt::uint64, sc_dt::uint64>{3, 4});
  CHECK(bench.checker.violations().empty());
  CHECK(bench.checker.under_way() == 0);
}

TEST_CASE("a method that calls b_transport is named") {
  Bench bench("bench", true);
  bench.act = [&bench] { bench.initiator->b_transport(bench.payload, bench.delay); };
  sc_core::sc_start();
  breaks(bench, "a method calls b_transport");
}

TEST_CASE("a target that waits in nb_transport_fw is named") {
  Bench bench("bench", false);
  bench.answer = one_ns;
  bench.act = [&bench] {
    tlm::tlm_phase phase = tlm::BEGIN_REQ;
    bench.initiator->nb_transport_fw(bench.payload, phase, bench.delay);
  };
  sc_core::sc_start();
  breaks(bench, "the target waits in nb_transport_fw");
}

TEST_CASE("debug transport that takes time is named") {
  Bench bench("bench", false);
  bench.answer = one_ns;
  bench.act = [&bench] { bench.initiator->transport_dbg(bench.payload); };
  sc_core::sc_start();
  breaks(bench, "debug transport takes time");
}

TEST_CASE("a target that takes time to answer for DMI is named") {
  Bench bench("bench", false);
  bench.answer = one_ns;
  bench.act = [&bench] {
    tlm::tlm_dmi region;
    bench.initiator->get_direct_mem_ptr(bench.payload, region);
  };
  sc_core::sc_start();
  breaks(bench, "asking for DMI takes time");
}

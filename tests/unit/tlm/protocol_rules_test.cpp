#include "tlm/protocol_rules.h"

#include <catch2/catch.hpp>
#include <functional>

namespace ernsim {
namespace {

struct Manager : tlm::tlm_mm_interface {
  void free(tlm::tlm_generic_payload*) override {}
};

/// A payload that keeps every rule.
struct Payload : tlm::tlm_generic_payload {
  explicit Payload(Manager& manager, tlm::tlm_command command = tlm::TLM_READ_COMMAND) {
    set_mm(&manager);
    acquire();
    set_command(command);
    set_address(0x40);
    set_data_ptr(bytes);
    set_data_length(sizeof bytes);
    set_streaming_width(sizeof bytes);
    set_byte_enable_ptr(enables);
    set_byte_enable_length(sizeof enables);
  }
  unsigned char bytes[8] = {};
  unsigned char enables[4] = {255, 255, 255, 255};
};

/// Two transactions at a socket, and calls with their returns in short.
struct Talk {
  Manager manager;
  Payload a{manager}, b{manager, tlm::TLM_WRITE_COMMAND};
  ProtocolRules rules;

  void forward(Payload& payload, tlm::tlm_phase phase, Picoseconds at, tlm::tlm_sync_enum status, tlm::tlm_phase to,
               Picoseconds until) {
    rules.forward(payload, {phase, at});
    if (to == tlm::BEGIN_RESP || status == tlm::TLM_COMPLETED) answer(payload);
    rules.forward_returned(payload, {phase, at}, status, {to, until});
  }
  void forward(Payload& payload, tlm::tlm_phase phase, Picoseconds at) {
    forward(payload, phase, at, tlm::TLM_ACCEPTED, phase, at);
  }
  void backward(Payload& payload, tlm::tlm_phase phase, Picoseconds at, tlm::tlm_sync_enum status, tlm::tlm_phase to,
                Picoseconds until) {
    if (phase == tlm::BEGIN_RESP) answer(payload);
    rules.backward(payload, {phase, at});
    rules.backward_returned(payload, {phase, at}, status, {to, until});
  }
  void backward(Payload& payload, tlm::tlm_phase phase, Picoseconds at) {
    backward(payload, phase, at, tlm::TLM_ACCEPTED, phase, at);
  }
  void answer(Payload& payload) const {
    if (answers) payload.set_response_status(tlm::TLM_OK_RESPONSE);
  }
  void requested(Payload& payload, Picoseconds at) {
    forward(payload, tlm::BEGIN_REQ, at, tlm::TLM_UPDATED, tlm::END_REQ, at);
  }

  bool answers = true;
};

/// What a talk breaks, one line each.
std::vector<std::string> violations(const std::function<void(Talk&)>& run) {
  Talk talk;
  run(talk);
  return talk.rules.violations();
}

/// It breaks this rule and no other.
void breaks(const std::string& rule, const std::function<void(Talk&)>& run) {
  const auto found = violations(run);
  INFO(rule);
  REQUIRE(found.size() == 1);
  INFO(found[0]);
  CHECK(found[0].find(rule) != std::string::npos);
  CHECK(found[0].find('\n') == std::string::npos);
}

TEST_CASE("every legal course of a transaction is let pass") {
  CHECK(violations([](Talk& t) {
          t.forward(t.a, tlm::BEGIN_REQ, 10);
          t.backward(t.a, tlm::END_REQ, 20);
          t.forward(t.b, tlm::BEGIN_REQ, 20, tlm::TLM_UPDATED, tlm::END_REQ, 25);
          t.backward(t.b, tlm::BEGIN_RESP, 30);
          t.forward(t.b, tlm::END_RESP, 40, tlm::TLM_COMPLETED, tlm::END_RESP, 40);
          t.backward(t.a, tlm::BEGIN_RESP, 40, tlm::TLM_UPDATED, tlm::END_RESP, 50);
        }).empty());
  CHECK(violations([](Talk& t) {
          t.forward(t.a, tlm::BEGIN_REQ, 10);
          t.backward(t.a, tlm::BEGIN_RESP, 20, tlm::TLM_COMPLETED, tlm::BEGIN_RESP, 20);
          t.forward(t.b, tlm::BEGIN_REQ, 20, tlm::TLM_UPDATED, tlm::BEGIN_RESP, 30);
          t.forward(t.b, tlm::END_RESP, 30);
        }).empty());
  CHECK(violations([](Talk& t) {
          t.forward(t.a, tlm::BEGIN_REQ, 10, tlm::TLM_COMPLETED, tlm::BEGIN_REQ, 30);
          t.rules.blocking(t.b, 0);
          t.b.set_response_status(tlm::TLM_OK_RESPONSE);
          t.rules.blocking_returned(t.b, 100);
        }).empty());
}

TEST_CASE("a transaction that has not ended is under way") {
  Talk t;
  t.requested(t.a, 0);
  CHECK(t.rules.under_way() == 1);
  t.backward(t.a, tlm::BEGIN_RESP, 10);
  CHECK(t.rules.under_way() == 1);
  t.forward(t.a, tlm::END_RESP, 20);
  CHECK(t.rules.under_way() == 0);
}

TEST_CASE("phases out of turn are named") {
  breaks("END_REQ on the forward path", [](Talk& t) { t.forward(t.a, tlm::END_REQ, 0); });
  breaks("BEGIN_REQ on the backward path", [](Talk& t) { t.backward(t.a, tlm::BEGIN_REQ, 0); });
  breaks("UNINITIALIZED_PHASE on the forward path", [](Talk& t) { t.forward(t.a, tlm::UNINITIALIZED_PHASE, 0); });
  breaks("BEGIN_RESP of a transaction that is not under way", [](Talk& t) { t.backward(t.a, tlm::BEGIN_RESP, 0); });
  breaks("END_RESP of a transaction that is not under way", [](Talk& t) { t.forward(t.a, tlm::END_RESP, 0); });
  breaks("END_REQ out of turn", [](Talk& t) {
    t.requested(t.a, 0);
    t.backward(t.a, tlm::END_REQ, 10);
  });
  breaks("BEGIN_RESP out of turn", [](Talk& t) {
    t.requested(t.a, 0);
    t.backward(t.a, tlm::BEGIN_RESP, 10);
    t.backward(t.a, tlm::BEGIN_RESP, 10);
  });
  breaks("END_RESP out of turn", [](Talk& t) {
    t.requested(t.a, 0);
    t.forward(t.a, tlm::END_RESP, 10);
  });
}

TEST_CASE("what a return may not say is named") {
  breaks("BEGIN_REQ is answered with END_RESP",
         [](Talk& t) { t.forward(t.a, tlm::BEGIN_REQ, 0, tlm::TLM_UPDATED, tlm::END_RESP, 0); });
  breaks("BEGIN_REQ is answered with BEGIN_REQ",
         [](Talk& t) { t.forward(t.a, tlm::BEGIN_REQ, 0, tlm::TLM_UPDATED, tlm::BEGIN_REQ, 0); });
  breaks("TLM_ACCEPTED with another phase",
         [](Talk& t) { t.forward(t.a, tlm::BEGIN_REQ, 0, tlm::TLM_ACCEPTED, tlm::END_REQ, 0); });
  breaks("TLM_ACCEPTED with another delay",
         [](Talk& t) { t.forward(t.a, tlm::BEGIN_REQ, 0, tlm::TLM_ACCEPTED, tlm::BEGIN_REQ, 5); });
  breaks("END_REQ is answered with more than TLM_ACCEPTED", [](Talk& t) {
    t.forward(t.a, tlm::BEGIN_REQ, 0);
    t.backward(t.a, tlm::END_REQ, 0, tlm::TLM_COMPLETED, tlm::END_REQ, 0);
  });
  breaks("BEGIN_RESP is answered with END_REQ", [](Talk& t) {
    t.requested(t.a, 0);
    t.backward(t.a, tlm::BEGIN_RESP, 0, tlm::TLM_UPDATED, tlm::END_REQ, 0);
  });
  breaks("END_RESP is answered with TLM_UPDATED", [](Talk& t) {
    t.requested(t.a, 0);
    t.backward(t.a, tlm::BEGIN_RESP, 0);
    t.forward(t.a, tlm::END_RESP, 0, tlm::TLM_UPDATED, tlm::END_RESP, 0);
  });
  breaks("the target answers what has ended", [](Talk& t) {
    t.rules.forward(t.a, {tlm::BEGIN_REQ, 0});
    t.backward(t.a, tlm::BEGIN_RESP, 0, tlm::TLM_COMPLETED, tlm::BEGIN_RESP, 0);
    t.rules.forward_returned(t.a, {tlm::BEGIN_REQ, 0}, tlm::TLM_UPDATED, {tlm::END_REQ, 0});
  });
}

TEST_CASE("requests and responses exclude each other in calls and in time") {
  breaks("BEGIN_REQ before the request before it has ended", [](Talk& t) {
    t.forward(t.a, tlm::BEGIN_REQ, 0);
    t.requested(t.b, 10);
  });
  breaks("BEGIN_REQ at a time before the end of the last request, 30 ps", [](Talk& t) {
    t.forward(t.a, tlm::BEGIN_REQ, 0, tlm::TLM_UPDATED, tlm::END_REQ, 30);
    t.requested(t.b, 29);
  });
  breaks("BEGIN_RESP before the response before it has ended", [](Talk& t) {
    t.requested(t.a, 0);
    t.requested(t.b, 0);
    t.backward(t.a, tlm::BEGIN_RESP, 10);
    t.backward(t.b, tlm::BEGIN_RESP, 20);
  });
  breaks("BEGIN_RESP at a time before the end of the last response, 40 ps", [](Talk& t) {
    t.requested(t.a, 0);
    t.requested(t.b, 0);
    t.backward(t.a, tlm::BEGIN_RESP, 10, tlm::TLM_UPDATED, tlm::END_RESP, 40);
    t.backward(t.b, tlm::BEGIN_RESP, 39, tlm::TLM_COMPLETED, tlm::BEGIN_RESP, 39);
  });
}

TEST_CASE("times that go back are named") {
  breaks("time goes back: its last phase was at 50 ps", [](Talk& t) {
    t.requested(t.a, 50);
    t.backward(t.a, tlm::BEGIN_RESP, 49);
  });
  breaks("time goes back: its last phase was at 50 ps",
         [](Talk& t) { t.forward(t.a, tlm::BEGIN_REQ, 50, tlm::TLM_UPDATED, tlm::END_REQ, 49); });
  breaks("time goes back: BEGIN_RESP was at 60 ps", [](Talk& t) {
    t.requested(t.a, 50);
    t.backward(t.a, tlm::BEGIN_RESP, 60, tlm::TLM_COMPLETED, tlm::BEGIN_RESP, 59);
  });
  breaks("time goes back", [](Talk& t) {
    t.rules.blocking(t.a, 50);
    t.answer(t.a);
    t.rules.blocking_returned(t.a, 49);
  });
}

TEST_CASE("a payload that is not well formed at the begin is named") {
  const auto begins = [](const std::function<void(Payload&)>& change) {
    return [change](Talk& t) {
      change(t.a);
      t.requested(t.a, 0);
    };
  };
  breaks("data pointer is null", begins([](Payload& p) { p.set_data_ptr(nullptr); }));
  breaks("data length is 0", begins([](Payload& p) { p.set_data_length(0); }));
  breaks("streaming width is 0", begins([](Payload& p) { p.set_streaming_width(0); }));
  breaks("byte enable length is 0", begins([](Payload& p) { p.set_byte_enable_length(0); }));
  breaks("not TLM_INCOMPLETE_RESPONSE", begins([](Payload& p) { p.set_response_status(tlm::TLM_OK_RESPONSE); }));
  breaks("DMI is allowed before", begins([](Payload& p) { p.set_dmi_allowed(true); }));
  CHECK(violations(begins([](Payload& p) {
          p.set_command(tlm::TLM_IGNORE_COMMAND);
          p.set_data_ptr(nullptr);
          p.set_data_length(0);
        })).empty());
}

TEST_CASE("attributes that change under way are named, and the address may") {
  const auto changes = [](const std::function<void(Payload&)>& change) {
    return [change](Talk& t) {
      t.requested(t.b, 0);
      change(t.b);
      t.backward(t.b, tlm::BEGIN_RESP, 10, tlm::TLM_COMPLETED, tlm::BEGIN_RESP, 10);
    };
  };
  breaks("command has changed", changes([](Payload& p) { p.set_command(tlm::TLM_READ_COMMAND); }));
  breaks("data pointer has changed", changes([](Payload& p) { p.set_data_ptr(p.enables); }));
  breaks("data length has changed", changes([](Payload& p) { p.set_data_length(4); }));
  breaks("byte enable pointer has changed", changes([](Payload& p) { p.set_byte_enable_ptr(p.bytes); }));
  breaks("byte enable length has changed", changes([](Payload& p) { p.set_byte_enable_length(1); }));
  breaks("streaming width has changed", changes([](Payload& p) { p.set_streaming_width(4); }));
  breaks("data of the write has changed", changes([](Payload& p) { p.bytes[7] = 1; }));
  breaks("byte enables has changed", changes([](Payload& p) { p.enables[0] = 0; }));
  CHECK(violations(changes([](Payload& p) { p.set_address(0x80); })).empty());
  CHECK(violations([](Talk& t) {
          t.requested(t.a, 0);
          t.a.bytes[0] = 1;  // what a read fetches
          t.backward(t.a, tlm::BEGIN_RESP, 10, tlm::TLM_COMPLETED, tlm::BEGIN_RESP, 10);
        }).empty());
}

TEST_CASE("a response without a status is named") {
  const std::string rule = "the response has no status";
  breaks(rule, [](Talk& t) {
    t.answers = false;
    t.requested(t.a, 0);
    t.backward(t.a, tlm::BEGIN_RESP, 10);
  });
  breaks(rule, [](Talk& t) {
    t.answers = false;
    t.forward(t.a, tlm::BEGIN_REQ, 0, tlm::TLM_COMPLETED, tlm::BEGIN_REQ, 10);
  });
  breaks(rule, [](Talk& t) {
    t.rules.blocking(t.a, 0);
    t.rules.blocking_returned(t.a, 10);
  });
}

TEST_CASE("payloads without memory management, not held, or used twice are named") {
  breaks("no memory manager", [](Talk& t) {
    t.a.set_mm(nullptr);
    t.requested(t.a, 0);
  });
  breaks("reference count is 0", [](Talk& t) {
    t.requested(t.a, 0);
    t.a.release();
    t.backward(t.a, tlm::BEGIN_RESP, 10, tlm::TLM_COMPLETED, tlm::BEGIN_RESP, 10);
  });
  breaks("used again before its transaction has ended", [](Talk& t) {
    t.requested(t.a, 0);
    t.requested(t.a, 10);
  });
  breaks("used again before its transaction has ended", [](Talk& t) {
    t.rules.blocking(t.a, 0);
    t.rules.blocking(t.a, 0);
  });
  CHECK(violations([](Talk& t) {
          t.a.set_mm(nullptr);  // b_transport asks for none
          t.rules.blocking(t.a, 0);
        }).empty());
}

TEST_CASE("debug transport and DMI that say what cannot be are named") {
  tlm::tlm_dmi region;
  region.set_start_address(0);
  region.set_end_address(0xff);
  unsigned char byte = 0;
  region.set_dmi_ptr(&byte);
  region.allow_read_write();
  breaks("moved 9 bytes", [](Talk& t) { t.rules.debug_returned(t.a, 9); });
  CHECK(violations([&](Talk& t) { t.rules.direct_returned(t.a, true, region); }).empty());
  region.allow_write();
  breaks("does not allow", [&](Talk& t) { t.rules.direct_returned(t.a, true, region); });
  region.allow_read_write();
  region.set_dmi_ptr(nullptr);
  breaks("without a pointer", [&](Talk& t) { t.rules.direct_returned(t.a, true, region); });
  region.set_start_address(0x41);
  breaks("without the address", [&](Talk& t) { t.rules.direct_returned(t.a, false, region); });
  breaks("ends before it begins", [](Talk& t) { t.rules.invalidated(1, 0); });
}

TEST_CASE("phases of other protocols are let pass") {
  const tlm::tlm_phase other = 1000;
  CHECK(violations([&](Talk& t) {
          t.forward(t.a, other, 0);
          t.backward(t.a, other, 0);
        }).empty());
}

}  // namespace
}  // namespace ernsim

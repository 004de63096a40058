#include "tests/support/foreign_memory.h"

#include <catch2/catch.hpp>

#include "compiler/compile.h"
#include "compiler/program.h"
#include "models/accelerator/accelerator.h"
#include "models/platform/host_module.h"
#include "models/platform/program_image.h"
#include "simulation/forked.h"
#include "tests/support/checked_binding.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/networks.h"
#include "workloads/reference_executor.h"

// The accelerator in front of a memory that is not the project's own. Each test elaborates one model.

using namespace ernsim;
using test::Answer;

namespace {

constexpr Picoseconds us = 1'000'000;

/// Answers by blocking transport only, waiting for each.
struct BlockingMemory : sc_core::sc_module {
  using Target = tlm_utils::simple_target_socket_tagged<BlockingMemory>;
  BlockingMemory(sc_core::sc_module_name name, std::size_t sockets, std::size_t size_bytes)
      : sc_module(name), bytes(size_bytes) {
    for (std::size_t i = 0; i < sockets; ++i) {
      in.push_back(std::make_unique<Target>(sc_core::sc_gen_unique_name("in")));
      in[i]->register_b_transport(this, &BlockingMemory::access, static_cast<int>(i));
      in[i]->register_transport_dbg(this, &BlockingMemory::debug, static_cast<int>(i));
    }
  }
  void access(int socket, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
    wait(delay + sc_core::sc_time(50, sc_core::SC_NS));
    delay = sc_core::SC_ZERO_TIME;
    debug(socket, payload);
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  }
  unsigned debug(int, tlm::tlm_generic_payload& payload) {
    auto* at = bytes.data() + payload.get_address();
    if (payload.is_read())
      std::copy_n(at, payload.get_data_length(), payload.get_data_ptr());
    else
      std::copy_n(payload.get_data_ptr(), payload.get_data_length(), at);
    return payload.get_data_length();
  }
  std::vector<std::unique_ptr<Target>> in;
  std::vector<std::uint8_t> bytes;
};

struct Workload {
  PlatformConfig config;
  workloads::IntegerNetwork network;
  workloads::Image image = workloads::generated_image(64, 64, 5);
  Program program;
  std::vector<float> logits;  ///< the reference's

  Workload() {
    const auto graph = workloads::build_network("ERNs18x075", {"released", 64, 64, 10});
    network = workloads::fold(graph, workloads::seeded_parameters(graph, 11));
    program = compiler::make_program(compiler::compile(network.graph, config), network, image, config, true);
    for (const double logit : workloads::execute_reference(network, image, 16).logits)
      logits.push_back(static_cast<float>(logit));
  }
};

/// Binds everything, runs `frames`; what is wrong with the last one, if anything.
template <class Memory>
std::string fault_on(Memory& memory, const Workload& workload, LookAhead look_ahead, int frames = 1) {
  EngineModule engine("engine", EngineKind::leap, look_ahead);
  AcceleratorOptions options;
  options.engine = &engine;
  options.layer_count = workload.program.layer_count;
  Accelerator accelerator("accelerator", workload.config.accelerator, options);
  InterconnectModule& ports = accelerator.interconnect();
  test::CheckedBindings checked;
  for (std::size_t i = 0; i < port_count; ++i) {
    checked.bind(ports.reads_out[i]->socket, *memory.in[2 * i]);
    checked.bind(ports.writes_out[i]->socket, *memory.in[2 * i + 1]);
    ports.reads_out[i]->calls_out_of(engine);
    ports.writes_out[i]->calls_out_of(engine);
  }
  place(workload.program, memory.bytes);
  HostModule host("host", workload.config.host,
                  host_work(workload.program, workload.config.accelerator.convolution, frames, true));
  sc_core::sc_signal<bool> interrupt;
  host.interrupt_in.bind(interrupt);
  accelerator.interrupt_out().bind(interrupt);
  host.registers_out.bind(accelerator.registers_in());
  checked.bind(host.memory_out, *memory.in[2 * port_count]);
  sc_core::sc_start(sc_core::sc_time(100 * frames, sc_core::SC_MS));
  if (host.frame_ps().size() != static_cast<std::size_t>(frames)) return "a frame did not finish";
  if (host.logits() != workload.logits) return "logits differ";
  return checked.complaint(true);
}

std::string fault_on_foreign(const Workload& workload, Answer answer, LookAhead look_ahead, unsigned seed,
                             int frames = 1) {
  test::ForeignMemory memory("memory", 2 * port_count + 1, workload.program.external_bytes, answer, seed);
  const std::string fault = fault_on(memory, workload, look_ahead, frames);
  if (!fault.empty()) return fault;
  if (memory.breaches != 0) return "the accelerator broke the protocol";
  if (test::Note::alive != 0) return "notes of ended transactions are left";
  const bool reorders = answer != Answer::response_at_once && answer != Answer::completed;
  return reorders && memory.out_of_order == 0 ? "no response came out of order" : "";
}

void run_on_foreign(Answer answer, LookAhead look_ahead, unsigned seed, int frames = 1) {
  CHECK(fault_on_foreign(Workload(), answer, look_ahead, seed, frames) == "");
}

}  // namespace

TEST_CASE("a frame on a memory that ends requests at once is bit-exact") {
  run_on_foreign(Answer::end_request_at_once, LookAhead{}, 1);
}
TEST_CASE("a frame on a memory that ends requests later is bit-exact") {
  run_on_foreign(Answer::end_request_later, LookAhead{}, 2);
}
TEST_CASE("a frame on a memory that ends no request but responds is bit-exact") {
  run_on_foreign(Answer::response_later, LookAhead{}, 3);
}
TEST_CASE("a frame on a memory that responds at once for later is bit-exact") {
  run_on_foreign(Answer::response_at_once, LookAhead{}, 4);
}
TEST_CASE("a frame on a memory that completes at once is bit-exact") {
  run_on_foreign(Answer::completed, LookAhead{}, 5);
}
TEST_CASE("a frame on a memory that answers each request in another way is bit-exact") {
  run_on_foreign(Answer::any, LookAhead{}, 8);
}
TEST_CASE("two frames without look-ahead on a foreign memory are bit-exact") {
  run_on_foreign(Answer::end_request_later, LookAhead{0}, 6, 2);
}
TEST_CASE("a frame with a microsecond of look-ahead on a foreign memory is bit-exact") {
  run_on_foreign(Answer::end_request_at_once, LookAhead{us}, 7);
}
TEST_CASE("a frame on a memory with blocking transport alone is bit-exact") {
  const Workload workload;
  BlockingMemory memory("memory", 2 * port_count + 1, workload.program.external_bytes);
  CHECK(fault_on(memory, workload, LookAhead{}) == "");
}

TEST_CASE("a thousand frames on memories that answer in any way and time are bit-exact", "[.slow]") {
  const Workload workload;
  const auto fault = [&workload](std::size_t seed) {
    const LookAhead look_ahead = seed % 3 == 0 ? LookAhead{0} : seed % 3 == 1 ? LookAhead{us} : LookAhead{};
    const auto answer = static_cast<Answer>(seed % (static_cast<std::size_t>(Answer::any) + 1));
    return fault_on_foreign(workload, answer, look_ahead, static_cast<unsigned>(seed));
  };
  const auto faults = map_forked(1000, default_jobs(), fault);
  for (std::size_t seed = 0; seed < faults.size(); ++seed) {
    INFO("seed " << seed);
    CHECK(faults[seed] == "");
  }
}

#include <catch2/catch.hpp>

#include "compiler/compile.h"
#include "compiler/program.h"
#include "models/accelerator/accelerator.h"
#include "models/dram/dram_module.h"
#include "models/platform/host_module.h"
#include "models/platform/program_image.h"
#include "models/traffic/traffic_module.h"
#include "tests/support/checked_binding.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/networks.h"
#include "workloads/reference_executor.h"

// Two accelerators and a camera on one memory, every one of them with an engine of time of its own.

using namespace ernsim;

namespace {

constexpr Picoseconds us = 1'000'000;
constexpr std::size_t sockets = 2 * port_count + 1;  // of an accelerator with its host

/// Puts what passes it at another place of the memory.
class Shift : public sc_core::sc_module, private tlm::tlm_fw_transport_if<>, private tlm::tlm_bw_transport_if<> {
 public:
  Shift(sc_core::sc_module_name name, std::uint64_t base) : sc_module(name), in("in"), out("out"), base_(base) {
    in.bind(static_cast<tlm::tlm_fw_transport_if<>&>(*this));
    out.bind(static_cast<tlm::tlm_bw_transport_if<>&>(*this));
  }
  tlm::tlm_target_socket<> in;
  tlm::tlm_initiator_socket<> out;

 private:
  using Payload = tlm::tlm_generic_payload;
  void shift(Payload& payload) const { payload.set_address(payload.get_address() + base_); }
  void b_transport(Payload& payload, sc_core::sc_time& delay) override {
    shift(payload);
    out->b_transport(payload, delay);
  }
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay) override {
    if (phase == tlm::BEGIN_REQ) shift(payload);
    return out->nb_transport_fw(payload, phase, delay);
  }
  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay) override {
    return in->nb_transport_bw(payload, phase, delay);
  }
  unsigned transport_dbg(Payload& payload) override {
    shift(payload);
    return out->transport_dbg(payload);
  }
  bool get_direct_mem_ptr(Payload&, tlm::tlm_dmi&) override { return false; }
  void invalidate_direct_mem_ptr(sc_dt::uint64, sc_dt::uint64) override {}

  std::uint64_t base_;
};

struct Workload {
  PlatformConfig config;
  workloads::IntegerNetwork network;
  workloads::Image image;
  Program program;

  explicit Workload(unsigned seed) : image(workloads::generated_image(32, 32, seed)) {
    const auto graph = workloads::build_network("ERNs18x075", {"released", 32, 32, 10});
    network = workloads::fold(graph, workloads::seeded_parameters(graph, 11));
    program = compiler::make_program(compiler::compile(network.graph, config), network, image, config, true);
  }
};

/// An accelerator with its host.
struct Side : sc_core::sc_module {
  Side(sc_core::sc_module_name name, const Workload& its, LookAhead look_ahead)
      : sc_module(name),
        workload(its),
        engine("engine", EngineKind::leap, look_ahead),
        accelerator("accelerator", its.config.accelerator, options_of(its, engine)),
        host("host", its.config.host, host_work(its.program, its.config.accelerator.convolution, 1, true)) {
    host.registers_out.bind(accelerator.registers_in());
    host.interrupt_in.bind(interrupt);
    accelerator.interrupt_out().bind(interrupt);
  }
  void bind(Dram& memory, std::size_t first, std::uint64_t base, test::CheckedBindings& checked) {
    const auto connect = [&](auto& socket, std::size_t number) {
      shifts.push_back(std::make_unique<Shift>(sc_core::sc_gen_unique_name("shift"), base));
      socket.bind(shifts.back()->in);
      checked.bind(shifts.back()->out, memory.in[first + number]->socket);
    };
    for (std::size_t i = 0; i < port_count; ++i) {
      connect(accelerator.interconnect().reads_out[i]->socket, 2 * i);
      connect(accelerator.interconnect().writes_out[i]->socket, 2 * i + 1);
      accelerator.interconnect().reads_out[i]->calls_out_of(engine);
      accelerator.interconnect().writes_out[i]->calls_out_of(engine);
    }
    connect(host.memory_out, 2 * port_count);
    place(workload.program, memory.bytes().data() + base);
  }
  void require_exact() const {
    const auto reference = workloads::execute_reference(workload.network, workload.image, 16);
    REQUIRE(host.logits().size() == reference.logits.size());
    for (std::size_t i = 0; i < reference.logits.size(); ++i)
      REQUIRE(host.logits()[i] == static_cast<float>(reference.logits[i]));
  }
  static AcceleratorOptions options_of(const Workload& its, EngineModule& engine) {
    AcceleratorOptions options;
    options.engine = &engine;
    options.layer_count = its.program.layer_count;
    return options;
  }
  Cycle cycles() { return accelerator.control().control().frame_cycles(); }

  const Workload& workload;
  EngineModule engine;
  Accelerator accelerator;
  HostModule host;
  sc_core::sc_signal<bool> interrupt;
  std::vector<std::unique_ptr<Shift>> shifts;
};

DramPorts two_sides_and_a_camera() {
  DramPorts ports(9);
  ports.port_of_socket.clear();
  for (std::size_t side : {0, 4})
    for (std::size_t port : {0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 0}) ports.port_of_socket.push_back(side + port);
  ports.port_of_socket.push_back(8);
  return ports;
}

TrafficConfig camera(std::uint64_t address) {
  TrafficConfig config;
  config.name = "camera";
  config.rate_mb_s = 1000;
  config.write_fraction = 0.5;
  config.address = static_cast<std::int64_t>(address);
  return config;
}

DramOptions options(LookAhead look_ahead) {
  DramOptions options;
  options.look_ahead = look_ahead;
  options.bytes = 64 << 20;
  return options;
}

constexpr std::uint64_t second_base = 16 << 20, camera_base = 32 << 20;

/// The whole platform, as often as wanted in one model.
struct Board : sc_core::sc_module {
  Board(sc_core::sc_module_name name, const Workload& first, const Workload& second, LookAhead look_ahead)
      : sc_module(name),
        memory("memory", first.config.dram, two_sides_and_a_camera(), options(look_ahead)),
        one("one", first, look_ahead),
        other("other", second, look_ahead),
        traffic("traffic", camera(camera_base)) {
    one.bind(memory, 0, 0, checked);
    other.bind(memory, sockets, second_base, checked);
    checked.bind(traffic.out.socket, memory.in[2 * sockets]->socket);
  }
  void require_right() {
    one.require_exact();
    other.require_exact();
    checked.require_no_breach();
    const DramStatistics all = memory.controller().statistics();
    PortBytes sum;
    for (std::size_t port = 0; port < 9; ++port) {
      sum.read += memory.controller().port_bytes(port).read;
      sum.write += memory.controller().port_bytes(port).write;
    }
    CHECK(all.read_bytes == sum.read);
    CHECK(all.write_bytes == sum.write);
  }
  /// Of one accelerator: what it asked for.
  std::pair<std::int64_t, std::int64_t> bytes(std::size_t side) {
    std::pair<std::int64_t, std::int64_t> sum{0, 0};
    for (std::size_t port = 4 * side; port < 4 * side + 4; ++port) {
      sum.first += memory.controller().port_bytes(port).read;
      sum.second += memory.controller().port_bytes(port).write;
    }
    return sum;
  }
  test::CheckedBindings checked;
  Dram memory;
  Side one, other;
  TrafficGenerator traffic;
};

void run_until_both_are_done(const std::vector<Board*>& boards) {
  const auto done = [&boards] {
    return std::all_of(boards.begin(), boards.end(), [](Board* board) {
      return board->one.host.frame_ps().size() == 1 && board->other.host.frame_ps().size() == 1;
    });
  };
  for (int i = 0; i < 200 && !done(); ++i) sc_core::sc_start(sc_core::sc_time(100, sc_core::SC_US));
  REQUIRE(done());
}

}  // namespace

TEST_CASE("two accelerators and a camera on one memory are exact with every bound of look-ahead, in the same cycles") {
  const Workload first(5), second(6);
  Board strict("strict", first, second, LookAhead{0});
  Board bounded("bounded", first, second, LookAhead{us});
  Board unbounded("unbounded", first, second, LookAhead{never});
  run_until_both_are_done({&strict, &bounded, &unbounded});
  for (Board* board : {&strict, &bounded, &unbounded}) {
    board->require_right();
    CHECK(board->one.cycles() == strict.one.cycles());
    CHECK(board->other.cycles() == strict.other.cycles());
    CHECK(board->bytes(0) == board->bytes(1));  // the same network at other places
    CHECK(board->bytes(0) == strict.bytes(0));
  }
}

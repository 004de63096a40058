#include "models/platform/platform.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/platform/program_image.h"
#include "models/platform/second_map.h"
#include "timing/annotation.h"

namespace ernsim {

namespace {

constexpr std::size_t host_socket = 2 * port_count, first_traffic_socket = host_socket + 1;
constexpr std::size_t first_traffic_port = 4;

/// Four HP and two HPC ports, each with a socket for reads and one for writes, and the host's; HP1 and HP2 share a port
/// of the controller, the HPC ports that of the cache-coherent interconnect (UG1085). Every other user of the memory
/// has a port of its own.
DramPorts memory_ports(const PlatformConfig& config) {
  DramPorts ports;
  for (std::size_t port : {0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 0}) ports.port_of_socket.push_back(port);
  ports.priorities.assign(first_traffic_port, static_cast<int>(config.dram.port_priority));
  for (const TrafficConfig& each : config.traffic) {
    ports.port_of_socket.push_back(ports.priorities.size());
    ports.priorities.push_back(static_cast<int>(each.priority));
  }
  return ports;
}

/// What the program takes, and as far as other traffic goes.
std::uint64_t memory_bytes(const PlatformConfig& config, const Program& program) {
  std::uint64_t bytes = program.external_bytes;
  for (const TrafficConfig& each : config.traffic)
    bytes = std::max(bytes, static_cast<std::uint64_t>(each.address + each.range_bytes));
  return bytes;
}

}  // namespace

Platform::Platform(sc_core::sc_module_name name, const PlatformConfig& config, const Program& program,
                   const RunOptions& options)
    : sc_module(name),
      config_(config),
      frames_(options.frames),
      traffic_(config.accelerator.clock(), first_traffic_port),
      recorder_(program.layer_count, config.accelerator.convolution.pipeline_cycles, options.observer, options.profile,
                &traffic_),
      engine_("engine", options.engine),
      accelerator_("accelerator", config.accelerator, accelerator_options(program, options)),
      memory_("memory", config.dram, memory_ports(config),
              {&engine_, options.engine, {}, memory_bytes(config, program), false, this}),
      host_("host", config.host, host_work(program, config.accelerator.convolution, options.frames, options.data)),
      data_(options.data),
      drop_burst_(options.drop_burst) {
  bind_memory();
  host_.registers_out.bind(accelerator_.registers_in());
  host_.report_to(this);
  host_.interrupt_in.bind(interrupt_);
  accelerator_.interrupt_out().bind(interrupt_);
  memory_.controller().show_commands(options.dram_commands);
  accelerator_.interconnect().show_data(options.port_data);
  watch(program, options);
  place(program, memory_.bytes().data());
  if (options.flip_bit_at >= 0) memory_.bytes().data()[options.flip_bit_at] ^= 1U;
}

AcceleratorOptions Platform::accelerator_options(const Program& program, const RunOptions& options) {
  AcceleratorOptions chosen;
  chosen.engine = &engine_;
  chosen.data = options.data;
  chosen.observer = &recorder_;
  chosen.values = options.observer != nullptr ? &recorder_ : nullptr;
  chosen.ports = options.ports;
  chosen.frames = this;
  chosen.makers = options.makers;
  chosen.layer_count = program.layer_count;
  return chosen;
}

void Platform::frame_finished(Cycle now) {
  if (finished_) return;
  finished_ = true;
  traffic_.collect(now, memory_, result_);
  recorder_.collect(accelerator_, result_);
}

/// Refresh would keep the memory busy for ever.
void Platform::frames_finished() {
  memory_.catch_up(kernel_now_ps());
  engine_.stop();
  sc_core::sc_stop();
}

void Platform::bind_memory() {
  for (std::size_t i = 0; i < port_count; ++i) {
    accelerator_.interconnect().reads_out[i]->socket.bind(memory_.in[2 * i]->socket);
    accelerator_.interconnect().writes_out[i]->socket.bind(memory_.in[2 * i + 1]->socket);
  }
  host_.memory_out.bind(memory_.in[host_socket]->socket);
  for (std::size_t i = 0; i < config_.traffic.size(); ++i)
    traffic_.add(config_.traffic[i], engine_, memory_, first_traffic_socket + i);
}

/// Reports progress, and stops a simulation in which nothing has finished for 10 s of simulated time; 1 s with other
/// traffic and 20 ms if a unit is replaced, because those are never idle.
void Platform::watch(const Program& program, const RunOptions& options) {
  constexpr Picoseconds ms = 1'000'000'000;
  const bool replaced = !options.makers.empty();
  const Picoseconds patience_ps = replaced ? 20 * ms : config_.traffic.empty() ? 10'000 * ms : 1'000 * ms;
  std::size_t instructions = 0;
  for (const auto& stream : program.streams) instructions += stream.size();
  const double total = static_cast<double>(instructions) * options.frames;
  engine_.on_progress([this, total, patience_ps, progress = options.progress](Picoseconds now_ps) {
    if (progress != nullptr)
      progress->progress(now_ps / config_.accelerator.clock().period_ps,
                         static_cast<double>(recorder_.instructions()) / total);
    if (std::exchange(watched_instructions_, recorder_.instructions()) != recorder_.instructions())
      watched_ps_ = now_ps;
    if (now_ps - watched_ps_ > patience_ps) engine_.stop();
  });
}

/// Instructions always move; tensors only with data on and unless a fault is injected.
bool Platform::moves(const tlm::tlm_generic_payload& payload) {
  const auto* extension = payload.get_extension<BurstExtension>();
  if (extension == nullptr) return false;
  if (extension->burst.initiator == InitiatorId::control) return true;
  return data_ && data_bursts_++ != drop_burst_;
}

/// One line on what every unit waits for.
std::string Platform::who_waits() {
  std::string text;
  for (const UnitId id : each<UnitId>()) {
    const InstructionUnit& unit = accelerator_.unit(id);
    text += fmt::format("{}{} waits for {} after {} instructions", text.empty() ? "" : ", ", name_of(id),
                        name_of(unit.waiting()), unit.accounting().statistics().instructions);
  }
  return text;
}

RunResult Platform::result() {
  if (host_.frame_ps().size() != static_cast<std::size_t>(frames_))
    throw std::runtime_error("the frame did not finish: " + who_waits());
  result_.frame_ps = host_.frame_ps();
  result_.frame_end_ps = host_.frame_end_ps();
  result_.accelerator_ps = config_.accelerator.clock().time_ps(result_.cycles);
  result_.host_ps = result_.frame_ps.front() - result_.accelerator_ps;
  result_.logits = host_.logits();
  return result_;
}

/// Units that count bytes on the DRAM's bus are told how long its bursts are.
PlatformConfig with_access_bytes(PlatformConfig config) {
  config.accelerator.dma.dram_access_bytes = dram_access_bytes(config.dram);
  config.accelerator.control.dram_access_bytes = dram_access_bytes(config.dram);
  return config;
}

RunResult run_platform(const PlatformConfig& given, const Program& compiled, const RunOptions& options,
                       std::vector<std::uint8_t>* external_memory) {
  validate(given);
  const PlatformConfig config = with_access_bytes(given);
  const bool second_map = config.host.overlap && options.frames > 1;
  const Program buffered =
      second_map ? with_second_map(compiled, config.accelerator.convolution.block_channels) : Program{};
  const Program& program = second_map ? buffered : compiled;
  sc_core::sc_report_handler::set_actions("/OSCI/SystemC", sc_core::SC_INFO, sc_core::SC_DO_NOTHING);
  Platform platform("platform", config, program, options);
  sc_core::sc_start();
  const std::uint8_t* bytes = platform.external_bytes().data();
  if (external_memory != nullptr) external_memory->assign(bytes, bytes + program.external_bytes);
  return platform.result();
}

}  // namespace ernsim

#include "models/platform/platform.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/platform/program_image.h"

namespace ernsim {

Platform::Platform(sc_core::sc_module_name name, const PlatformConfig& config, const Program& program,
                   const RunOptions& options)
    : sc_module(name),
      config_(config),
      frames_(options.frames),
      recorder_(program.layer_count, config.accelerator.convolution.pipeline_cycles, options.observer, options.profile),
      engine_("engine", options.engine),
      accelerator_("accelerator", config.accelerator, accelerator_options(program, options)),
      memory_("memory", engine_, config.dram, program.external_bytes),
      host_("host", config.host,
            host_program(program, config.accelerator.convolution.block_channels, options.frames, options.data)) {
  for (std::size_t i = 0; i < port_count; ++i) {
    accelerator_.interconnect().reads_out[i]->socket.bind(*memory_.reads_in[i]);
    accelerator_.interconnect().writes_out[i]->socket.bind(*memory_.writes_in[i]);
  }
  host_.registers_out.bind(accelerator_.registers_in());
  host_.memory_out.bind(memory_.host_in);
  host_.report_to(this);
  host_.interrupt_in.bind(interrupt_);
  accelerator_.interrupt_out().bind(interrupt_);
  memory_.controller().log_commands(options.dram_command);
  accelerator_.interconnect().log_data(options.port_data);
  watch(program, options);
  place(program, memory_.bytes());
  inject_faults(options);
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

void Platform::frame_finished(Cycle) {
  if (finished_) return;
  finished_ = true;
  recorder_.collect(accelerator_, result_);
  result_.dram = memory_.controller().statistics();
}

/// Reports progress, and stops a simulation in which nothing has finished for 10 s of simulated time; 20 ms if a unit
/// is replaced, because every cycle of that one is simulated.
void Platform::watch(const Program& program, const RunOptions& options) {
  constexpr Picoseconds ms = 1'000'000'000;
  const bool replaced = !options.makers.empty();
  const Picoseconds patience_ps = replaced ? 20 * ms : 10'000 * ms;
  std::size_t instructions = 0;
  for (const auto& stream : program.streams) instructions += stream.size();
  const double total = static_cast<double>(instructions) * options.frames;
  engine_.on_progress([this, total, patience_ps, progress = options.progress](Picoseconds now_ps) {
    if (progress)
      progress(now_ps / config_.accelerator.clock().period_ps, static_cast<double>(recorder_.instructions()) / total);
    if (std::exchange(watched_instructions_, recorder_.instructions()) != recorder_.instructions())
      watched_ps_ = now_ps;
    if (now_ps - watched_ps_ > patience_ps) engine_.stop();
  });
}

/// Instructions always move; tensors only with data on and unless a fault is injected.
void Platform::inject_faults(const RunOptions& options) {
  memory_.moves_data = [this, data = options.data, drop = options.drop_burst](const Burst& burst) {
    if (burst.initiator == InitiatorId::control) return true;
    return data && data_bursts_++ != drop;
  };
  if (options.flip_bit_at >= 0) memory_.bytes()[static_cast<std::size_t>(options.flip_bit_at)] ^= 1U;
}

/// One line on what every unit waits for.
std::string Platform::who_waits() {
  std::string text;
  for (std::size_t u = 0; u < unit_count; ++u) {
    const InstructionUnit& unit = accelerator_.unit(static_cast<UnitId>(u));
    text += fmt::format("{}{} waits for {} after {} instructions", u == 0 ? "" : ", ", name_of(unit.id()),
                        name_of(unit.waiting()), unit.accounting().statistics().instructions);
  }
  return text;
}

RunResult Platform::result() {
  if (host_.frame_ps().size() != static_cast<std::size_t>(frames_))
    throw std::runtime_error("the frame did not finish: " + who_waits());
  result_.frame_ps = host_.frame_ps();
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

RunResult run_platform(const PlatformConfig& given, const Program& program, const RunOptions& options,
                       std::vector<std::uint8_t>* external_memory) {
  validate(given);
  const PlatformConfig config = with_access_bytes(given);
  sc_core::sc_report_handler::set_actions("/OSCI/SystemC", sc_core::SC_INFO, sc_core::SC_DO_NOTHING);
  Platform platform("platform", config, program, options);
  sc_core::sc_start();
  if (external_memory != nullptr) external_memory->swap(platform.external_bytes());
  return platform.result();
}

}  // namespace ernsim

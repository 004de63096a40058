#include "models/platform/platform.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/control/instruction_codec.h"

namespace ernsim {

Platform::Platform(sc_core::sc_module_name name, const PlatformConfig& config, const Program& program,
                   const RunOptions& options)
    : sc_module(name),
      config_(config),
      frames_(options.frames),
      recorder_(program.layer_count, options.observer, options.profile),
      engine_("engine", options.engine),
      memory_("memory", config.dram, program.external_bytes),
      accelerator_("accelerator", config, &recorder_, options.data, options.observer != nullptr ? &recorder_ : nullptr,
                   options.ports, options.replacements, program.layer_count),
      host_("host", config.host, host_program(config, program, options), accelerator_.control().interrupt) {
  for (std::size_t i = 0; i < port_count; ++i) accelerator_.interconnect().ports_out[i]->bind(*memory_.ports_in[i]);
  host_.registers_out.bind(accelerator_.control().registers_in);
  host_.memory_out.bind(memory_.host_in);
  accelerator_.register_units(engine_);
  engine_.add(memory_.controller());
  accelerator_.control().on_access = [this] { engine_.poke(); };
  host_.on_finished = [this] { engine_.stop(); };  // refresh would keep the memory busy for ever
  accelerator_.on_frame_finished = [this](Cycle) {
    engine_.look_outside();  // the interrupt has been raised
    if (finished_) return;
    finished_ = true;
    recorder_.collect(accelerator_, result_);
    result_.dram = memory_.controller().statistics();
  };
  memory_.controller().log_commands(options.dram_command);
  watch(program, options);
  load(program);
  inject_faults(options);
}

/// Reports progress, and stops a simulation in which nothing has finished for 10 s of simulated time; 20 ms if a unit
/// is replaced, because every cycle of that one is simulated.
void Platform::watch(const Program& program, const RunOptions& options) {
  constexpr Picoseconds ms = 1'000'000'000;
  const bool replaced = options.replacements.convolution || options.replacements.quantization;
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

/// Places image, weights, thresholds and instruction streams in external memory, as the host's driver would.
void Platform::load(const Program& program) {
  std::vector<std::uint8_t>& bytes = memory_.bytes();
  for (const Program::Bytes& region : program.contents)
    std::copy(region.bytes.begin(), region.bytes.end(), bytes.begin() + region.address);
  for (std::size_t unit = 0; unit < unit_count; ++unit) {
    std::uint8_t* out = bytes.data() + program.stream_address[unit];
    for (const Instruction& instruction : program.streams[unit]) {
      encode(instruction, out);
      out += instruction_bytes;
    }
  }
}

/// Instructions always move; tensors only with data on and unless a fault is injected.
void Platform::inject_faults(const RunOptions& options) {
  memory_.moves_data = [this, data = options.data, drop = options.drop_burst](const Burst& burst) {
    if (burst.initiator == InitiatorId::control) return true;
    return data && data_bursts_++ != drop;
  };
  if (options.flip_bit_at >= 0) memory_.bytes()[static_cast<std::size_t>(options.flip_bit_at)] ^= 1U;
}

HostProgram Platform::host_program(const PlatformConfig& config, const Program& program, const RunOptions& options) {
  HostProgram host;
  const auto write = [&host](Register base, std::size_t index, std::size_t value) {
    host.registers.emplace_back(static_cast<std::uint32_t>(base) + index, value);
  };
  write(Register::embedding_codes, 0, program.embedding.size());
  for (std::size_t i = 0; i < program.embedding.size(); ++i) {
    const EmbeddingThresholds& t = program.embedding[i];
    write(Register::embedding_thresholds, i, t[0] | std::size_t{t[1]} << 8 | std::size_t{t[2]} << 16);
  }
  for (std::size_t i = 0; i < unit_count; ++i) {
    write(Register::stream_address, i, program.stream_address[i]);
    write(Register::stream_count, i, program.streams[i].size());
  }
  for (std::size_t i = 0; i < semaphore_count; ++i) write(Register::semaphore_initial, i, program.semaphore_initial[i]);
  host.frames = options.frames;
  host.data = options.data;
  host.logits = {program.logits_address, program.logits_height, program.logits_width,
                 static_cast<int>(config.accelerator.convolution.block_channels), program.logit_scale};
  return host;
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

FrameActivity activity_of(const RunResult& result) {
  FrameActivity activity;
  for (const UnitStatistics& unit : result.units) activity.work += unit.work;
  activity.dram = result.dram;
  activity.latency_ps = result.accelerator_ps + result.host_ps;
  return activity;
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

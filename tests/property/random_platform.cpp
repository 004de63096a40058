#include "tests/property/random_platform.h"

#include <fmt/format.h>

#include <type_traits>

namespace ernsim::test {

namespace {

/// A latency: mostly small, at times long.
std::int64_t latency(Draw& draw, std::int64_t least, std::int64_t usual) {
  return draw.chance(10) ? draw.integer(usual, 12 * usual) : draw.integer(least, usual);
}

void draw_array(Draw& draw, AcceleratorConfig& a) {
  // 1200.48 MHz is the memory clock; 125 and 250 MHz put host accesses on clock edges.
  a.clock_mhz = draw.chance(40) ? draw.one_of({125.0, 250.0, 300.0, 600.0, 1200.48, 2000.0})
                                : 0.5 * static_cast<double>(draw.integer(80, 800));
  a.convolution.block_channels = draw.one_of<std::int64_t>({8, 16, 16, 32, 32, 64, 64});
  a.convolution.lanes = draw.chance(80) ? draw.integer(1, 4) : draw.integer(5, 8);
  a.convolution.cores = draw.chance(60) ? draw.integer(1, 2) : draw.integer(3, 16);
  a.convolution.lane_mapping = draw.one_of({LaneMapping::kernel_columns, LaneMapping::pixels});
  a.convolution.issue_cycles = latency(draw, 0, 6);
  a.convolution.pipeline_cycles = latency(draw, 1, 12);
  a.convolution.pane_load_cycles = draw.one_of<std::int64_t>({0, 1, 2, 17, 90});
  a.quantization.issue_cycles = latency(draw, 0, 6);
  a.quantization.pipeline_cycles = latency(draw, 1, 10);
  a.pixel_embedding.pixels_per_cycle = draw.integer(1, 16);
  a.control.queue_depth = draw.chance(70) ? draw.integer(4, 8) : draw.one_of<std::int64_t>({16, 64, 1024});
  a.control.semaphore_cycles = latency(draw, 1, 5);
}

void draw_memories(Draw& draw, AcceleratorConfig& a) {
  auto& m = a.memory;
  m.activations_words = draw.one_of<std::int64_t>({200, 700, 1500, 4096, 30000}) + draw.integer(0, 99);
  m.weights_words =
      a.convolution.block_channels * draw.one_of<std::int64_t>({5, 9, 25, 27, 40, 100, 500}) + draw.integer(0, 9);
  m.thresholds_entries = draw.one_of<std::int64_t>({1, 2, 3, 32});
  m.accumulators_words = draw.one_of<std::int64_t>({16, 100, 500, 2048}) + draw.integer(0, 9);
  m.residuals_words = draw.one_of<std::int64_t>({16, 90, 400, 1024}) + draw.integer(0, 9);
  m.results_words = draw.one_of<std::int64_t>({16, 80, 400, 1024}) + draw.integer(0, 9);
  m.activations_write_ports = draw.integer(1, 2);
  m.accumulator_bits = draw.chance(60) ? 16 : draw.integer(8, 16);
  a.dma.issue_cycles = latency(draw, 0, 5);
  a.dma.max_outstanding = draw.integer(1, 16);
  a.dma.max_burst_beats = draw.integer(1, 16);
  a.dma.pack_sums = draw.chance(50);
}

void draw_ports(Draw& draw, InterconnectConfig& i) {
  i.port_width_bytes = draw.one_of<std::int64_t>({4, 8, 16, 16});
  // 240.096 MHz is a fifth of the memory clock; 125 and 250 MHz are the accelerator's at times.
  i.clock_mhz = draw.chance(40) ? draw.one_of({125.0, 250.0, 240.096, 333.0})
                                : 0.1 * static_cast<double>(draw.integer(250, 3330));
  i.synchroniser_stages = draw.integer(0, 3);
  i.read_latency_ns = draw.chance(20) ? 0 : 0.1 * static_cast<double>(draw.integer(0, 3000));
  i.write_latency_ns = draw.chance(20) ? 0 : 0.1 * static_cast<double>(draw.integer(0, 2000));
  i.port_outstanding = draw.chance(50) ? draw.integer(1, 4) : draw.integer(5, 64);
  const std::int64_t most = draw.integer(0, 3);  // few ports: much to share
  for (auto* port : {&i.port_of_load_activations, &i.port_of_load_weights, &i.port_of_load_thresholds,
                     &i.port_of_load_residuals, &i.port_of_store, &i.port_of_control})
    *port = draw.integer(0, most);
}

void draw_dram(Draw& draw, DramConfig& d) {
  d.part = dram_part(draw.one_of<const char*>({"kv260_x16", "generic_x8"}));
  d.page_policy = draw.one_of({PagePolicy::open, PagePolicy::closed});
  d.scheduler = draw.one_of({DramScheduler::fcfs, DramScheduler::fr_fcfs});
  d.mapping = draw.one_of(
      {AddressMapping::row_bank_column, AddressMapping::row_column_bank, AddressMapping::row_bank_column_bank_group});
  d.queue_depth = draw.chance(50) ? draw.integer(1, 8) : draw.integer(9, 64);
  d.refresh = draw.chance(80);
}

void draw_host(Draw& draw, HostConfig& h) {
  h.register_access_ns =
      draw.chance(50) ? draw.one_of({0.0, 1.0, 8.0, 200.0}) : 0.001 * static_cast<double>(draw.integer(1, 99999));
  h.interrupt_latency_us = draw.chance(30) ? 0 : 0.001 * static_cast<double>(draw.integer(0, 2000));
  h.pooling_ns_per_value = draw.one_of({0.0, 0.01, 0.333});
}

void draw_schedule(Draw& draw, ScheduleConfig& s) {
  s.fuse_shortcuts =
      draw.one_of({ShortcutFusion::estimate, ShortcutFusion::off, ShortcutFusion::on, ShortcutFusion::on});
}

/// From a copy, as the prices.
void draw_candidates(Draw draw, ScheduleConfig& s) { s.candidates = draw.integer(1, 8); }

/// From a copy, as the prices.
void draw_port_count(Draw draw, InterconnectConfig& i) {
  i.ports = draw.chance(60) ? 4 : draw.integer(1, 6);
  for (auto* gang : {&i.gang_of_load_activations, &i.gang_of_load_weights, &i.gang_of_load_residuals, &i.gang_of_store})
    *gang = draw.chance(40) ? 1 : draw.integer(1, 6);
}

/// From a copy, as the ports: small buffers hold back loads, large ones never do.
void draw_buffer(Draw draw, AcceleratorConfig& a) {
  const std::int64_t longest = a.dma.max_burst_beats;
  a.pixel_embedding.buffer_beats = draw.chance(60) ? longest + draw.integer(0, 4 * longest) : draw.integer(16, 4096);
}

/// From a copy, as the prices.
void draw_memory(Draw draw, DramConfig& d) {
  if (!draw.chance(60)) return;
  const auto& names = dram_part_names();
  d.part = dram_part(names[static_cast<std::size_t>(draw.integer(0, static_cast<std::int64_t>(names.size()) - 1))]);
  d.ranks = draw.integer(1, 2);
  d.channels = draw.one_of<std::int64_t>({1, 1, 2, 4});
  d.channel_interleave_bytes = draw.one_of<std::int64_t>({128, 256, 4096});
  if (d.part.delay(DramDelayId::tRFCpb).clocks > 0 && draw.chance(50)) d.refresh_mode = RefreshMode::per_bank;
  for (const DramDelayId id : each<DramDelayId>()) {
    const bool interval = id == DramDelayId::tREFI, refresh = id == DramDelayId::tRFC;
    const std::int64_t ns = interval ? draw.integer(4000, 8000) : refresh ? draw.integer(50, 500) : draw.integer(1, 60);
    if (draw.chance(10)) d.delays_ns[id] = static_cast<double>(ns);
  }
  if (draw.chance(30)) d.mapping = AddressMapping::bank_row_column;
}

/// From a copy: prices change nothing that is simulated, so the draws after them stay what they are.
void draw_energy(Draw draw, EnergyConfig& e) {
  for (double* price :
       {&e.binary_mac_pj, &e.accumulate_add_pj, &e.threshold_compare_pj, &e.on_chip_read_pj_per_byte,
        &e.on_chip_write_pj_per_byte, &e.dram_read_pj_per_byte, &e.dram_write_pj_per_byte, &e.dram_activate_pj,
        &e.dram_refresh_pj, &e.dram_standby_mw, &e.static_mw, &e.clock_pj_per_flip_flop})
    *price = 0.01 * static_cast<double>(draw.integer(0, 9999));
}

}  // namespace

PlatformConfig random_platform(Draw& draw) {
  PlatformConfig config;
  config.name = "random";
  draw_array(draw, config.accelerator);
  draw_memories(draw, config.accelerator);
  draw_ports(draw, config.accelerator.interconnect);
  draw_dram(draw, config.dram);
  draw_host(draw, config.host);
  draw_schedule(draw, config.schedule);
  config.fpga = {draw.one_of({Device::k26, Device::zu3eg}), draw.one_of<std::int64_t>({0, 300})};
  draw_port_count(draw, config.accelerator.interconnect);
  draw_candidates(draw, config.schedule);
  draw_buffer(draw, config.accelerator);
  draw_energy(draw, config.energy);
  draw_memory(draw, config.dram);
  Draw copy = draw;  // what is drawn behind the platform stays what it was for a seed
  config.dram.port_priority = copy.integer(0, 7);
  config.host.overlap = copy.chance(50);
  config.accelerator.memory.activations_banks = copy.one_of<std::int64_t>({1, 2, 4, 4, 8});
  return config;
}

std::string to_toml(const PlatformConfig& config) {
  std::string text, current;
  visit_parameters(config, [&](const char* section, const ParameterInfo& info, const auto& value, auto... names) {
    if (current != section) text += fmt::format("[{}]\n", section);
    current = section;
    if constexpr (std::is_same_v<std::decay_t<decltype(value)>, DramPart>) {
      text += fmt::format("{} = \"{}\"\n", info.key, value.name);
    } else if constexpr (sizeof...(names) == 0) {
      text += fmt::format("{} = {}\n", info.key, value);
    } else {
      for (const auto& [name, meant] : (names, ...))
        if (meant == value) text += fmt::format("{} = \"{}\"\n", info.key, name);
    }
  });
  return text;
}

}  // namespace ernsim::test

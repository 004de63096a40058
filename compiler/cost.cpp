#include "compiler/cost.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/accelerator/convolution/activation_reads.h"
#include "models/accelerator/quantization/quantization_sweep.h"
#include "models/dram/dram_timing.h"

namespace ernsim::compiler {

namespace {

/// Of a tile inside a picture: its taps meet no padding.
Cycle sweep_of_tile(const LayerShape& layer, const Tiling& tiling, const AcceleratorConfig& config) {
  ConvolutionOperands operands;
  operands.kernel = static_cast<std::uint8_t>(layer.is_dilated() ? 1 : layer.kernel);  // each tap has sweeps of its own
  operands.stride = static_cast<std::uint8_t>(layer.stride);
  operands.out_rows = static_cast<std::uint16_t>(tiling.tile_rows);
  operands.out_columns = static_cast<std::uint16_t>(tiling.tile_columns);
  operands.in_rows = operands.in_columns = std::numeric_limits<std::uint16_t>::max();
  return ActivationReads(geometry_of(config.convolution), config.memory).cycles(operands, 0);
}

double array_cycles(const LayerShape& layer, const Tiling& tiling, int out_blocks, int blocks_per_pass,
                    const AcceleratorConfig& config) {
  const ConvolutionConfig& array = config.convolution;
  const auto steps = static_cast<double>(sweep_of_tile(layer, tiling, config));
  const auto pane_load =
      static_cast<double>(array.pane_load_cycles == 0 ? array.block_channels : array.pane_load_cycles);
  const double sweep = std::max({steps, pane_load, static_cast<double>(array.pipeline_cycles)});
  const int passes = (layer.in_blocks + blocks_per_pass - 1) / blocks_per_pass;
  return static_cast<double>(tiling.tiles(layer)) * out_blocks *
         (layer.in_blocks * layer.panes_per_pass * sweep +
          passes * layer.taps_apart() * static_cast<double>(array.issue_cycles));
}

double input_bytes(const LayerShape& layer, const Tiling& tiling, bool in_place, bool again, const Rates& rates) {
  if (in_place) return 0;
  const double pixels =
      static_cast<double>(input_span(tiling.tile_rows, layer.field_rows(), layer.stride, layer.in_height)) *
      input_span(tiling.tile_columns, layer.field_columns(), layer.stride, layer.in_width);
  const double bytes_per_pixel = layer.reads_image ? 3 : rates.block / 4 * layer.in_blocks;
  return pixels * bytes_per_pixel * tiling.tiles(layer) * (again ? layer.out_blocks : 1);
}

double weight_bytes(const LayerShape& layer, int out_blocks) {
  return static_cast<double>(layer.pane_bytes) * layer.panes_per_pass * layer.in_blocks * out_blocks;
}

/// Of the shortcut that the layer accumulates on.
struct ShortcutCost {
  double array = 0, weight_bytes = 0, input_bytes = 0;
};

ShortcutCost shortcut_cost(const LayerShape& layer, const Tiling& tiling, const Placement& placement,
                           const PlatformConfig& config, const Rates& rates) {
  if (!layer.shortcut) return {};
  const LayerShape& shortcut = *layer.shortcut;
  return {array_cycles(shortcut, tiling, layer.out_blocks, tiling.shortcut_blocks_per_pass, config.accelerator),
          weight_bytes(shortcut, layer.out_blocks),
          input_bytes(shortcut, tiling, placement.shortcut_input.has_value(), tiling.blocks_outer, rates)};
}

/// What is not hidden: the first part of the input and the last tile's way out.
void add_ends(const LayerShape& layer, const Tiling& tiling, const Placement& placement, const Rates& rates,
              CostEstimate& cost) {
  const double pixels = static_cast<double>(tiling.tile_rows) * tiling.tile_columns;
  if (!placement.input) {
    const double first =
        static_cast<double>(input_span(tiling.tile_rows, layer.field_rows(), layer.stride, layer.in_height)) *
        input_span(tiling.tile_columns, layer.field_columns(), layer.stride, layer.in_width) *
        tiling.in_blocks_per_pass;
    cost.fill = rates.read_latency + first * (layer.reads_image ? 1 : rates.block / 4 / rates.activations);
  }
  cost.drain = pixels;
  if (stored_codes(layer, placement) > 0) cost.drain += rates.write_latency + pixels * rates.block / 4 / rates.store;
}

/// Loads for one output block, the shortcut's among them.
int weight_loads(const LayerShape& layer, const Tiling& tiling) {
  const auto loads = [](int blocks, int per_load) { return (blocks + per_load - 1) / per_load; };
  return loads(layer.in_blocks, tiling.in_blocks_per_pass) +
         (layer.shortcut ? loads(layer.shortcut->in_blocks, tiling.shortcut_blocks_per_pass) : 0);
}

/// Weights that stay in W for several tiles leave little room for the ones after them. What does not fit beside them is
/// loaded load by load, from when the last tile has used the first of the old ones until the next tile needs the last
/// of the new ones; for what this does not hide, the array waits.
double weight_turnover(const LayerShape& layer, const Tiling& tiling, const PlatformConfig& config, double weights,
                       double array) {
  const int tiles = tiling.tiles(layer);
  if (tiles == 1 || (!tiling.weights_stay && !tiling.blocks_outer)) return 0;
  const int turnovers = tiling.blocks_outer ? layer.out_blocks : 1;
  const double loads = static_cast<double>(weight_loads(layer, tiling)) * layer.out_blocks / turnovers;
  const auto depth = static_cast<double>(config.accelerator.memory.weights_words);
  const double words = static_cast<double>(config.accelerator.convolution.block_channels * panes_per_block(layer)) *
                       layer.out_blocks / turnovers;
  const double ahead = std::min(1.0, std::floor((depth / words - 1) * loads) / loads);
  const double tile = array / tiles / turnovers;
  return turnovers * std::max(0.0, (1 - ahead) * weights / turnovers - 2 * tile * (1 - 1 / loads));
}

/// Work that the memories are too small to overlap is added to the array's.
double serial_cycles(const LayerShape& layer, const Tiling& tiling, const MemoryConfig& memory,
                     const CostEstimate& cost) {
  const std::int64_t pixels = std::int64_t{tiling.tile_rows} * tiling.tile_columns;
  double serial = 0;
  if (tiling.activation_slots < 2) serial += cost.input;
  const bool single_residual = layer.adds_residual && 2 * pixels > memory.residuals_words;
  const bool single_result = layer.emits_sums && 2 * pixels > memory.results_words;
  if (2 * pixels > memory.accumulators_words) serial += cost.quantization;
  if (single_residual) serial += cost.residuals;
  if (single_result) serial += cost.store;
  return serial;
}

/// Of the words that one pixel of an output block is repeated in: each is a burst of its own.
double repeated_store_cycles(const LayerShape& layer, const PlatformConfig& config, const Rates& rates) {
  return (layer.repeated_codes + layer.repeated_sums) * rates.write_latency /
         static_cast<double>(config.accelerator.dma.max_outstanding);
}

}  // namespace

double CostEstimate::bound() const { return std::max({array, weights, input, residuals, store, quantization, dram}); }

Rates::Rates(const PlatformConfig& config) : block(static_cast<double>(config.accelerator.convolution.block_channels)) {
  set_ports(config.accelerator);
  const auto clock_ps = static_cast<double>(config.accelerator.clock().period_ps);
  const double peak_bytes_per_ps = static_cast<double>(config.dram.channels * dram_access_bytes(config.dram)) /
                                   static_cast<double>(dram_burst_ps(config.dram));
  dram = peak_bytes_per_ps * clock_ps * dram_efficiency;
  constexpr double controller_ns = 50;  // one random read, hardware README of dram/
  read_latency = (config.accelerator.interconnect.read_latency_ns + controller_ns) * 1000 / clock_ps;
  write_latency = (config.accelerator.interconnect.write_latency_ns + controller_ns) * 1000 / clock_ps;
}

/// A gang of ports brings no more in a cycle than a word, or a beat, that goes on chip.
void Rates::set_ports(const AcceleratorConfig& config) {
  const InterconnectConfig& ports = config.interconnect;
  const auto width = static_cast<double>(ports.port_width_bytes);
  const double port =
      width * static_cast<double>(config.clock().period_ps) / static_cast<double>(ports.clock().period_ps);
  const auto gang = [&](std::int64_t of) { return port * static_cast<double>(std::min(of, ports.ports)); };
  const double signs = static_cast<double>(config.convolution.lanes) * block / 8;
  activations = std::min(gang(ports.gang_of_load_activations), std::max(width, block / 4));
  weights = std::min(gang(ports.gang_of_load_weights), std::max(width, signs));
  residuals = std::min(gang(ports.gang_of_load_residuals), std::max(width, block));
  store = gang(ports.gang_of_store);
}

double CostModel::at_least(const LayerShape& layer, const Tiling& tiling) const {
  const double array = array_cycles(layer, tiling, layer.out_blocks, tiling.in_blocks_per_pass, config_.accelerator);
  return (1 + CostEstimate::work_counts) * array;
}

CostEstimate CostModel::estimate(const LayerShape& layer, const Tiling& tiling, const Placement& placement) const {
  const PlatformConfig& config = config_;
  const Rates& rates = rates_;
  const double out_pixels = static_cast<double>(layer.out_height) * layer.out_width * layer.out_blocks;
  const int tiles = tiling.tiles(layer);
  const bool weights_once = tiling.weights_stay || tiling.blocks_outer || tiles == 1;
  const bool again = tiling.blocks_outer || tiling.in_blocks_per_load < layer.in_blocks;
  const ShortcutCost shortcut = shortcut_cost(layer, tiling, placement, config, rates);
  const double panes_bytes =
      (weight_bytes(layer, layer.out_blocks) + shortcut.weight_bytes) * (weights_once ? 1 : tiles);
  const double in_bytes = input_bytes(layer, tiling, placement.input.has_value(), again, rates) + shortcut.input_bytes;
  const double residual_bytes = layer.adds_residual ? out_pixels * rates.block * layer.residual_bits / 8 : 0;
  const int sum_bits =
      (layer.emits_sums && layer.sums_read ? layer.sum_bits : 0) + layer.repeated_sums * layer.repeated_bits;
  const double store_bytes = out_pixels * rates.block * (sum_bits / 8.0 + code_stores(layer, placement) / 4.0);
  CostEstimate cost;
  cost.array =
      shortcut.array + array_cycles(layer, tiling, layer.out_blocks, tiling.in_blocks_per_pass, config.accelerator);
  cost.weights = panes_bytes / rates.weights;
  cost.input = in_bytes / rates.activations;
  if (layer.reads_image)
    cost.input =
        std::max(cost.input, in_bytes / 3 / static_cast<double>(config.accelerator.pixel_embedding.pixels_per_cycle));
  cost.residuals = residual_bytes / rates.residuals;
  cost.store = std::max(store_bytes / rates.store, out_pixels * repeated_store_cycles(layer, config, rates));
  const Cycle sweep = sweep_cycles(tiling.tile_rows, tiling.tile_columns, config.accelerator.convolution.cores);
  cost.quantization = static_cast<double>(tiles) * layer.out_blocks * (1 + layer.more_codes) *
                      static_cast<double>(sweep + config.accelerator.quantization.issue_cycles);
  cost.dram = (panes_bytes + in_bytes + residual_bytes + store_bytes) / rates.dram;
  cost.array += weight_turnover(layer, tiling, config, cost.weights, cost.array);
  cost.array += serial_cycles(layer, tiling, config.accelerator.memory, cost);
  add_ends(layer, tiling, placement, rates, cost);
  return cost;
}

}  // namespace ernsim::compiler

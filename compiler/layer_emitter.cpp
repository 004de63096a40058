#include "compiler/layer_emitter.h"

#include <algorithm>
#include <utility>

namespace ernsim::compiler {

OnChipRings::OnChipRings(const MemoryConfig& memory)
    : weights(0, static_cast<std::uint32_t>(memory.weights_words)),
      thresholds(0, static_cast<std::uint32_t>(memory.thresholds_entries)),
      accumulators(0, static_cast<std::uint32_t>(memory.accumulators_words)),
      residuals(0, static_cast<std::uint32_t>(memory.residuals_words)),
      results(0, static_cast<std::uint32_t>(memory.results_words)) {}

LayerEmitter::LayerEmitter(std::uint16_t number, const LayerShape& layer, const Tiling& tiling,
                           const Placement& placement, const LayerRegions& regions, const PlatformConfig& config,
                           OnChipRings& rings, Dependencies& program)
    : number_(number),
      layer_(layer),
      tiling_(tiling),
      placement_(placement),
      regions_(regions),
      block_channels_(static_cast<std::uint32_t>(config.accelerator.convolution.block_channels)),
      geometry_(geometry_of(config.accelerator.convolution)),
      rings_(rings),
      program_(program),
      kept_weights_(static_cast<std::size_t>(layer.out_blocks)) {
  const std::uint32_t zone =
      placement.stream_end - static_cast<std::uint32_t>(tiling.activation_slots) * tiling.codes_slot;
  inputs_ =
      Ring(placement.stream_begin, zone - static_cast<std::uint32_t>(tiling.activation_slots) * tiling.shortcut_slot);
  codes_ = Ring(zone, placement.stream_end);
}

void LayerEmitter::quantize_again_by(std::vector<LayerEmitter> further) {
  further_ = std::move(further);
  for (LayerEmitter& each : further_) each.again_ = true;
}

void LayerEmitter::emit() {
  const std::vector<Tile> all = tiles();
  start_rings();
  if (shortcut_ != nullptr) {
    shortcut_->start_rings();
    weights_slot_ = shortcut_->weights_slot_ = std::max(weights_slot_, shortcut_->weights_slot_);
  }
  if (!keeps_weights()) rings_.weights.align(weights_slot_);
  rings_.accumulators.align(tile_slot());
  if (layer_.adds_residual) rings_.residuals.align(tile_slot());
  if (layer_.emits_sums) rings_.results.align(tile_slot());
  if (tiling_.blocks_outer) {
    for (int block = 0; block < layer_.out_blocks; ++block)
      for (const Tile& tile : all) emit_tile(tile, block, true);
  } else {
    for (const Tile& tile : all)
      for (int block = 0; block < layer_.out_blocks; ++block) emit_tile(tile, block, block == 0);
  }
}

void LayerEmitter::start_rings() {
  if (!placement_.input) start_at_oldest(inputs_, tiling_.input_slot);
  if (tiling_.codes_slot > 0) start_at_oldest(codes_, tiling_.codes_slot);
  weights_slot_ = pane_words() * static_cast<std::uint32_t>(tiling_.in_blocks_per_pass);
}

/// The layer's first piece lies on words that earlier layers have left for the longest time, not on what the layer
/// before still works on.
void LayerEmitter::start_at_oldest(Ring& ring, std::uint32_t slot) const {
  std::uint32_t best = ring.begin(), oldest = program_.last_use(MemoryId::activations, best, slot);
  for (std::uint32_t at = best + slot; at + slot <= ring.begin() + ring.size() && oldest > 0; at += slot) {
    const std::uint32_t last = program_.last_use(MemoryId::activations, at, slot);
    if (last >= oldest) continue;
    oldest = last;
    best = at;
  }
  ring.go_to(best);
}

std::vector<LayerEmitter::Tile> LayerEmitter::tiles() const {
  std::vector<Tile> all;
  for (int row = 0; row < layer_.out_height; row += tiling_.tile_rows) {
    for (int column = 0; column < layer_.out_width; column += tiling_.tile_columns) {
      const int rows = std::min(tiling_.tile_rows, layer_.out_height - row);
      const int columns = std::min(tiling_.tile_columns, layer_.out_width - column);
      all.push_back(tile_at(row, column, rows, columns));
    }
  }
  return all;
}

LayerEmitter::Tile LayerEmitter::tile_at(int row, int column, int rows, int columns) const {
  const auto extent = [this](int first, int count, int field, int padding, int limit) {
    return input_extent(first, count, field, layer_.stride, padding, limit);
  };
  return {row,
          column,
          rows,
          columns,
          extent(row, rows, layer_.field_rows(), layer_.padding_above, layer_.in_height),
          extent(column, columns, layer_.field_columns(), layer_.padding_left, layer_.in_width)};
}

std::vector<LayerEmitter::Pass> LayerEmitter::passes(int first_block, int blocks) const {
  std::vector<Pass> all;
  const int most = tiling_.in_blocks_per_pass;
  for (int at = 0; at < blocks; at += most) all.push_back({first_block + at, std::min(most, blocks - at)});
  return all;
}

/// Of all input blocks, as they are convolved.
std::vector<LayerEmitter::Pass> LayerEmitter::all_passes() const {
  std::vector<Pass> all;
  for (int first = 0; first < layer_.in_blocks; first += tiling_.in_blocks_per_load)
    for (const Pass& each : passes(first, std::min(tiling_.in_blocks_per_load, layer_.in_blocks - first)))
      all.push_back(each);
  return all;
}

void LayerEmitter::emit_tile(const Tile& tile, int block, bool new_tile) {
  const std::uint32_t accumulators =
      rings_.accumulators.take_slot(static_cast<std::uint32_t>(tile.rows * tile.columns), tile_slot());
  keep_weights(block);
  if (shortcut_ != nullptr)
    shortcut_->emit_convolutions(shortcut_->tile_at(tile.row, tile.column, tile.rows, tile.columns), block, new_tile,
                                 accumulators);
  emit_convolutions(tile, block, new_tile, accumulators);
  finish_tile(tile, block, accumulators);
}

void LayerEmitter::emit_convolutions(const Tile& tile, int block, bool new_tile, std::uint32_t accumulators) {
  if (tiling_.in_blocks_per_load == layer_.in_blocks) {
    if (new_tile) input_ = placement_.input ? input_in_place(tile) : load_input(tile, 0, layer_.in_blocks);
    emit_passes(tile, block, input_, accumulators);
  } else {
    for (int first = 0; first < layer_.in_blocks; first += tiling_.in_blocks_per_load) {
      const int blocks = std::min(tiling_.in_blocks_per_load, layer_.in_blocks - first);
      emit_passes(tile, block, load_input(tile, first, blocks), accumulators);
    }
  }
}

void LayerEmitter::emit_passes(const Tile& tile, int block, const Input& input, std::uint32_t accumulators) {
  for (const Pass& pass : passes(input.first_block, input.blocks))
    convolve(tile, block, input, pass, weights(block, pass), accumulators);
}

Instruction LayerEmitter::instruction(UnitId unit, int block, int row, int column) const {
  Instruction made;
  made.unit = unit;
  made.at = {number_, static_cast<std::uint16_t>(block), static_cast<std::uint16_t>(row),
             static_cast<std::uint16_t>(column)};
  return made;
}

void LayerEmitter::external_rows(const TransferOperands& operands, bool write) {
  for (std::uint32_t i = 0; i < operands.outer_count; ++i) {
    const std::uint32_t at = operands.external_address + i * operands.outer_stride_bytes;
    if (write)
      program_.write_rows(MemoryId::external, at, operands.inner_count, operands.run_bytes,
                          operands.inner_stride_bytes);
    else
      program_.read_rows(MemoryId::external, at, operands.inner_count, operands.run_bytes, operands.inner_stride_bytes);
  }
}

/// Input rows from the tile's first one to that of the tile below. A stride may skip some of an input that is in place:
/// whoever writes there next waits all the same.
int LayerEmitter::rows_until_next(const Tile& tile) const {
  const int below = tile.row + tile.rows;
  const int next = below == layer_.out_height ? layer_.in_height : below * layer_.stride - layer_.padding_above;
  return std::max(next, tile.in_rows.end) - tile.in_rows.begin;
}

void LayerEmitter::convolve(const Tile& tile, int block, const Input& input, const Pass& pass, std::uint32_t weights,
                            std::uint32_t accumulators) {
  Instruction made = instruction(UnitId::convolution, block, tile.row, tile.column);
  ConvolutionOperands& operands = made.convolution;
  const int columns = input.columns;
  const auto u16 = [](auto value) { return static_cast<std::uint16_t>(value); };
  operands.input_address = u16(static_cast<int>(input.address) + (pass.first_block - input.first_block) * columns);
  operands.input_row_stride = u16(input.row_stride());
  operands.in_rows = u16(tile.in_rows.count());
  operands.in_columns = u16(columns);
  operands.row_offset = static_cast<std::int16_t>(tile.row * layer_.stride - layer_.padding_above - tile.in_rows.begin);
  operands.column_offset =
      static_cast<std::int16_t>(tile.column * layer_.stride - layer_.padding_left - input.first_column);
  operands.in_blocks = u16(pass.blocks);
  operands.out_rows = u16(tile.rows);
  operands.out_columns = u16(tile.columns);
  operands.kernel = static_cast<std::uint8_t>(layer_.kernel);
  operands.stride = static_cast<std::uint8_t>(layer_.stride);
  operands.weight_address = u16(weights);
  operands.output_address = u16(accumulators);
  operands.accumulate = pass.first_block > 0 || shortcut_ != nullptr;
  const auto rows = static_cast<std::uint32_t>(placement_.input ? rows_until_next(tile) : tile.in_rows.count());
  if (!layer_.is_dilated()) return add_convolution(made, rows, pass_words(pass));
  for (int tap = 0; tap < layer_.taps_apart(); ++tap) convolve_tap(made, pass, tap, rows);
}

/// One tap of a dilated kernel: a kernel of 1x1, whose offsets are the tap's, that adds up on those before it.
void LayerEmitter::convolve_tap(const Instruction& whole, const Pass& pass, int tap, std::uint32_t rows) {
  Instruction made = whole;
  ConvolutionOperands& operands = made.convolution;
  const std::uint32_t words = block_channels_ * static_cast<std::uint32_t>(pass.blocks);
  operands.kernel = 1;
  operands.row_offset = static_cast<std::int16_t>(operands.row_offset + tap / layer_.kernel * layer_.dilation_down);
  operands.column_offset =
      static_cast<std::int16_t>(operands.column_offset + tap % layer_.kernel * layer_.dilation_across);
  operands.weight_address =
      static_cast<std::uint16_t>(operands.weight_address + static_cast<std::uint32_t>(tap) * words);
  operands.accumulate = operands.accumulate || tap > 0;
  add_convolution(made, rows, words);
}

/// `rows` of the input, from its address on, are read no more once it is done.
void LayerEmitter::add_convolution(const Instruction& made, std::uint32_t rows, std::uint32_t weight_words) {
  const ConvolutionOperands& operands = made.convolution;
  program_.add(made);
  program_.read_rows(MemoryId::activations, operands.input_address, rows,
                     std::uint32_t{operands.in_blocks} * operands.in_columns, operands.input_row_stride);
  program_.read(MemoryId::weights, operands.weight_address, weight_words);
  program_.write(MemoryId::accumulators, operands.output_address,
                 std::uint32_t{operands.out_rows} * operands.out_columns);
}

}  // namespace ernsim::compiler

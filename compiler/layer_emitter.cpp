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
  const auto extent = [this](int first, int count, int padding, int limit) {
    return input_extent(first, count, layer_.kernel, layer_.stride, padding, limit);
  };
  return {row,
          column,
          rows,
          columns,
          extent(row, rows, layer_.padding_above, layer_.in_height),
          extent(column, columns, layer_.padding_left, layer_.in_width)};
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

/// The tile's rows of an input that is in A as a whole.
LayerEmitter::Input LayerEmitter::input_in_place(const Tile& tile) const {
  Input input{0, 0, layer_.in_blocks, 0, layer_.in_width};
  input.address = *placement_.input + static_cast<std::uint32_t>(tile.in_rows.begin * input.row_stride());
  return input;
}

/// Loads the tile's input in parts, so that the array can start when the first one is there.
LayerEmitter::Input LayerEmitter::load_input(const Tile& tile, int first_block, int blocks) {
  Input input{0, first_block, blocks, tile.in_columns.begin, tile.in_columns.count()};
  input.address =
      inputs_.take_slot(static_cast<std::uint32_t>(tile.in_rows.count() * input.row_stride()), tiling_.input_slot);
  if (regions_.input->kind == RegionKind::image) {
    load_part(tile, input, {first_block, blocks});
    return input;
  }
  for (const Pass& part : passes(first_block, blocks)) {
    // Two strides do not describe some blocks of part of a row: such a part goes block by block.
    const int at_once = input.columns == layer_.in_width || part.blocks == blocks ? part.blocks : 1;
    for (int at = 0; at < part.blocks; at += at_once) load_part(tile, input, {part.first_block + at, at_once});
  }
  return input;
}

void LayerEmitter::load_part(const Tile& tile, const Input& input, const Pass& part) {
  const auto rows = static_cast<std::uint32_t>(tile.in_rows.count());
  const auto columns = static_cast<std::uint32_t>(input.columns);
  const auto count = static_cast<std::uint32_t>(part.blocks), width = static_cast<std::uint32_t>(layer_.in_width);
  const auto all = static_cast<std::uint32_t>(layer_.in_blocks),
             stride = static_cast<std::uint32_t>(input.row_stride());
  const std::uint32_t word = block_channels_ / 4;
  const auto row = static_cast<std::uint32_t>(tile.in_rows.begin),
             column = static_cast<std::uint32_t>(input.first_column);
  Instruction load = instruction(UnitId::load_activations, 0, tile.in_rows.begin, tile.in_columns.begin);
  const std::uint32_t address =
      input.address + static_cast<std::uint32_t>(part.first_block - input.first_block) * columns;
  TransferOperands& runs = load.transfer;
  runs.memory_address = address;
  runs.outer_count = rows;
  if (regions_.input->kind == RegionKind::image) {
    runs.image = true;
    runs.external_address = regions_.input->address + (row * width + column) * 3;
    runs.run_bytes = columns * 3;
    runs.outer_stride_bytes = width * 3;
    runs.memory_stride_words = stride;
  } else {
    runs.external_address =
        regions_.input->address + ((row * all + static_cast<std::uint32_t>(part.first_block)) * width + column) * word;
    runs.run_bytes = columns * word;
    runs.inner_count = count;
    runs.inner_stride_bytes = width * word;
    runs.outer_stride_bytes = all * width * word;
    runs.memory_stride_words = columns;
    if (columns == width || count == 1) {  // neighbouring blocks follow each other: one run a row
      runs.run_bytes *= count;
      runs.inner_count = 1;
      runs.inner_stride_bytes = 0;
      runs.memory_stride_words = stride;
    }
    if (columns == width && count == all) {  // and so do rows
      runs.run_bytes *= rows;
      runs.outer_count = 1;
      runs.outer_stride_bytes = 0;
      runs.memory_stride_words = runs.run_bytes / word;
    }
  }
  program_.add(load);
  if (!runs.image) external_rows(runs, false);
  program_.write_rows(MemoryId::activations, address, rows, count * columns, stride);
}

std::uint32_t LayerEmitter::pane_words() const {
  return block_channels_ * static_cast<std::uint32_t>(layer_.panes_per_pass);
}

/// Loads weights that stay, if they are to stay and are not there yet: of the layer, or of one output block while it
/// goes through all tiles; those of the shortcut with them.
void LayerEmitter::keep_weights(int block) {
  if (!keeps_weights() || !kept_weights_[static_cast<std::size_t>(block)].empty()) return;
  const int first = tiling_.weights_stay ? 0 : block, last = tiling_.weights_stay ? layer_.out_blocks - 1 : block;
  std::vector<std::uint32_t> pieces;
  for (int b = first; b <= last; ++b) add_pieces(pieces);
  if (!rings_.weights.holds(pieces)) rings_.weights.go_to(rings_.weights.begin());
  for (int b = first; b <= last; ++b) load_kept_weights(b);
}

/// Words of W of each load for one output block.
void LayerEmitter::add_pieces(std::vector<std::uint32_t>& pieces) const {
  if (shortcut_ != nullptr) shortcut_->add_pieces(pieces);
  for (const Pass& each : all_passes()) pieces.push_back(pass_words(each));
}

void LayerEmitter::load_kept_weights(int block) {
  if (shortcut_ != nullptr) shortcut_->load_kept_weights(block);
  auto& kept = kept_weights_[static_cast<std::size_t>(block)];
  for (const Pass& each : all_passes())
    kept[each.first_block] = load_weights(block, each, rings_.weights.take(pass_words(each)));
}

/// Where the pass's panes are in W, loading them if they do not stay there.
std::uint32_t LayerEmitter::weights(int block, const Pass& pass) {
  const auto& kept = kept_weights_[static_cast<std::size_t>(block)];
  if (!kept.empty()) return kept.at(pass.first_block);
  return load_weights(block, pass, rings_.weights.take(weights_slot_));
}

std::uint32_t LayerEmitter::load_weights(int block, const Pass& pass, std::uint32_t address) {
  const auto panes = static_cast<std::uint32_t>(layer_.panes_per_pass);
  const auto bytes = static_cast<std::uint32_t>(layer_.pane_bytes);
  const auto first = static_cast<std::uint32_t>(block * layer_.in_blocks + pass.first_block) * panes;
  Instruction load = instruction(UnitId::load_weights, block, 0, 0);
  TransferOperands& runs = load.transfer;
  runs.external_address = regions_.weights->address + first * bytes;
  runs.run_bytes = bytes;
  runs.outer_count = static_cast<std::uint32_t>(pass.blocks) * panes;
  runs.outer_stride_bytes = bytes;
  runs.memory_address = address;
  runs.memory_stride_words = block_channels_;
  program_.add(load);
  program_.write(MemoryId::weights, address, runs.outer_count * block_channels_);
  return address;
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
  program_.add(made);
  const int rows = placement_.input ? rows_until_next(tile) : tile.in_rows.count();
  program_.read_rows(MemoryId::activations, operands.input_address, static_cast<std::uint32_t>(rows),
                     static_cast<std::uint32_t>(pass.blocks * columns), operands.input_row_stride);
  program_.read(MemoryId::weights, weights,
                static_cast<std::uint32_t>(pass.blocks * layer_.panes_per_pass) * block_channels_);
  program_.write(MemoryId::accumulators, accumulators, static_cast<std::uint32_t>(tile.rows * tile.columns));
}

/// Gives the layer's thresholds and those of further activations their place in Q, if they fit there together.
void LayerEmitter::place_thresholds() {
  if (again_ || thresholds_at_ >= 0) return;
  const auto blocks = static_cast<std::uint32_t>(layer_.out_blocks);
  const auto all = blocks * static_cast<std::uint32_t>(1 + further_.size());
  if (all > rings_.thresholds.size()) return;
  thresholds_at_ = rings_.thresholds.take(all);
  std::int64_t next = thresholds_at_;
  for (LayerEmitter& each : further_) each.thresholds_at_ = next += blocks;
}

/// Where the block's thresholds are in Q. If the layer's fit there together each block's are loaded once, before its
/// first tile needs them.
std::uint32_t LayerEmitter::threshold_entry(int block) {
  place_thresholds();
  const bool fits = thresholds_at_ >= 0;
  const std::uint32_t entry = fits ? static_cast<std::uint32_t>(thresholds_at_ + block) : rings_.thresholds.take(1);
  if (fits && block < thresholds_loaded_) return entry;
  thresholds_loaded_ = block + 1;
  const std::uint32_t bytes = block_channels_ * 8;
  Instruction load = instruction(UnitId::load_thresholds, block, 0, 0);
  load.transfer.external_address = regions_.thresholds->address + static_cast<std::uint32_t>(block) * bytes;
  load.transfer.run_bytes = bytes;
  load.transfer.memory_address = entry;
  load.transfer.memory_stride_words = 1;
  program_.add(load);
  program_.write(MemoryId::thresholds, entry, 1);
  return entry;
}

TransferOperands LayerEmitter::tile_runs(const Region& region, const Tile& tile, int block,
                                         std::uint32_t word_bytes) const {
  const auto blocks = static_cast<std::uint32_t>(layer_.out_blocks),
             width = static_cast<std::uint32_t>(layer_.out_width);
  const auto rows = static_cast<std::uint32_t>(tile.rows), columns = static_cast<std::uint32_t>(tile.columns);
  TransferOperands runs;
  runs.external_address =
      region.address + ((static_cast<std::uint32_t>(tile.row) * blocks + static_cast<std::uint32_t>(block)) * width +
                        static_cast<std::uint32_t>(tile.column)) *
                           word_bytes;
  runs.run_bytes = columns * word_bytes;
  runs.outer_count = rows;
  runs.outer_stride_bytes = blocks * width * word_bytes;
  if (columns == width && blocks == 1) {
    runs.run_bytes *= rows;
    runs.outer_count = 1;
    runs.outer_stride_bytes = 0;
  }
  runs.memory_stride_words = runs.run_bytes / word_bytes;
  return runs;
}

std::uint32_t LayerEmitter::load_residual(const Tile& tile, int block) {
  const auto pixels = static_cast<std::uint32_t>(tile.rows * tile.columns);
  Instruction load = instruction(UnitId::load_residuals, block, tile.row, tile.column);
  load.transfer = tile_runs(*regions_.residual, tile, block, sum_word_bytes(regions_.residual_bits));
  load.transfer.sum_bits = static_cast<std::uint8_t>(regions_.residual_bits);
  load.transfer.memory_address = rings_.residuals.take_slot(pixels, tile_slot());
  program_.add(load);
  external_rows(load.transfer, false);
  program_.write(MemoryId::residuals, load.transfer.memory_address, pixels);
  return load.transfer.memory_address;
}

void LayerEmitter::finish_tile(const Tile& tile, int block, std::uint32_t accumulators) {
  const std::uint32_t residuals = quantize(tile, block, accumulators, {}, codes_);
  for (LayerEmitter& each : further_) each.quantize(tile, block, accumulators, residuals, codes_);
}

/// Codes that do not stay in A pass through `stored`. Returns where the residuals are in R, which are loaded unless
/// they are there.
std::uint32_t LayerEmitter::quantize(const Tile& tile, int block, std::uint32_t accumulators,
                                     std::optional<std::uint32_t> residuals, Ring& stored) {
  const auto pixels = static_cast<std::uint32_t>(tile.rows * tile.columns);
  Instruction made = instruction(UnitId::quantization, block, tile.row, tile.column);
  QuantizationOperands& operands = made.quantization;
  const auto u16 = [](auto value) { return static_cast<std::uint16_t>(value); };
  operands.accumulator_address = u16(accumulators);
  operands.rows = u16(tile.rows);
  operands.columns = u16(tile.columns);
  operands.add_residual = layer_.adds_residual;
  operands.emit_codes = layer_.emits_codes;
  operands.emit_sums = layer_.emits_sums;
  if (layer_.emits_codes) operands.threshold_entry = u16(threshold_entry(block));
  if (layer_.adds_residual) operands.residual_address = u16(residuals ? *residuals : load_residual(tile, block));
  if (layer_.emits_codes) write_codes(tile, block, operands, stored);
  if (layer_.emits_sums) operands.result_address = u16(rings_.results.take_slot(pixels, tile_slot()));
  program_.add(made);
  program_.read(MemoryId::accumulators, accumulators, pixels);
  if (layer_.emits_codes) {
    program_.read(MemoryId::thresholds, operands.threshold_entry, 1);
    note_codes(tile, operands);
  }
  if (layer_.adds_residual) program_.read(MemoryId::residuals, operands.residual_address, pixels);
  if (layer_.emits_sums) program_.write(MemoryId::results, operands.result_address, pixels);
  if (layer_.emits_codes && !placement_.codes) store(tile, block, operands.code_address, false);
  if (layer_.emits_sums) store(tile, block, operands.result_address, true);
  return operands.residual_address;
}

/// Where in A the codes go: to their place in the whole tensor if it stays there, to a slot on the way out otherwise.
void LayerEmitter::write_codes(const Tile& tile, int block, QuantizationOperands& operands, Ring& stored) {
  if (placement_.codes) {
    const auto at = static_cast<std::uint32_t>((tile.row * layer_.out_blocks + block) * layer_.out_width + tile.column);
    operands.code_address = static_cast<std::uint16_t>(*placement_.codes + at);
    operands.code_row_stride = static_cast<std::uint16_t>(layer_.out_blocks * layer_.out_width);
  } else {
    operands.code_address = static_cast<std::uint16_t>(
        stored.take_slot(static_cast<std::uint32_t>(tile.rows * tile.columns), tiling_.codes_slot));
    operands.code_row_stride = static_cast<std::uint16_t>(tile.columns);
  }
}

void LayerEmitter::note_codes(const Tile& tile, const QuantizationOperands& operands) {
  const auto columns = static_cast<std::uint32_t>(tile.columns);
  program_.write_rows(MemoryId::activations, operands.code_address, static_cast<std::uint32_t>(tile.rows), columns,
                      operands.code_row_stride);
}

void LayerEmitter::store(const Tile& tile, int block, std::uint32_t address, bool sums) {
  Instruction made = instruction(UnitId::store, block, tile.row, tile.column);
  const Region& region = sums ? *regions_.sums : *regions_.codes;
  made.transfer = tile_runs(region, tile, block, sums ? sum_word_bytes(regions_.sum_bits) : block_channels_ / 4);
  if (sums) made.transfer.sum_bits = static_cast<std::uint8_t>(regions_.sum_bits);
  made.transfer.memory_address = address;
  made.transfer.from_results = sums;
  program_.add(made);
  program_.read(sums ? MemoryId::results : MemoryId::activations, address,
                static_cast<std::uint32_t>(tile.rows * tile.columns));
  external_rows(made.transfer, true);
}

}  // namespace ernsim::compiler

#include "compiler/layer_emitter.h"

// What becomes of a tile in F: thresholds, residuals, codes and sums, and their way out.

namespace ernsim::compiler {

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
  store_results(tile, block, operands);
  return operands.residual_address;
}

/// What goes to external memory, as it is and repeated.
void LayerEmitter::store_results(const Tile& tile, int block, const QuantizationOperands& operands) {
  if (regions_.codes != nullptr) store(tile, block, operands.code_address, false);
  for (const RepeatedRegion& each : regions_.repeated_codes)
    store_repeated(tile, block, operands.code_address, operands.code_row_stride, each, false);
  if (regions_.sums != nullptr) store(tile, block, operands.result_address, true);
  for (const RepeatedRegion& each : regions_.repeated_sums)
    store_repeated(tile, block, operands.result_address, operands.columns, each, true);
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

/// Every pixel to `times` x `times` places: each pair of offsets has a transfer of its own, whose runs of one pixel lie
/// that far apart. Those of one row together write whole rows.
void LayerEmitter::store_repeated(const Tile& tile, int block, std::uint32_t address, std::uint32_t row_stride,
                                  const RepeatedRegion& into, bool sums) {
  const auto times = static_cast<std::uint32_t>(into.times), blocks = static_cast<std::uint32_t>(layer_.out_blocks);
  const std::uint32_t width = times * static_cast<std::uint32_t>(layer_.out_width);
  const auto row = times * static_cast<std::uint32_t>(tile.row),
             column = times * static_cast<std::uint32_t>(tile.column);
  TransferOperands runs;
  runs.run_bytes = sums ? sum_word_bytes(regions_.repeated_bits) : block_channels_ / 4;
  runs.inner_count = static_cast<std::uint32_t>(tile.columns);
  runs.inner_stride_bytes = times * runs.run_bytes;
  runs.outer_stride_bytes = times * blocks * width * runs.run_bytes;
  runs.memory_address = address;
  runs.memory_stride_words = 1;
  runs.from_results = sums;
  if (sums) runs.sum_bits = static_cast<std::uint8_t>(regions_.repeated_bits);
  for (std::uint32_t down = 0; down < times; ++down)
    for (std::uint32_t across = 0; across < times; ++across) {
      const std::uint32_t pixel = ((row + down) * blocks + static_cast<std::uint32_t>(block)) * width + column + across;
      runs.external_address = into.region->address + pixel * runs.run_bytes;
      store_one_repetition(tile, row_stride, runs, block, across + 1 == times);
    }
}

/// All rows of the tile at once if they follow each other on chip, otherwise one by one. `noted`: with it the rows that
/// it writes a part of are complete.
void LayerEmitter::store_one_repetition(const Tile& tile, std::uint32_t row_stride, const TransferOperands& runs,
                                        int block, bool noted) {
  const auto rows = static_cast<std::uint32_t>(tile.rows), columns = static_cast<std::uint32_t>(tile.columns);
  const std::uint32_t at_once = row_stride == columns ? rows : 1;
  const std::uint32_t whole = columns * runs.inner_stride_bytes, before = runs.inner_stride_bytes - runs.run_bytes;
  for (std::uint32_t row = 0; row < rows; row += at_once) {
    Instruction made = instruction(UnitId::store, block, tile.row + static_cast<int>(row), tile.column);
    made.transfer = runs;
    made.transfer.outer_count = at_once;
    made.transfer.external_address += row * runs.outer_stride_bytes;
    made.transfer.memory_address += row * row_stride;
    program_.add(made);
    program_.read(runs.from_results ? MemoryId::results : MemoryId::activations, made.transfer.memory_address,
                  at_once * columns);
    for (std::uint32_t each = 0; noted && each < at_once; ++each)
      program_.write(MemoryId::external, made.transfer.external_address - before + each * runs.outer_stride_bytes,
                     whole);
  }
}

}  // namespace ernsim::compiler

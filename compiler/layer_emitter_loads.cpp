#include "compiler/layer_emitter.h"

// What a layer brings into A and W.

namespace ernsim::compiler {

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
  if (layer_.is_dilated()) {  // a tap's panes of all blocks follow each other
    runs.inner_count = static_cast<std::uint32_t>(pass.blocks);
    runs.inner_stride_bytes = panes * bytes;
    runs.outer_count = panes;
  }
  runs.memory_address = address;
  runs.memory_stride_words = block_channels_;
  program_.add(load);
  program_.write(MemoryId::weights, address, pass_words(pass));
  return address;
}

}  // namespace ernsim::compiler

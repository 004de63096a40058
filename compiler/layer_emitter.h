#pragma once

#include <map>
#include <vector>

#include "compiler/dependencies.h"
#include "compiler/memory_map.h"
#include "compiler/ring.h"
#include "compiler/tiling.h"
#include "models/accelerator/convolution/array_geometry.h"

namespace ernsim::compiler {

/// On-chip memories as the compiler hands them out; they outlive a layer so that the next one continues where the
/// previous stopped instead of waiting for it.
struct OnChipRings {
  explicit OnChipRings(const MemoryConfig& memory);
  Ring weights, thresholds, accumulators, residuals, results;
};

/// A region in which every pixel of a layer's output is there `times` times down and across.
struct RepeatedRegion {
  const Region* region = nullptr;
  int times = 1;
};

/// External regions of a layer; null where it has none.
struct LayerRegions {
  const Region* input = nullptr;
  const Region* weights = nullptr;
  const Region* thresholds = nullptr;
  const Region* residual = nullptr;
  const Region* codes = nullptr;
  const Region* sums = nullptr;
  std::vector<RepeatedRegion> repeated_codes, repeated_sums;
  int repeated_bits = 16;                 ///< per sum in those
  int residual_bits = 16, sum_bits = 16;  ///< bits per sum in external memory
};

/// Emits the instructions of one layer, in program order.
class LayerEmitter {
 public:
  LayerEmitter(std::uint16_t number, const LayerShape& layer, const Tiling& tiling, const Placement& placement,
               const LayerRegions& regions, const PlatformConfig& config, OnChipRings& rings, Dependencies& program);

  /// The layer adds up on what this one leaves in F. Both live until emit() returns.
  void accumulate_on(LayerEmitter& shortcut) { shortcut_ = &shortcut; }
  /// What the layer has in F also becomes the codes of these, whose thresholds it places with its own.
  void quantize_again_by(std::vector<LayerEmitter> further);
  void emit();

 private:
  struct Tile {
    int row = 0, column = 0, rows = 0, columns = 0;
    Extent in_rows, in_columns;
  };
  /// An input region in A: the word of (row, block, column) is at address + row * row_stride + block * columns +
  /// column, counted from its first row, block and column.
  struct Input {
    std::uint32_t address = 0;
    int first_block = 0, blocks = 0;
    int first_column = 0, columns = 0;
    int row_stride() const { return blocks * columns; }
  };
  struct Pass {
    int first_block = 0, blocks = 0;
  };

  /// Words of F, R and S that a tile of one output block has at most.
  std::uint32_t tile_slot() const { return static_cast<std::uint32_t>(tiling_.tile_rows * tiling_.tile_columns); }
  void start_rings();
  void start_at_oldest(Ring& ring, std::uint32_t slot) const;
  std::vector<Tile> tiles() const;
  int rows_until_next(const Tile& tile) const;
  Tile tile_at(int row, int column, int rows, int columns) const;
  std::vector<Pass> passes(int first_block, int blocks) const;
  std::vector<Pass> all_passes() const;
  void emit_tile(const Tile& tile, int block, bool new_tile);
  void emit_convolutions(const Tile& tile, int block, bool new_tile, std::uint32_t accumulators);
  void emit_passes(const Tile& tile, int block, const Input& input, std::uint32_t accumulators);
  void finish_tile(const Tile& tile, int block, std::uint32_t accumulators);
  std::uint32_t quantize(const Tile& tile, int block, std::uint32_t accumulators,
                         std::optional<std::uint32_t> residuals, Ring& stored);
  Input input_in_place(const Tile& tile) const;
  Input load_input(const Tile& tile, int first_block, int blocks);
  void load_part(const Tile& tile, const Input& input, const Pass& part);
  void write_codes(const Tile& tile, int block, QuantizationOperands& operands, Ring& stored);
  void note_codes(const Tile& tile, const QuantizationOperands& operands);
  std::uint32_t pane_words() const;
  std::uint32_t pass_words(const Pass& pass) const { return pane_words() * static_cast<std::uint32_t>(pass.blocks); }
  bool keeps_weights() const { return tiling_.weights_stay || tiling_.blocks_outer; }
  void keep_weights(int block);
  void add_pieces(std::vector<std::uint32_t>& pieces) const;
  void load_kept_weights(int block);
  std::uint32_t weights(int block, const Pass& pass);
  std::uint32_t load_weights(int block, const Pass& pass, std::uint32_t address);
  void place_thresholds();
  std::uint32_t threshold_entry(int block);
  std::uint32_t load_residual(const Tile& tile, int block);
  void convolve(const Tile& tile, int block, const Input& input, const Pass& pass, std::uint32_t weights,
                std::uint32_t accumulators);
  void convolve_tap(const Instruction& whole, const Pass& pass, int tap, std::uint32_t rows);
  void add_convolution(const Instruction& made, std::uint32_t rows, std::uint32_t weight_words);
  void store(const Tile& tile, int block, std::uint32_t address, bool sums);
  void store_results(const Tile& tile, int block, const QuantizationOperands& operands);
  void store_repeated(const Tile& tile, int block, std::uint32_t address, std::uint32_t row_stride,
                      const RepeatedRegion& into, bool sums);
  void store_one_repetition(const Tile& tile, std::uint32_t row_stride, const TransferOperands& runs, int block,
                            bool noted);
  /// Runs of a tile of one output block in a region whose words have `word_bytes` bytes.
  std::uint32_t sum_word_bytes(int bits) const { return block_channels_ * static_cast<std::uint32_t>(bits) / 8; }
  TransferOperands tile_runs(const Region& region, const Tile& tile, int block, std::uint32_t word_bytes) const;
  Instruction instruction(UnitId unit, int block, int row, int column) const;
  void external_rows(const TransferOperands& operands, bool write);

  std::uint16_t number_;
  LayerShape layer_;
  Tiling tiling_;
  Placement placement_;
  LayerRegions regions_;
  std::uint32_t block_channels_;
  ArrayGeometry geometry_;
  OnChipRings& rings_;
  Dependencies& program_;
  LayerEmitter* shortcut_ = nullptr;
  std::vector<LayerEmitter> further_;
  bool again_ = false;   ///< one of another's further ones
  Ring inputs_, codes_;  ///< the two zones of A
  Input input_;          ///< of the current tile, when all its blocks are loaded at once
  std::vector<std::map<int, std::uint32_t>> kept_weights_;  ///< [block][first input block of a pass]: address in W
  std::uint32_t weights_slot_ = 0;   ///< words of W that each pass takes whose weights do not stay
  std::int64_t thresholds_at_ = -1;  ///< first entry, once the layer has its place in Q
  int thresholds_loaded_ = 0;        ///< blocks whose thresholds are there, if all stay
};

}  // namespace ernsim::compiler

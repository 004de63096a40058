#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "models/accelerator/convolution/array_geometry.h"
#include "models/accelerator/convolution/popcount_kernel.h"
#include "models/accelerator/convolution/tile_kernel.h"
#include "models/accelerator/isa/instruction.h"
#include "models/accelerator/memory/memory_view.h"

namespace ernsim {

/// What the convolution unit computes: F (+)= A * W for one instruction, on the contents of the on-chip memories.
class Convolution {
 public:
  Convolution(int block_channels, int accumulator_bits, const ArrayGeometry& geometry);

  void attach(MemoryView activations, MemoryView weights, MemoryView accumulators);

  /// Executes the whole instruction. Accumulators wrap to `accumulator_bits` at every read-modify-write, in the order
  /// in-block, kernel row, group of kernel columns; returns how many of these writes wrapped.
  std::int64_t execute(const ConvolutionOperands& operands);

  /// The same pane after pane, as the arrays work. `sweeping` is called with the number of each before it, `swept` when
  /// F holds its sums.
  std::int64_t execute_by_pane(const ConvolutionOperands& operands, const std::function<void(int pane)>& sweeping,
                               const std::function<void(int pane)>& swept);

  const MemoryView& activations() const { return activations_; }
  const MemoryView& weights() const { return weights_; }
  const MemoryView& accumulators() const { return accumulators_; }

 private:
  void load_signs(const ConvolutionOperands& operands);
  bool execute_tile(const ConvolutionOperands& operands);
  static bool window_is_small(const ConvolutionOperands& operands);
  bool may_wrap_in_tile(const ConvolutionOperands& operands) const;
  TilePass gather_block(const ConvolutionOperands& operands, int block);
  void gather_block_signs(const ConvolutionOperands& operands, int block);
  void gather_taps(const ConvolutionOperands& operands, int y, int x);
  std::int64_t accumulate_at_once(const ConvolutionOperands& operands, std::int16_t* accumulators);
  std::int64_t accumulate_by_pane(const ConvolutionOperands& operands, std::int16_t* accumulators);
  bool may_wrap(const ConvolutionOperands& operands, const std::int16_t* accumulators) const;
  void find_pane_taps(const ConvolutionOperands& operands, int pane);
  std::int64_t sweep(const ConvolutionOperands& operands, int pane);

  std::size_t block_channels_;
  int accumulator_bits_;
  std::int32_t largest_;  ///< of an accumulator
  ArrayGeometry geometry_;
  MemoryView activations_, weights_, accumulators_;
  std::vector<std::uint64_t> signs_;  ///< [pane][matrix][output channel]
  TileKernel tile_;
  std::vector<std::uint64_t> planes_;            ///< of the input a tile meets: [row][column][plane], 0 outside
  std::vector<const std::uint64_t*> tap_signs_;  ///< of one block
  std::vector<Tap> taps_;                        ///< of one output pixel, pane by pane
  std::vector<int>
      pane_taps_;  ///< addresses in A that each output pixel meets, [row][column][matrix]; -1: outside, code 0
  std::vector<std::size_t> pane_end_;  ///< taps_ of pane p end here
  std::vector<std::int32_t> totals_;
};

}  // namespace ernsim

#include "tests/rtl/bench/bank_reads.h"

#include <algorithm>
#include <set>

namespace ernsim::rtl {

namespace {

/// Reads the words in order, in each cycle those whose bank is still free in it; returns the last cycle.
Cycle read_all(std::vector<std::uint32_t> words, int banks, Cycle cycle, std::vector<BankRead>& reads) {
  for (;; ++cycle) {
    std::set<int> busy;
    std::vector<std::uint32_t> left;
    for (const std::uint32_t word : words) {
      const int bank = static_cast<int>(word) % banks;
      if (busy.insert(bank).second)
        reads.push_back({cycle, bank, word});
      else
        left.push_back(word);
    }
    if (left.empty()) return cycle;
    words = left;
  }
}

}  // namespace

SweepReads sweep_reads(const Shape& shape, const ConvolutionOperands& o, int pane) {
  const int matrices = std::min<int>(shape.lanes, o.kernel), groups = (o.kernel + matrices - 1) / matrices;
  const int first_column = pane % groups * matrices, kernel_row = pane / groups % o.kernel;
  const int block = pane / groups / o.kernel, lanes = std::min(matrices, o.kernel - first_column);
  SweepReads sweep;
  Cycle next = 0;
  for (int y = 0; y < o.out_rows; ++y) {
    const int row = y * o.stride + kernel_row + o.row_offset;
    std::set<int> in_registers;
    for (int x = 0; x < o.out_columns; ++x) {
      std::set<int> view;
      std::vector<std::uint32_t> words;
      for (int m = 0; m < lanes; ++m) {
        const int column = x * o.stride + first_column + m + o.column_offset;
        view.insert(column);
        if (row >= 0 && row < o.in_rows && column >= 0 && column < o.in_columns && in_registers.count(column) == 0)
          words.push_back(
              static_cast<std::uint32_t>(o.input_address + row * o.input_row_stride + block * o.in_columns + column));
      }
      in_registers = view;
      sweep.steps.push_back(read_all(words, shape.banks, next, sweep.reads));
      next = sweep.steps.back() + 1;
    }
  }
  return sweep;
}

}  // namespace ernsim::rtl

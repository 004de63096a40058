#include "models/accelerator/convolution/activation_reads.h"

#include <numeric>

namespace ernsim {

namespace {

int ceil_of(int value, int unit) { return value > 0 ? (value - 1) / unit + 1 : 0; }

}  // namespace

ActivationReads::Lanes ActivationReads::read_by(const ConvolutionOperands& o, int pane, int x) const {
  const bool pixels = geometry_.mapping == LaneMapping::pixels;
  const int kernel_column = geometry_.first_column(o.kernel, pane);
  const int pixel = pixels ? x * geometry_.lanes : x;
  const int lanes =
      pixels ? std::min(geometry_.lanes, o.out_columns - pixel) : std::min(geometry_.lanes, o.kernel - kernel_column);
  Lanes read;
  read.column = pixel * o.stride + kernel_column + o.column_offset;
  const int in_view = pixels || x == 0 ? 0 : std::max(0, lanes - o.stride);  // before this step
  read.first = std::max(in_view, ceil_of(-read.column, spacing(o)));
  read.count = std::max(0, std::min(lanes, ceil_of(o.in_columns - read.column, spacing(o))) - read.first);
  return read;
}

int ActivationReads::lanes_at_once(const ConvolutionOperands& operands) const {
  return banks_ / std::gcd(banks_, spacing(operands));
}

bool ActivationReads::may_wait(const ConvolutionOperands& operands) const {
  const bool pixels = geometry_.mapping == LaneMapping::pixels;
  const int lanes =
      pixels ? std::min<int>(geometry_.lanes, operands.out_columns) : geometry_.matrices_per_pane(operands.kernel);
  return lanes > lanes_at_once(operands);
}

int ActivationReads::input_row(const ConvolutionOperands& operands, int pane, int y) const {
  return y * operands.stride + geometry_.kernel_row(operands.kernel, pane) + operands.row_offset;
}

/// A step waits for the core that reads.
bool ActivationReads::reads_in_row(const ConvolutionOperands& operands, int pane, int y) const {
  const int rows = rows_of_a_core(operands);
  for (int at = y, row = input_row(operands, pane, y); at < operands.out_rows; at += rows, row += rows_apart(operands))
    if (row >= 0 && row < operands.in_rows) return true;
  return false;
}

Cycle ActivationReads::cycles_of_step(const ConvolutionOperands& operands, int pane, int x) const {
  return std::max(1, ceil_of(read_by(operands, pane, x).count, lanes_at_once(operands)));
}

Cycle ActivationReads::cycles(const ConvolutionOperands& operands, int pane) const {
  const Cycle steps = geometry_.steps(operands);
  if (!may_wait(operands)) return steps;
  Cycle waits = 0;  // of a row
  for (int x = 0; x < steps_of_a_row(operands); ++x) waits += cycles_of_step(operands, pane, x) - 1;
  if (waits == 0) return steps;
  Cycle rows = 0;
  for (int y = 0; y < rows_of_a_core(operands); ++y) rows += reads_in_row(operands, pane, y) ? 1 : 0;
  return steps + rows * waits;
}

void ActivationReads::list_steps(const ConvolutionOperands& operands, int pane, std::vector<Cycle>& steps) const {
  steps.clear();
  Cycle at = -1;
  for (int y = 0; y < rows_of_a_core(operands); ++y) {
    const bool reads = reads_in_row(operands, pane, y);
    for (int x = 0; x < steps_of_a_row(operands); ++x)
      steps.push_back(at += reads ? cycles_of_step(operands, pane, x) : 1);
  }
}

std::int64_t ActivationReads::words_of_a_row(const ConvolutionOperands& operands, int pane) const {
  const int steps = steps_of_a_row(operands);
  const Lanes first = read_by(operands, pane, 0);
  const int lanes = std::min(geometry_.lanes, operands.kernel - geometry_.first_column(operands.kernel, pane));
  if (geometry_.mapping == LaneMapping::kernel_columns && operands.stride <= lanes)  // all columns from first to last
    return std::max(0, std::min<int>(operands.in_columns, first.column + (steps - 1) * operands.stride + lanes) -
                           std::max(0, first.column));
  std::int64_t words = 0;
  for (int x = 0; x < steps; ++x) words += read_by(operands, pane, x).count;
  return words;
}

std::int64_t ActivationReads::words(const ConvolutionOperands& operands) const {
  const int groups = geometry_.panes_per_kernel_row(operands.kernel);
  std::int64_t of_a_row = 0, rows = 0;
  for (int group = 0; group < groups; ++group) of_a_row += words_of_a_row(operands, group);
  for (int k = 0; k < operands.kernel; ++k)
    for (int y = 0; y < operands.out_rows; ++y) {
      const int row = input_row(operands, k * groups, y);
      rows += row >= 0 && row < operands.in_rows ? 1 : 0;
    }
  return rows * of_a_row * operands.in_blocks;
}

}  // namespace ernsim

#include "models/accelerator/convolution/convolution.h"

#include <algorithm>
#include <cstring>

#include "models/accelerator/isa/word_formats.h"

namespace ernsim {

Convolution::Convolution(int block_channels, int accumulator_bits, const ArrayGeometry& geometry)
    : block_channels_(static_cast<std::size_t>(block_channels)),
      accumulator_bits_(accumulator_bits),
      largest_((1 << (accumulator_bits - 1)) - 1),
      geometry_(geometry),
      totals_(block_channels_) {}

void Convolution::attach(MemoryView activations, MemoryView weights, MemoryView accumulators) {
  activations_ = activations;
  weights_ = weights;
  accumulators_ = accumulators;
}

std::int64_t Convolution::execute(const ConvolutionOperands& operands) {
  if (execute_tile(operands)) return 0;
  load_signs(operands);
  std::int64_t wrapped = 0;
  for (int y = 0; y < operands.out_rows; ++y) {
    for (int x = 0; x < operands.out_columns; ++x) {
      gather_taps(operands, y, x);
      const std::size_t word = operands.output_address + static_cast<std::size_t>(y * operands.out_columns + x);
      auto* accumulators = reinterpret_cast<std::int16_t*>(accumulators_.word(word));
      wrapped += may_wrap(operands, accumulators) ? accumulate_by_pane(operands, accumulators)
                                                  : accumulate_at_once(operands, accumulators);
    }
  }
  return wrapped;
}

/// Expands the panes' rows of B bits to 64-bit words.
void Convolution::load_signs(const ConvolutionOperands& operands) {
  const auto panes = static_cast<std::size_t>(geometry_.panes(operands));
  const auto matrices = static_cast<std::size_t>(geometry_.matrices_per_pane(operands.kernel));
  const std::size_t row_bytes = block_channels_ / 8;
  signs_.resize(panes * matrices * block_channels_);
  std::uint64_t* out = signs_.data();
  for (std::size_t pane = 0; pane < panes; ++pane) {
    const std::uint8_t* in = weights_.word(operands.weight_address + pane * block_channels_);
    for (std::size_t row = 0; row < matrices * block_channels_; ++row)
      *out++ = read_row(in + row * row_bytes, block_channels_);
  }
}

/// The words of A that output pixel (y, x) meets; taps outside the region are code 0 and are left out.
void Convolution::gather_taps(const ConvolutionOperands& operands, int y, int x) {
  const int matrices = geometry_.matrices_per_pane(operands.kernel);
  const std::size_t plane_bytes = block_channels_ / 8;
  const std::uint64_t* signs = signs_.data();
  taps_.clear();
  pane_end_.clear();
  for (int block = 0; block < operands.in_blocks; ++block) {
    for (int ky = 0; ky < operands.kernel; ++ky) {
      const int row = y * operands.stride + ky + operands.row_offset;
      for (int first = 0; first < operands.kernel; first += matrices) {
        for (int m = 0; m < matrices; ++m, signs += block_channels_) {
          const int column = x * operands.stride + first + m + operands.column_offset;
          if (first + m >= operands.kernel || row < 0 || row >= operands.in_rows || column < 0 ||
              column >= operands.in_columns)
            continue;
          const std::uint8_t* word = activations_.word(static_cast<std::size_t>(
              operands.input_address + row * operands.input_row_stride + block * operands.in_columns + column));
          taps_.push_back({read_row(word, block_channels_), read_row(word + plane_bytes, block_channels_), signs});
        }
        pane_end_.push_back(taps_.size());
      }
    }
  }
}

std::int64_t Convolution::execute_by_pane(const ConvolutionOperands& operands,
                                          const std::function<void(int pane)>& sweeping,
                                          const std::function<void(int pane)>& swept) {
  load_signs(operands);
  std::int64_t wrapped = 0;
  for (int pane = 0; pane < geometry_.panes(operands); ++pane) {
    find_pane_taps(operands, pane);
    sweeping(pane);
    wrapped += sweep(operands, pane);
    swept(pane);
  }
  return wrapped;
}

/// Fills pane_taps_ for every output pixel.
void Convolution::find_pane_taps(const ConvolutionOperands& operands, int pane) {
  const int matrices = geometry_.matrices_per_pane(operands.kernel);
  const int per_row = geometry_.panes_per_kernel_row(operands.kernel);
  const int block = pane / (per_row * operands.kernel), first = pane % per_row * matrices;
  const int taps = std::min(matrices, operands.kernel - first);
  pane_taps_.assign(static_cast<std::size_t>(operands.out_rows * operands.out_columns * matrices), -1);
  int* tap = pane_taps_.data();
  for (int y = 0; y < operands.out_rows; ++y) {
    const int row = y * operands.stride + pane / per_row % operands.kernel + operands.row_offset;
    const int base = operands.input_address + row * operands.input_row_stride + block * operands.in_columns;
    for (int x = 0; x < operands.out_columns; ++x, tap += matrices) {
      if (row < 0 || row >= operands.in_rows) continue;
      const int column = x * operands.stride + first + operands.column_offset;
      for (int m = 0; m < taps; ++m)
        if (column + m >= 0 && column + m < operands.in_columns) tap[m] = base + column + m;
    }
  }
}

/// One pane's sums of every output pixel, added to what F holds; returns how many wrapped.
std::int64_t Convolution::sweep(const ConvolutionOperands& operands, int pane) {
  const std::size_t plane_bytes = block_channels_ / 8;
  const auto matrices = static_cast<std::size_t>(geometry_.matrices_per_pane(operands.kernel));
  const std::uint64_t* signs = signs_.data() + static_cast<std::size_t>(pane) * matrices * block_channels_;
  const int pixels = operands.out_rows * operands.out_columns;
  std::int64_t wrapped = 0;
  taps_.resize(matrices);
  const int* address = pane_taps_.data();
  for (int pixel = 0; pixel < pixels; ++pixel) {
    std::size_t count = 0;
    for (std::size_t m = 0; m < matrices; ++m, ++address) {
      if (*address < 0) continue;
      const std::uint8_t* word = activations_.word(static_cast<std::size_t>(*address));
      taps_[count++] = {read_row(word, block_channels_), read_row(word + plane_bytes, block_channels_),
                        signs + m * block_channels_};
    }
    sum_taps(taps_.data(), count, block_channels_, totals_.data());
    wrapped += add_wrapped(
        totals_.data(), block_channels_, accumulator_bits_, operands.accumulate || pane > 0,
        reinterpret_cast<std::int16_t*>(accumulators_.word(static_cast<std::size_t>(operands.output_address + pixel))));
  }
  return wrapped;
}

bool Convolution::may_wrap(const ConvolutionOperands& operands, const std::int16_t* accumulators) const {
  const auto reach = static_cast<std::int32_t>(3 * block_channels_ * taps_.size());
  std::int32_t held = 0;
  if (operands.accumulate)
    for (std::size_t o = 0; o < block_channels_; ++o) held = std::max(held, std::abs(std::int32_t{accumulators[o]}));
  return held + reach > largest_;
}

std::int64_t Convolution::accumulate_at_once(const ConvolutionOperands& operands, std::int16_t* accumulators) {
  sum_taps(taps_.data(), taps_.size(), block_channels_, totals_.data());
  for (std::size_t o = 0; o < block_channels_; ++o) {
    const std::int32_t held = operands.accumulate ? accumulators[o] : 0;
    accumulators[o] = static_cast<std::int16_t>(held + totals_[o]);
  }
  return 0;
}

std::int64_t Convolution::accumulate_by_pane(const ConvolutionOperands& operands, std::int16_t* accumulators) {
  std::int64_t wrapped = 0;
  std::size_t begin = 0;
  for (std::size_t pane = 0; pane < pane_end_.size(); ++pane) {
    sum_taps(taps_.data() + begin, pane_end_[pane] - begin, block_channels_, totals_.data());
    begin = pane_end_[pane];
    wrapped +=
        add_wrapped(totals_.data(), block_channels_, accumulator_bits_, operands.accumulate || pane > 0, accumulators);
  }
  return wrapped;
}

}  // namespace ernsim

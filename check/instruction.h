#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace ernsim::check {

/// Numbers of the units with an instruction stream, as in byte 1 of an instruction.
enum Unit { load_activations, load_weights, load_thresholds, load_residuals, convolution, quantization, store };
inline constexpr int unit_count = 7;
inline constexpr std::array<const char*, unit_count> unit_names{
    "load_activations", "load_weights", "load_thresholds", "load_residuals", "convolution", "quantization", "store"};

struct Wait {
  unsigned semaphore = 0;
  unsigned count = 0;
};

/// Run (i, j) of the nest: `run_bytes` bytes from external_address + i * outer_stride_bytes + j * inner_stride_bytes
/// on, and words of the on-chip memory from memory_address + (i * inner_count + j) * memory_stride_words on.
struct Transfer {
  std::uint32_t external_address, run_bytes, inner_count, outer_count, inner_stride_bytes, outer_stride_bytes;
  std::uint32_t memory_address, memory_stride_words;
  bool image, from_results;
  unsigned sum_bits;
};

/// A tile of out_rows x out_columns pixels; the word of (row, block, column) of the input is at
/// input_address + row * input_row_stride + block * in_columns + column.
struct Convolution {
  int input_address, input_row_stride, in_rows, in_columns, row_offset, column_offset;
  int in_blocks, out_rows, out_columns, weight_address, output_address, kernel, stride;
  bool accumulate;
};

/// A tile of rows x columns pixels.
struct Quantization {
  int accumulator_address, rows, columns, threshold_entry, residual_address, result_address, code_address;
  int code_row_stride;
  bool add_residual, emit_codes, emit_sums;
};

/// What the 64 bytes of an instruction say; of the operands only its unit's mean anything.
struct Instruction {
  int unit = 0;
  bool last = false;
  std::vector<Wait> waits;
  std::uint32_t posts = 0;            ///< bit s: one credit for semaphore s
  std::array<std::uint16_t, 4> at{};  ///< layer, block, row, column
  Transfer transfer{};
  Convolution convolution{};
  Quantization quantization{};
};

inline constexpr std::size_t instruction_bytes = 64;

/// Words that an address of 16 bits can name: no tile has more pixels.
inline constexpr std::int64_t most_words = 1 << 16;
inline bool fits(const Convolution& o) {
  return o.kernel > 0 && std::int64_t{o.out_rows} * o.out_columns <= most_words;
}
inline bool fits(const Quantization& o) { return std::int64_t{o.rows} * o.columns <= most_words; }

/// Reads 64 bytes; `fault` says what is wrong with them, and stays empty if nothing is.
Instruction decode(const std::uint8_t* bytes, std::string& fault);

}  // namespace ernsim::check

#pragma once

#include <cstddef>
#include <cstdint>

#include "models/accelerator/isa/instruction.h"

namespace ernsim {

// An instruction in external memory is 16 little-endian words of 32 bits. Bits not named are reserved and 0.
//
//   word   bits     field
//   0      7..0     magic, 0xE5
//          15..8    unit number (UnitId)
//          18..16   wait_count, 0 to 6
//          19       last
//          31..24   parity: the exclusive or of all 64 bytes is 0
//   1..3   16 each  waits 0 to 5, low half first: semaphore number in bits 4..0, count in bits 15..5; unused ones 0
//   4      18..0    posts, bit s for semaphore s
//   5      16 each  at.layer, at.block
//   6      16 each  at.row, at.column
//   7..15           operands of the unit
//
// Loads and store:
//   7 external_address   8 run_bytes            9 inner_count       10 outer_count
//   11 inner_stride_bytes  12 outer_stride_bytes  13 memory_address  14 memory_stride_words
//   15     0        image (load_activations only)
//          1        from_results (store only)
//          6..2     sum_bits (load_residuals and store only)
//
// Convolution, two 16-bit fields per word, low half first:
//   7 input_address, input_row_stride   8 in_rows, in_columns         9 row_offset, column_offset (two's complement)
//   10 in_blocks, out_rows              11 out_columns, weight_address
//   12     15..0    output_address
//          23..16   kernel
//          31..24   stride
//   13     0        accumulate
//
// Quantization, two 16-bit fields per word, low half first:
//   7 accumulator_address, rows         8 columns, threshold_entry    9 residual_address, result_address
//   10 code_address, code_row_stride
//   11     0        add_residual
//          1        emit_codes
//          2        emit_sums
inline constexpr std::size_t instruction_bytes = 64;

/// Writes `instruction_bytes` bytes. Operands of other units than the instruction's are not encoded.
/// Throws std::invalid_argument when a wait or post cannot be encoded.
void encode(const Instruction& instruction, std::uint8_t* out64);

/// Throws std::runtime_error naming the field when the bytes are no instruction of `unit`. The parity byte notices
/// every corruption confined to one byte.
Instruction decode(UnitId unit, const std::uint8_t* in64);

/// Whether the bytes fold to 0.
bool parity_holds(const std::uint8_t* in64);

}  // namespace ernsim

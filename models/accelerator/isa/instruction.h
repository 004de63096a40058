#pragma once

#include <array>
#include <cstdint>

#include "config/enum_array.h"

namespace ernsim {

/// Units that execute an in-order instruction stream.
enum class UnitId : std::uint8_t {
  load_activations,
  load_weights,
  load_thresholds,
  load_residuals,
  convolution,
  quantization,
  store,
};
inline constexpr std::size_t unit_count = 7;
constexpr std::size_t count_of(UnitId) { return unit_count; }

/// Memories that instructions read and write. On-chip memories are addressed in words, external memory in bytes.
enum class MemoryId : std::uint8_t {
  activations,   ///< A: one pixel of one channel block, 2 bit per channel
  weights,       ///< W: M rows of B sign bits; a pane's rows lie matrix after matrix
  thresholds,    ///< Q: one channel block's thresholds and directions
  accumulators,  ///< F: one pixel of one channel block, accumulator width per channel
  residuals,     ///< R: one pixel of one channel block, 16 bit per channel, read by the quantization unit
  results,       ///< S: one pixel of one channel block, 16 bit per channel, written by the quantization unit
  external,      ///< DDR4
};
constexpr std::size_t count_of(MemoryId) { return 7; }

/// A counting semaphore has one unit that posts it and one that waits for it, and orders their use of one memory.
struct SemaphoreId {
  MemoryId memory;
  UnitId from;
  UnitId to;
};

/// The semaphores the hardware has. Index into this table = semaphore number.
inline constexpr std::array<SemaphoreId, 19> semaphores{{
    {MemoryId::activations, UnitId::load_activations, UnitId::convolution},
    {MemoryId::activations, UnitId::convolution, UnitId::load_activations},
    {MemoryId::activations, UnitId::quantization, UnitId::convolution},
    {MemoryId::activations, UnitId::convolution, UnitId::quantization},
    {MemoryId::activations, UnitId::quantization, UnitId::store},
    {MemoryId::activations, UnitId::store, UnitId::quantization},
    {MemoryId::activations, UnitId::store, UnitId::load_activations},
    {MemoryId::weights, UnitId::load_weights, UnitId::convolution},
    {MemoryId::weights, UnitId::convolution, UnitId::load_weights},
    {MemoryId::thresholds, UnitId::load_thresholds, UnitId::quantization},
    {MemoryId::thresholds, UnitId::quantization, UnitId::load_thresholds},
    {MemoryId::accumulators, UnitId::convolution, UnitId::quantization},
    {MemoryId::accumulators, UnitId::quantization, UnitId::convolution},
    {MemoryId::residuals, UnitId::load_residuals, UnitId::quantization},
    {MemoryId::residuals, UnitId::quantization, UnitId::load_residuals},
    {MemoryId::results, UnitId::quantization, UnitId::store},
    {MemoryId::results, UnitId::store, UnitId::quantization},
    {MemoryId::external, UnitId::store, UnitId::load_activations},
    {MemoryId::external, UnitId::store, UnitId::load_residuals},
}};
inline constexpr std::size_t semaphore_count = semaphores.size();

/// Takes `count` credits from a semaphore before the instruction starts.
struct SemaphoreWait {
  std::uint8_t semaphore = 0;
  std::uint16_t count = 0;  ///< 1 to 2047
};
inline constexpr std::size_t max_waits = 6;
inline constexpr std::uint16_t max_wait_count = 2047;

/// Operands of the four load units and of the store unit: a three-level nest of runs, contiguous in external memory.
/// Run (i, j), 0 <= i < outer_count, 0 <= j < inner_count, covers `run_bytes` bytes of external memory from
/// external_address + i * outer_stride_bytes + j * inner_stride_bytes, and the words of the on-chip memory from
/// memory_address + (i * inner_count + j) * memory_stride_words.
struct TransferOperands {
  std::uint32_t external_address = 0;
  std::uint32_t run_bytes = 0;
  std::uint32_t inner_count = 1;
  std::uint32_t outer_count = 1;
  std::uint32_t inner_stride_bytes = 0;
  std::uint32_t outer_stride_bytes = 0;
  std::uint32_t memory_address = 0;
  std::uint32_t memory_stride_words = 0;
  bool image = false;          ///< load_activations: runs are RGB pixels of 3 bytes, embedded on their way into A
  bool from_results = false;   ///< store: the source is S (16-bit sums), not A (2-bit codes)
  std::uint8_t sum_bits = 16;  ///< load_residuals, store from S: bits a sum takes in external memory, 8 to 16
};

/// One tile of one output channel block: out_rows x out_columns pixels, over in_blocks input channel blocks.
/// The input region in A holds in_rows x in_columns pixels of each block; the word of (row, block, column) is at
/// input_address + row * input_row_stride + block * in_columns + column. Output pixel (y, x) at kernel position
/// (ky, kx) reads input row y * stride + ky + row_offset and column x * stride + kx + column_offset; what lies outside
/// the region is code 0 (zero padding). The accumulator of (y, x) is at output_address + y * out_columns + x in F.
struct ConvolutionOperands {
  std::uint16_t input_address = 0;
  std::uint16_t input_row_stride = 0;
  std::uint16_t in_rows = 0;
  std::uint16_t in_columns = 0;
  std::int16_t row_offset = 0;
  std::int16_t column_offset = 0;
  std::uint16_t in_blocks = 1;
  std::uint16_t out_rows = 0;
  std::uint16_t out_columns = 0;
  std::uint8_t kernel = 1;
  std::uint8_t stride = 1;
  std::uint16_t weight_address = 0;  ///< first pane in W, in words
  std::uint16_t output_address = 0;
  bool accumulate = false;  ///< add to what F holds; otherwise the first pass overwrites it
};

/// One tile of one output channel block, rows x columns pixels: value = F (+ R), wrapped to 16 bit; to S if
/// `emit_sums`; thresholds applied and codes to A if `emit_codes`.
struct QuantizationOperands {
  std::uint16_t accumulator_address = 0;
  std::uint16_t rows = 0;
  std::uint16_t columns = 0;
  std::uint16_t threshold_entry = 0;
  std::uint16_t residual_address = 0;
  std::uint16_t result_address = 0;
  std::uint16_t code_address = 0;
  std::uint16_t code_row_stride = 0;  ///< words from one row to the next in A
  bool add_residual = false;
  bool emit_codes = false;
  bool emit_sums = false;
};

/// Which part of which tensor an instruction works on. Hardware ignores it; traces, statistics and dumps use it.
struct Coordinates {
  std::uint16_t layer = 0;  ///< index into the schedule's layers
  std::uint16_t block = 0;  ///< output channel block
  std::uint16_t row = 0;    ///< first output row of the tile (first input row for load_activations)
  std::uint16_t column = 0;
};

/// One instruction of one unit's stream. `transfer` is valid for the loads and the store, `convolution` and
/// `quantization` for the unit of that name.
struct Instruction {
  UnitId unit = UnitId::load_activations;
  bool last = false;  ///< last of its stream: the unit reports done when it is finished
  std::array<SemaphoreWait, max_waits> waits{};
  std::uint8_t wait_count = 0;
  std::uint32_t posts = 0;  ///< bit s: one credit for semaphore s when the instruction is finished
  TransferOperands transfer;
  ConvolutionOperands convolution;
  QuantizationOperands quantization;
  Coordinates at;
};

const char* name_of(UnitId unit);
const char* name_of(MemoryId memory);

}  // namespace ernsim

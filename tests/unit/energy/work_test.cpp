#include <catch2/catch.hpp>

#include "models/accelerator/convolution/convolution_work.h"
#include "models/accelerator/dma/residual_sink.h"
#include "models/accelerator/pixel_embedding/pixel_embedding.h"
#include "models/accelerator/quantization/quantization_work.h"

// By hand, for instructions small enough.

using namespace ernsim;

namespace {

/// One output pixel of 8 channels from a region of 2 x 2 pixels whose first lies in the middle of the kernel.
ConvolutionOperands corner() {
  ConvolutionOperands operands;
  operands.kernel = 3;
  operands.out_rows = operands.out_columns = 1;
  operands.in_rows = operands.in_columns = 2;
  operands.row_offset = operands.column_offset = -1;
  return operands;
}

Work work_of(const ConvolutionOperands& operands, int lanes) {
  const ArrayGeometry geometry{lanes, LaneMapping::kernel_columns, 1};
  return convolution_work(operands, geometry, {geometry, {}}, 8);
}

TransferOperands runs(std::uint32_t bytes, std::uint32_t inner, std::uint32_t outer) {
  TransferOperands operands;
  operands.run_bytes = bytes;
  operands.inner_count = inner;
  operands.outer_count = outer;
  return operands;
}

}  // namespace

TEST_CASE("the array multiplies padding but does not read it, and reads F in all sweeps but the first") {
  const Work work = work_of(corner(), 3);
  CHECK(work.macs == 9 * 8 * 8);
  CHECK(work.additions == 2 * 8);                           // three sweeps
  CHECK(work.read_bytes == 4 * 2 + 3 * 8 * 3 + 2 * 8 * 2);  // four codes of A, three panes of W, F twice
  CHECK(work.write_bytes == 3 * 8 * 2);
}

TEST_CASE("an instruction that accumulates reads F in its first sweep too") {
  ConvolutionOperands operands = corner();
  operands.accumulate = true;
  const Work adds = work_of(operands, 3), overwrites = work_of(corner(), 3);
  CHECK(adds.additions == overwrites.additions + 8);
  CHECK(adds.read_bytes == overwrites.read_bytes + 16);
  CHECK(adds.write_bytes == overwrites.write_bytes);
}

TEST_CASE("a pixel of a row is read once for a pane, whatever the kernel columns that meet it") {
  ConvolutionOperands operands = corner();
  operands.in_rows = operands.in_columns = 10;
  operands.out_rows = operands.out_columns = 8;
  operands.row_offset = operands.column_offset = 0;
  const std::int64_t others = work_of(operands, 3).read_bytes;
  operands.stride = 2;
  operands.out_rows = operands.out_columns = 4;
  const std::int64_t sums = 2 * 2 * 8, panes = 3;
  CHECK(others == panes * 8 * 10 * 2 + panes * 8 * 3 + 64 * sums);
  CHECK(work_of(operands, 3).read_bytes == panes * 4 * 9 * 2 + panes * 8 * 3 + 16 * sums);
  operands.stride = 4;  // a pixel between those of two steps is not read
  operands.out_rows = operands.out_columns = 2;
  CHECK(work_of(operands, 3).read_bytes == panes * 2 * 6 * 2 + panes * 8 * 3 + 4 * sums);
}

TEST_CASE("more lanes take fewer sweeps for the same multiplications") {
  const Work one = work_of(corner(), 1);
  const Work three = work_of(corner(), 3);
  CHECK(one.macs == three.macs);
  CHECK(one.write_bytes == 3 * three.write_bytes);
}

TEST_CASE("quantization pays for what its instruction asks for") {
  QuantizationOperands operands;
  operands.rows = 2;
  operands.columns = 3;
  CHECK(quantization_work(operands, 8).read_bytes == 6 * 16);
  CHECK(quantization_work(operands, 8).write_bytes == 0);
  operands.add_residual = operands.emit_codes = operands.emit_sums = true;
  const Work work = quantization_work(operands, 8);
  CHECK(work.additions == 48);
  CHECK(work.comparisons == 3 * 48);
  CHECK(work.read_bytes == 6 * 16 * 2 + 8 * 8);
  CHECK(work.write_bytes == 6 * 2 + 6 * 16);
}

TEST_CASE("packed sums take 16 bits each on chip") {
  TransferOperands operands = runs(88, 3, 2);  // 64 sums of 11 bits
  operands.sum_bits = 11;
  CHECK(ResidualSink().work(operands).write_bytes == 6 * 128);
  CHECK(ResidualSink().work(runs(128, 3, 2)).write_bytes == 6 * 128);
}

TEST_CASE("an embedded pixel takes a word of A for each block, and three comparisons per code") {
  TransferOperands operands = runs(24, 1, 5);  // 8 pixels
  operands.image = true;
  for (const int block : {8, 16, 64}) {
    PixelEmbedding embedding({}, block);
    embedding.set_thresholds(std::vector<EmbeddingThresholds>(10));
    const Work work = embedding.work(operands);
    CHECK(work.comparisons == 40 * 30 * 3);
    CHECK(work.write_bytes == 40 * ((30 + block - 1) / block) * block / 4);
    CHECK(embedding.work(runs(24, 1, 5)).write_bytes == 5 * 24);
  }
}

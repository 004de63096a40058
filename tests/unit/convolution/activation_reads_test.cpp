#include "models/accelerator/convolution/activation_reads.h"

#include <catch2/catch.hpp>

#include <random>

// By hand, as the unit's page counts.

using namespace ernsim;

namespace {

ConvolutionOperands row(int kernel, int stride, int columns) {
  ConvolutionOperands operands;
  operands.kernel = static_cast<std::uint8_t>(kernel);
  operands.stride = static_cast<std::uint8_t>(stride);
  operands.out_rows = 1;
  operands.out_columns = static_cast<std::uint16_t>(columns);
  operands.in_rows = operands.in_columns = 100;
  return operands;
}

ActivationReads reads(int banks, int lanes = 3, LaneMapping mapping = LaneMapping::kernel_columns, int cores = 1) {
  MemoryConfig memory;
  memory.activations_banks = banks;
  return {{lanes, mapping, cores}, memory};
}

void check_row(int stride, int columns, Cycle one_bank, Cycle two, Cycle four) {
  INFO("stride " << stride << ", " << columns << " pixels");
  const ConvolutionOperands operands = row(3, stride, columns);
  CHECK(reads(1).cycles(operands, 0) == one_bank);
  CHECK(reads(2).cycles(operands, 0) == two);
  CHECK(reads(4).cycles(operands, 0) == four);
}

}  // namespace

TEST_CASE("a row's first step reads all pixels in view, each further one those that come into view") {
  check_row(1, 1, 3, 2, 1);
  check_row(1, 2, 4, 3, 2);
  check_row(1, 3, 5, 4, 3);
  check_row(1, 8, 10, 9, 8);
  check_row(2, 1, 3, 2, 1);
  check_row(2, 2, 5, 3, 2);
  check_row(2, 3, 7, 4, 3);
  check_row(2, 8, 17, 9, 8);
  check_row(3, 2, 6, 4, 2);
  check_row(4, 8, 24, 16, 8);
}

TEST_CASE("padding is not read: a row that begins in it has a shorter first step, a row of it takes a cycle a step") {
  ConvolutionOperands operands = row(3, 1, 8);
  operands.column_offset = -1;
  CHECK(reads(1).cycles(operands, 0) == 9);
  CHECK(reads(2).cycles(operands, 0) == 8);
  operands.row_offset = -1;
  CHECK(reads(1).cycles(operands, 0) == 8);  // kernel row 0
  CHECK(reads(1).cycles(operands, 1) == 9);
  operands.in_columns = 7;  // of 8, the last step's third pixel is outside, and its second
  operands.row_offset = 0;
  CHECK(reads(1).read_by(operands, 0, 6).count == 0);
  CHECK(reads(1).read_by(operands, 0, 5).count == 1);
}

TEST_CASE("a kernel's last columns have a pane with fewer lanes") {
  const ConvolutionOperands operands = row(5, 1, 4);
  CHECK(reads(1).cycles(operands, 0) == 3 + 3);
  CHECK(reads(1).cycles(operands, 1) == 2 + 3);
  CHECK(reads(1).words(operands) == 5 * (6 + 5));
}

TEST_CASE("lanes on pixels read a pixel each, and a stride brings them into the same bank") {
  const auto pixels = LaneMapping::pixels;
  CHECK(reads(4, 4, pixels).cycles(row(3, 1, 8), 0) == 2);
  CHECK(reads(2, 4, pixels).cycles(row(3, 1, 8), 0) == 4);
  CHECK(reads(4, 4, pixels).cycles(row(3, 2, 8), 0) == 4);
  CHECK(reads(4, 4, pixels).cycles(row(3, 4, 8), 0) == 8);
  CHECK(reads(4, 4, pixels).cycles(row(3, 3, 8), 0) == 2);
  CHECK(reads(4, 4, pixels).cycles(row(3, 4, 6), 0) == 6);  // a last step of two pixels
}

TEST_CASE("cores have banks of their own and step together: a row of padding waits beside one that is read") {
  ConvolutionOperands operands = row(3, 1, 8);
  operands.out_rows = 4;
  operands.row_offset = -1;
  CHECK(reads(1, 3, LaneMapping::kernel_columns, 2).cycles(operands, 0) == 2 * 10);
  operands.row_offset = -2;  // rows -2, -1 and 0, 1
  CHECK(reads(1, 3, LaneMapping::kernel_columns, 2).cycles(operands, 0) == 2 * 10);
  operands.row_offset = -3;  // -3, -2 and -1, 0: the first step of both is padding
  CHECK(reads(1, 3, LaneMapping::kernel_columns, 2).cycles(operands, 0) == 8 + 10);
}

TEST_CASE("the listed steps end where the sweep does, a cycle apart at least, and as many banks as lanes never wait") {
  std::mt19937 random(1);
  const auto draw = [&random](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)) + 1; };
  std::vector<Cycle> steps;
  for (int i = 0; i < 3000; ++i) {
    const int lanes = draw(8), banks = 1 << (draw(5) - 1);
    const auto mapping = draw(2) == 1 ? LaneMapping::pixels : LaneMapping::kernel_columns;
    ConvolutionOperands operands = row(draw(7), draw(5), draw(12));
    operands.out_rows = static_cast<std::uint16_t>(draw(5));
    operands.in_rows = static_cast<std::uint16_t>(draw(20));
    operands.in_columns = static_cast<std::uint16_t>(draw(20));
    operands.row_offset = static_cast<std::int16_t>(3 - draw(6));
    operands.column_offset = static_cast<std::int16_t>(3 - draw(6));
    const ArrayGeometry geometry{lanes, mapping, draw(3)};
    MemoryConfig memory;
    memory.activations_banks = banks;
    const ActivationReads each(geometry, memory);
    const int pane = draw(geometry.panes(operands)) - 1;
    each.list_steps(operands, pane, steps);
    REQUIRE(static_cast<int>(steps.size()) == geometry.steps(operands));
    CHECK(steps.back() + 1 == each.cycles(operands, pane));
    for (std::size_t s = 1; s < steps.size(); ++s) CHECK(steps[s] > steps[s - 1]);
    if (mapping == LaneMapping::kernel_columns && banks >= lanes)
      CHECK(each.cycles(operands, pane) == geometry.steps(operands));
  }
}

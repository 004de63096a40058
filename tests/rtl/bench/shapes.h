#pragma once

#include "tests/rtl/bench/rtl.h"
#include "tests/rtl/bench/sizes.h"

namespace ernsim::rtl {

/// The Verilated models; tests/rtl/CMakeLists.txt gives each the same parameters.
inline constexpr Depths loop_depths{16384, 16384, 64, 8192, 4096, 4096};
/// Two banks: a row's first step takes two cycles.
inline Shape b16_m3() { return {}; }
/// An even number of lanes: the last group of kernel columns is not full. Pipelines of odd length, one bank.
inline Shape b8_m2() {
  Shape shape;
  shape.channels = 8;
  shape.lanes = 2;
  shape.banks = 1;
  shape.pipeline = 5;
  shape.issue = 3;
  return shape;
}
inline Shape b64_m3() {
  Shape shape;
  shape.channels = 64;
  shape.banks = 4;
  shape.semaphore_cycles = 2;
  return shape;
}
/// The shortest pipelines, one lane, narrow accumulators, slow semaphores.
inline Shape b64_m1() {
  Shape shape;
  shape.channels = 64;
  shape.lanes = 1;
  shape.banks = 4;
  shape.pipeline = 4;
  shape.issue = 1;
  shape.quantization_pipeline = 2;
  shape.quantization_issue = 1;
  shape.accumulator_bits = 12;
  shape.semaphore_cycles = 3;
  shape.queue_depth = 8;
  return shape;
}

/// The same with small arrays.
inline Shape b16_m1() {
  Shape shape = b64_m1();
  shape.channels = 16;
  return shape;
}

std::unique_ptr<Rtl> convolution_b8_m2();
std::unique_ptr<Rtl> convolution_b16_m1();
std::unique_ptr<Rtl> convolution_b16_m3();
std::unique_ptr<Rtl> convolution_b64_m1();
std::unique_ptr<Rtl> convolution_b64_m3();
std::unique_ptr<Rtl> quantization_b16_m1();
std::unique_ptr<Rtl> quantization_b16_m3();
std::unique_ptr<Rtl> quantization_b64_m1();
std::unique_ptr<Rtl> compute_loop_b16_m1();
std::unique_ptr<Rtl> compute_loop_b16_m3();
std::unique_ptr<Rtl> compute_loop_b64_m1();
std::unique_ptr<Rtl> compute_loop_b64_m3();

}  // namespace ernsim::rtl

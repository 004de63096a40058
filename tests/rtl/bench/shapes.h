#pragma once

#include "tests/rtl/bench/rtl.h"

namespace ernsim::rtl {

/// The Verilated models; tests/rtl/CMakeLists.txt gives each the same parameters.
inline Shape b16_m3() { return {}; }
/// An even number of lanes: the last group of kernel columns is not full. Pipelines of odd length.
inline Shape b8_m2() {
  Shape shape;
  shape.channels = 8;
  shape.lanes = 2;
  shape.pipeline = 5;
  shape.issue = 3;
  return shape;
}
inline Shape b64_m3() {
  Shape shape;
  shape.channels = 64;
  shape.semaphore_cycles = 2;
  return shape;
}
/// The shortest pipelines, one lane, narrow accumulators, slow semaphores.
inline Shape b64_m1() {
  Shape shape;
  shape.channels = 64;
  shape.lanes = 1;
  shape.pipeline = 4;
  shape.issue = 1;
  shape.quantization_pipeline = 2;
  shape.quantization_issue = 1;
  shape.accumulator_bits = 12;
  shape.semaphore_cycles = 3;
  shape.queue_depth = 8;
  return shape;
}

std::unique_ptr<Rtl> convolution_b8_m2(const Stimulus& stimulus);
std::unique_ptr<Rtl> convolution_b16_m3(const Stimulus& stimulus);
std::unique_ptr<Rtl> convolution_b64_m1(const Stimulus& stimulus);
std::unique_ptr<Rtl> convolution_b64_m3(const Stimulus& stimulus);
std::unique_ptr<Rtl> quantization_b16_m3(const Stimulus& stimulus);
std::unique_ptr<Rtl> quantization_b64_m1(const Stimulus& stimulus);
std::unique_ptr<Rtl> compute_loop_b16_m3(const Stimulus& stimulus);
std::unique_ptr<Rtl> compute_loop_b64_m1(const Stimulus& stimulus);
std::unique_ptr<Rtl> compute_loop_b64_m3(const Stimulus& stimulus);

}  // namespace ernsim::rtl

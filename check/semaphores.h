#pragma once

#include <array>

#include "check/instruction.h"

namespace ernsim::check {

/// Who posts a semaphore and who takes it; `weights` are those that the weight loader takes by itself.
struct Semaphore {
  int from, to;
  bool weights = false;
};
inline constexpr std::size_t semaphore_count = 19;
inline constexpr std::array<Semaphore, semaphore_count> semaphores{{
    {load_activations, convolution}, {convolution, load_activations},
    {quantization, convolution},     {convolution, quantization},
    {quantization, store},           {store, quantization},
    {store, load_activations},       {load_weights, convolution, true},
    {convolution, load_weights},     {load_thresholds, quantization},
    {quantization, load_thresholds}, {convolution, quantization},
    {quantization, convolution},     {load_residuals, quantization},
    {quantization, load_residuals},  {quantization, store},
    {store, quantization},           {store, load_activations},
    {store, load_residuals},
}};

}  // namespace ernsim::check

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace ernsim::workloads {

/// A tensor of a file that no picture changes.
struct Constant {
  std::vector<std::int64_t> dims;
  std::vector<double> values;  ///< C order
};

/// Which axis has the channels: [N,C,H,W], [N,H,W,C] or [N,C].
enum class Layout { nchw, nhwc, flat };

/// `permutation`: of the axes, as ONNX has it; must be one of all of them.
Constant transposed(const Constant& constant, const std::vector<std::int64_t>& permutation);

/// Whether that many axes are named, each once.
bool is_permutation(const std::vector<std::int64_t>& permutation, std::size_t axes);

/// Sides of a tensor of `dims` that a Reshape to `wanted` gives: 0 is the side there was, one -1 what is left over.
/// None if `wanted` holds anything but whole sides, or has more or fewer elements.
std::optional<std::vector<std::int64_t>> reshaped(const std::vector<std::int64_t>& dims,
                                                  const std::vector<double>& wanted);

/// Element by element; `b` is spread along the axes in which it has one element, as ONNX does it, but `a` is not. Empty
/// if `b` does not fit.
Constant combined(const Constant& a, const Constant& b, const std::function<double(double, double)>& operation);

/// One number per channel of a value that it is combined with: all the same, or along the channels. Empty if it is
/// neither.
std::vector<double> by_channel(const Constant& constant, std::size_t channels, Layout layout);

}  // namespace ernsim::workloads

#include "import/onnx_resize.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "import/qonnx_value.h"
#include "workloads/graph.h"

namespace ernsim::workloads {

namespace {

/// As ONNX defines it, up to opset 10 and from 11 on.
struct Sampling {
  std::string coordinates, rounding;
};

Sampling sampling_of(const OnnxFile& file, const onnx::NodeProto& node) {
  const std::string mode = text_of(node, "mode", "nearest");
  if (mode != "nearest")
    file.refuse(node, fmt::format("mode '{}' interpolates, which no unit does; nearest repeats pixels", mode));
  if (const std::string policy = text_of(node, "keep_aspect_ratio_policy", "stretch"); policy != "stretch")
    file.refuse(node, fmt::format("keep_aspect_ratio_policy '{}', must be stretch", policy));
  constexpr int inputs_of_10 = 2;  // X and scales
  const bool old = node.op_type() == "Upsample" || node.input_size() == inputs_of_10;
  return {text_of(node, "coordinate_transformation_mode", old ? "asymmetric" : "half_pixel"),
          text_of(node, "nearest_mode", old ? "floor" : "round_prefer_floor")};
}

/// Where an output is in the input, before rounding; not a number if that mode is not known, or depends on the size.
double place_of(int output, int times, const std::string& coordinates) {
  if (coordinates == "asymmetric") return static_cast<double>(output) / times;
  if (coordinates == "half_pixel" || coordinates == "pytorch_half_pixel") return (output + 0.5) / times - 0.5;
  if (coordinates == "tf_half_pixel_for_nn") return (output + 0.5) / times;
  return std::nan("");
}

double rounded(double place, const std::string& rounding) {
  if (rounding == "floor") return std::floor(place);
  if (rounding == "ceil") return std::ceil(place);
  if (rounding == "round_prefer_floor") return std::ceil(place - 0.5);
  if (rounding == "round_prefer_ceil") return std::floor(place + 0.5);
  return std::nan("");
}

/// Places repeat with each pixel, but for those beyond the edges, which are the edges'.
bool repeats(const Sampling& sampling, int times) {
  constexpr int pixels = 4;
  for (int output = 0; output < pixels * times; ++output) {
    const double source = rounded(place_of(output, times, sampling.coordinates), sampling.rounding);
    if (std::clamp(source, 0.0, pixels - 1.0) != output / times) return false;
  }
  return true;
}

}  // namespace

ResizeInputs resize_inputs(const OnnxFile& file, const onnx::NodeProto& node) {
  const auto given = [&node](int index) { return node.input_size() > index && !node.input(index).empty(); };
  constexpr int scales = 2, sizes = 3;
  if (node.op_type() == "Upsample" || node.input_size() == 2) return {1, -1};
  if (given(scales) == given(sizes)) file.refuse(node, "must have scales or sizes, and not both");
  return given(scales) ? ResizeInputs{scales, -1} : ResizeInputs{-1, sizes};
}

int repetition_of(const OnnxFile& file, const onnx::NodeProto& node, const std::vector<double>& scales,
                  std::size_t rows) {
  const std::size_t axes = 4;
  const auto whole = [](double scale) {
    return scale == std::floor(scale) && scale >= 1 && scale <= largest_repetition;
  };
  bool fits = scales.size() == axes && whole(scales[rows]) && scales[rows + 1] == scales[rows];
  for (std::size_t axis = 0; fits && axis < axes; ++axis) fits = axis == rows || axis == rows + 1 || scales[axis] == 1;
  if (!fits)
    file.refuse(node,
                fmt::format("scales are [{}], must be 1 but for height and width, and 1 to {} for both of them, a "
                            "whole number",
                            fmt::join(scales, ","), largest_repetition));
  const Sampling sampling = sampling_of(file, node);
  const int times = static_cast<int>(scales[rows]);
  if (!repeats(sampling, times))
    file.refuse(node,
                fmt::format("coordinate_transformation_mode '{}' with nearest_mode '{}' does not repeat each pixel "
                            "{} times; asymmetric with floor does",
                            sampling.coordinates, sampling.rounding, times));
  return times;
}

}  // namespace ernsim::workloads

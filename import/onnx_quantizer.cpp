#include "import/onnx_quantizer.h"

#include <fmt/format.h>

#include <cmath>

namespace ernsim::workloads {

double exact(double number) {
  constexpr int largest_denominator = 100;
  const auto single = static_cast<float>(number);
  if (!std::isfinite(number) || static_cast<double>(single) != number) return number;
  for (int denominator = 1; denominator <= largest_denominator; ++denominator) {
    const double fraction = std::round(number * denominator) / denominator;
    if (static_cast<float>(fraction) == single) return fraction;
  }
  return number;
}

Quantizer quantizer_of(const OnnxFile& file, const onnx::NodeProto& node) {
  const auto refuse = [&](const char* name, double found, const char* wanted) {
    file.refuse(node, fmt::format("{} is {}, must be {}", name, found, wanted));
  };
  const double lowest = file.number(node, 1), highest = file.number(node, 2), beta2 = file.number(node, 6);
  Quantizer quantizer;
  quantizer.scale = exact(file.number(node, 3));
  quantizer.step = exact(file.number(node, 4));
  quantizer.offset = exact(file.number(node, 5));
  if (lowest != 0) refuse("min", lowest, "0: codes begin there");
  if (highest != 1 && highest != 2 && highest != 3) refuse("max", highest, "1, 2 or 3: codes have 2 bits");
  if (!(quantizer.scale > 0) || !std::isfinite(quantizer.scale)) refuse("scale1", quantizer.scale, "above 0");
  if (!(quantizer.step > 0) || !std::isfinite(quantizer.step)) refuse("scale2", quantizer.step, "above 0");
  if (!std::isfinite(quantizer.offset)) refuse("beta1", quantizer.offset, "finite");
  if (beta2 != 0) refuse("beta2", beta2, "0: code 0 is worth 0, as the padding of convolutions is");
  quantizer.top = static_cast<int>(highest);
  return quantizer;
}

}  // namespace ernsim::workloads

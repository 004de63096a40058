#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "import/qonnx_value.h"

namespace ernsim::workloads {

namespace {

const onnx::AttributeProto* attribute_of(const onnx::NodeProto& node, const char* name) {
  for (const auto& each : node.attribute())
    if (each.name() == name) return &each;
  return nullptr;
}

}  // namespace

std::int64_t integer_of(const onnx::NodeProto& node, const char* name, std::int64_t otherwise) {
  const auto* found = attribute_of(node, name);
  return found != nullptr ? found->i() : otherwise;
}

double decimal_of(const onnx::NodeProto& node, const char* name, double otherwise) {
  const auto* found = attribute_of(node, name);
  return found != nullptr ? static_cast<double>(found->f()) : otherwise;
}

std::string text_of(const onnx::NodeProto& node, const char* name, const std::string& otherwise) {
  const auto* found = attribute_of(node, name);
  return found != nullptr ? found->s() : otherwise;
}

const char* name_of(QonnxKind kind) {
  constexpr const char* names[] = {"the image",   "codes",  "concatenated codes", "sums", "pooled codes",
                                   "pooled sums", "a shape"};
  return names[static_cast<std::size_t>(kind)];
}

bool is_finite(const QonnxValue& value) {
  const auto finite = [](Real each) { return std::isfinite(each); };
  return std::all_of(value.gain.begin(), value.gain.end(), finite) &&
         std::all_of(value.shift.begin(), value.shift.end(), finite);
}

bool is_real_type(std::int64_t type) { return type == onnx::TensorProto::FLOAT || type == onnx::TensorProto::DOUBLE; }

Constant QonnxConstants::get(const onnx::NodeProto& node, int index) const {
  const auto found = made_.find(file_.input(node, index));
  if (found != made_.end()) return found->second;
  const onnx::TensorProto* tensor = nullptr;
  Constant constant;
  constant.values = file_.values(node, index, &tensor);
  constant.dims = {tensor->dims().begin(), tensor->dims().end()};
  for (const double value : constant.values)
    if (!std::isfinite(value)) file_.refuse(node, fmt::format("input {} holds a value that is not finite", index));
  return constant;
}

double QonnxConstants::number(const onnx::NodeProto& node, int index, const char* what) const {
  if (index >= node.input_size() || !has(node.input(index)))
    file_.refuse(node, fmt::format("its {}, input {}, must be a constant", what, index));
  const Constant constant = get(node, index);
  if (constant.values.size() != 1)
    file_.refuse(node, fmt::format("its {} must be one number for the whole tensor, there are {}: channels of a "
                                   "convolution's input count in one unit",
                                   what, constant.values.size()));
  return constant.values[0];
}

bool QonnxConstants::fold(const onnx::NodeProto& node) {
  const std::string& type = node.op_type();
  if (type == "Constant") return true;
  if (node.input_size() < 1 || node.output_size() < 1) return false;
  for (const std::string& input : node.input())
    if (!input.empty() && !has(input)) return false;
  if (type == "BipolarQuant" || type == "Quant")
    set(node.output(0), quantized(node));
  else if (type == "Transpose")
    set(node.output(0), rearranged(node));
  else if (type == "Reshape" || type == "Flatten")
    set(node.output(0), shaped(node));
  else if (type == "Identity")
    set(node.output(0), get(node, 0));
  else if (type == "Cast")
    set(node.output(0), cast(node));
  else if (type == "Mul" || type == "Div")
    set(node.output(0), calculated(node));
  else
    return false;
  return true;
}

/// Weights, or a constant scale: only what becomes +-scale is of use here.
Constant QonnxConstants::quantized(const onnx::NodeProto& node) const {
  const bool bipolar = node.op_type() == "BipolarQuant";
  if (!bipolar) {
    const double zero = number(node, 2, "zero point"), bits = number(node, 3, "bit width");
    if (bits != 1 || integer_of(node, "signed", 1) != 1)
      file_.refuse(node, fmt::format("weights of {} bits, {}; the hardware's are +1 and -1: BipolarQuant, or a signed "
                                     "Quant of 1 bit",
                                     bits, integer_of(node, "signed", 1) == 1 ? "signed" : "unsigned"));
    if (zero != 0) file_.refuse(node, fmt::format("zero point {}, must be 0", zero));
  }
  const Constant scale = get(node, 1);
  for (const double each : scale.values)
    if (!(each > 0)) file_.refuse(node, fmt::format("scale {}, must be above 0", each));
  const Constant made = combined(get(node, 0), scale, [](double w, double s) { return w >= 0 ? s : -s; });
  if (made.dims.empty())
    file_.refuse(node, "its scale does not fit the weights; one number, or one per output channel");
  return made;
}

/// The values in another order.
Constant QonnxConstants::rearranged(const onnx::NodeProto& node) const {
  const Constant constant = get(node, 0);
  auto permutation = file_.integers(node, "perm");
  if (permutation.empty())
    for (std::size_t axis = constant.dims.size(); axis-- > 0;) permutation.push_back(static_cast<std::int64_t>(axis));
  if (!is_permutation(permutation, constant.dims.size())) file_.refuse(node, "perm does not name every axis once");
  return transposed(constant, permutation);
}

/// The values in another shape; Flatten keeps the first axis.
Constant QonnxConstants::shaped(const onnx::NodeProto& node) const {
  Constant constant = get(node, 0);
  const bool flattens = node.op_type() == "Flatten";
  const auto dims = reshaped(constant.dims, flattens ? std::vector<double>{0, -1} : get(node, 1).values);
  if (!dims)
    file_.refuse(node, flattens ? "needs an axis to keep, and elements"
                                : "its shape must be whole sides, one of which may be -1, with as many elements as its "
                                  "input");
  constant.dims = *dims;
  return constant;
}

/// The values in another type.
Constant QonnxConstants::cast(const onnx::NodeProto& node) const {
  Constant constant = get(node, 0);
  const std::int64_t to = integer_of(node, "to", 0);
  const bool whole = to == onnx::TensorProto::INT32 || to == onnx::TensorProto::INT64;
  if (!whole && !is_real_type(to)) file_.refuse(node, fmt::format("to is type {}; {}", to, real_types));
  for (double& each : constant.values) {
    if (whole) each = std::trunc(each);
    if (to == onnx::TensorProto::FLOAT) each = static_cast<double>(static_cast<float>(each));
  }
  return constant;
}

Constant QonnxConstants::calculated(const onnx::NodeProto& node) const {
  const bool product = node.op_type() == "Mul";
  Constant a = get(node, 0), b = get(node, 1);
  if (product && a.values.size() < b.values.size()) std::swap(a, b);
  const Constant made = combined(a, b, [product](double x, double y) { return product ? x * y : x / y; });
  if (made.values.empty()) file_.refuse(node, "its inputs' shapes do not go together");
  for (const double value : made.values)
    if (!std::isfinite(value)) file_.refuse(node, "gives a value that is not finite");
  return made;
}

}  // namespace ernsim::workloads

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "tests/support/qonnx_model.h"

namespace ernsim::test {

namespace {

using Tensors = std::map<std::string, FloatTensor>;
using Index = std::vector<std::int64_t>;

std::int64_t count(const Index& dims) {
  return std::accumulate(dims.begin(), dims.end(), std::int64_t{1}, std::multiplies<>());
}

const onnx::AttributeProto* attribute(const onnx::NodeProto& node, const std::string& name) {
  for (const auto& each : node.attribute())
    if (each.name() == name) return &each;
  return nullptr;
}

std::int64_t integer(const onnx::NodeProto& node, const std::string& name, std::int64_t otherwise) {
  const auto* found = attribute(node, name);
  return found != nullptr ? found->i() : otherwise;
}

Index integers(const onnx::NodeProto& node, const std::string& name) {
  const auto* found = attribute(node, name);
  return found != nullptr ? Index(found->ints().begin(), found->ints().end()) : Index{};
}

/// An element by its indices, each taken modulo the side: sides of 1 are spread.
double at(const FloatTensor& tensor, const Index& index) {
  std::int64_t offset = 0;
  const std::size_t more = index.size() - tensor.dims.size();
  for (std::size_t i = 0; i < tensor.dims.size(); ++i)
    offset = offset * tensor.dims[i] + index[i + more] % tensor.dims[i];
  return tensor.values[static_cast<std::size_t>(offset)];
}

/// Calls value(index) for each element of a tensor of that shape.
template <class Value>
FloatTensor made(const Index& dims, const Value& value) {
  FloatTensor tensor{dims, {}};
  for (std::int64_t i = 0; i < count(dims); ++i) {
    Index index(dims.size());
    std::int64_t rest = i;
    for (std::size_t axis = dims.size(); axis-- > 0; rest /= dims[axis]) index[axis] = rest % dims[axis];
    tensor.values.push_back(value(index));
  }
  return tensor;
}

double combine(const std::string& type, double a, double b) {
  return type == "Add" ? a + b : type == "Sub" ? a - b : type == "Mul" ? a * b : a / b;
}

FloatTensor arithmetic(const std::string& type, const FloatTensor& a, const FloatTensor& b) {
  const Index& dims =
      a.dims.size() > b.dims.size() || (a.dims.size() == b.dims.size() && count(a.dims) >= count(b.dims)) ? a.dims
                                                                                                          : b.dims;
  return made(dims, [&](const Index& i) { return combine(type, at(a, i), at(b, i)); });
}

FloatTensor convolution(const onnx::NodeProto& node, const FloatTensor& x, const FloatTensor& w) {
  const auto strides = integers(node, "strides"), pads = integers(node, "pads"), apart = integers(node, "dilations");
  const std::int64_t down = apart.empty() ? 1 : apart[0], across = apart.empty() ? 1 : apart[1];
  const std::int64_t k = w.dims[2], s = strides.empty() ? 1 : strides[0], top = pads.empty() ? 0 : pads[0],
                     left = pads.empty() ? 0 : pads[1];
  const auto side = [&](std::int64_t in, std::int64_t pad, std::int64_t step) {
    return (in + 2 * pad - (k - 1) * step - 1) / s + 1;
  };
  return made({1, w.dims[0], side(x.dims[2], top, down), side(x.dims[3], left, across)}, [&](const Index& o) {
    double sum = 0;
    for (std::int64_t c = 0; c < w.dims[1]; ++c)
      for (std::int64_t ky = 0; ky < k; ++ky)
        for (std::int64_t kx = 0; kx < k; ++kx) {
          const std::int64_t row = o[2] * s + ky * down - top, column = o[3] * s + kx * across - left;
          if (row >= 0 && row < x.dims[2] && column >= 0 && column < x.dims[3])
            sum += at(x, {0, c, row, column}) * at(w, {o[1], c, ky, kx});
        }
    return sum;
  });
}

/// std::nearbyint rounds half to even, as ROUND does.
FloatTensor quant(const onnx::NodeProto& node, const FloatTensor& x, const FloatTensor& scale, double bits) {
  return made(x.dims, [&](const Index& i) {
    const double s = at(scale, i), steps = at(x, i) / s;
    if (bits == 1 && integer(node, "signed", 1) == 1) return steps >= 0 ? s : -s;
    const double most = std::exp2(bits) - 1 - static_cast<double>(integer(node, "narrow", 0));
    return s * std::nearbyint(std::clamp(steps, 0.0, most));
  });
}

FloatTensor thresholds(const onnx::NodeProto& node, const FloatTensor& x, const FloatTensor& t) {
  const auto* layout = attribute(node, "data_layout");
  const std::size_t axis = layout != nullptr && layout->s() == "NHWC" ? 3 : 1;
  const auto* scale = attribute(node, "out_scale");
  return made(x.dims, [&](const Index& i) {
    double passed = 0;
    for (std::int64_t k = 0; k < t.dims[1]; ++k) passed += at(x, i) >= at(t, {i[axis], k}) ? 1 : 0;
    return passed * (scale != nullptr ? static_cast<double>(scale->f()) : 1.0);
  });
}

FloatTensor batch_norm(const onnx::NodeProto& node, const std::vector<FloatTensor>& in) {
  const double epsilon = static_cast<double>(attribute(node, "epsilon")->f());
  return made(in[0].dims, [&](const Index& i) {
    const auto of = [&](std::size_t part) { return in[part].values[static_cast<std::size_t>(i[1])]; };
    return (at(in[0], i) - of(3)) / std::sqrt(of(4) + epsilon) * of(1) + of(2);
  });
}

FloatTensor transposed(const FloatTensor& x, const Index& permutation) {
  Index dims;
  for (const auto axis : permutation) dims.push_back(x.dims[static_cast<std::size_t>(axis)]);
  return made(dims, [&](const Index& i) {
    Index old(i.size());
    for (std::size_t axis = 0; axis < i.size(); ++axis) old[static_cast<std::size_t>(permutation[axis])] = i[axis];
    return at(x, old);
  });
}

/// Over height and width, whichever axes they are.
FloatTensor mean(const FloatTensor& x, bool last) {
  const std::int64_t channels = x.dims[last ? 3 : 1], h = x.dims[last ? 1 : 2], w = x.dims[last ? 2 : 3];
  return made(last ? Index{1, 1, 1, channels} : Index{1, channels, 1, 1}, [&](const Index& o) {
    double sum = 0;
    for (std::int64_t y = 0; y < h; ++y)
      for (std::int64_t z = 0; z < w; ++z) sum += last ? at(x, {0, y, z, o[3]}) : at(x, {0, o[1], y, z});
    return sum / static_cast<double>(h * w);
  });
}

FloatTensor product(const FloatTensor& x, const FloatTensor& w, bool transposed_weights) {
  const std::int64_t outputs = w.dims[transposed_weights ? 0 : 1];
  return made({1, outputs}, [&](const Index& o) {
    double sum = 0;
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(x.values.size()); ++i)
      sum += x.values[static_cast<std::size_t>(i)] * (transposed_weights ? at(w, {o[1], i}) : at(w, {i, o[1]}));
    return sum;
  });
}

/// Along an axis.
FloatTensor concatenated(const std::vector<FloatTensor>& in, std::int64_t axis) {
  const auto along = static_cast<std::size_t>(axis < 0 ? axis + static_cast<std::int64_t>(in[0].dims.size()) : axis);
  Index dims = in[0].dims;
  dims[along] = 0;
  for (const FloatTensor& each : in) dims[along] += each.dims[along];
  return made(dims, [&](Index i) {
    std::size_t part = 0;
    while (i[along] >= in[part].dims[along]) i[along] -= in[part++].dims[along];
    return at(in[part], i);
  });
}

/// Of nearest pixels: element i of an axis is i / scale of it.
FloatTensor upsampled(const FloatTensor& x, const FloatTensor& scales) {
  Index dims;
  for (std::size_t axis = 0; axis < x.dims.size(); ++axis)
    dims.push_back(x.dims[axis] * std::llround(scales.values[axis]));
  return made(dims, [&](Index i) {
    for (std::size_t axis = 0; axis < i.size(); ++axis) i[axis] /= std::llround(scales.values[axis]);
    return at(x, i);
  });
}

FloatTensor execute(const onnx::NodeProto& node, const std::vector<FloatTensor>& in) {
  const std::string& type = node.op_type();
  if (type == "Conv")
    return in.size() > 2 ? arithmetic("Add", convolution(node, in[0], in[1]), {{in[2].dims[0], 1, 1}, in[2].values})
                         : convolution(node, in[0], in[1]);
  if (type == "Quant") return quant(node, in[0], in[1], in[3].values[0]);
  if (type == "BipolarQuant")
    return made(in[0].dims,
                [&](const Index& i) { return at(in[0], i) / at(in[1], i) >= 0 ? at(in[1], i) : -at(in[1], i); });
  if (type == "MultiThreshold") return thresholds(node, in[0], in[1]);
  if (type == "BatchNormalization") return batch_norm(node, in);
  if (type == "Relu") return made(in[0].dims, [&](const Index& i) { return std::max(0.0, at(in[0], i)); });
  if (type == "Add" || type == "Sub" || type == "Mul" || type == "Div") return arithmetic(type, in[0], in[1]);
  if (type == "Transpose") return transposed(in[0], integers(node, "perm"));
  if (type == "GlobalAveragePool") return mean(in[0], false);
  if (type == "ReduceMean") return mean(in[0], integers(node, "axes") == Index{1, 2});
  if (type == "Flatten" || type == "Reshape") return {{1, count(in[0].dims)}, in[0].values};
  if (type == "MatMul" || type == "Gemm") return product(in[0], in[1], integer(node, "transB", 0) != 0);
  if (type == "Identity") return in[0];
  if (type == "Resize" || type == "Upsample") return upsampled(in[0], in.back());
  if (type == "Concat" && in[0].dims.size() == 4) return concatenated(in, integer(node, "axis", 0));
  if (type == "Shape" || type == "Gather" || type == "Unsqueeze" || type == "Concat") return {{1}, {0}};  // unused
  throw std::runtime_error("no operation " + type);
}

}  // namespace

Tensors execute_float(const onnx::ModelProto& model, const FloatTensor& image) {
  Tensors tensors{{"image", image}};
  for (const auto& each : model.graph().initializer()) {
    FloatTensor& tensor = tensors[each.name()];
    tensor.dims = {each.dims().begin(), each.dims().end()};
    tensor.values = {each.float_data().begin(), each.float_data().end()};
    for (const auto value : each.int64_data()) tensor.values.push_back(static_cast<double>(value));
  }
  for (const auto& node : model.graph().node()) {
    std::vector<FloatTensor> inputs;
    for (const auto& input : node.input())
      if (!input.empty()) inputs.push_back(tensors.at(input));
    tensors[node.output(0)] = execute(node, inputs);
  }
  return tensors;
}

}  // namespace ernsim::test

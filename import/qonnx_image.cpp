#include <fmt/format.h>

#include <algorithm>

#include "import/onnx_shapes.h"
#include "import/qonnx_graph.h"
#include "workloads/folding.h"
#include "workloads/networks.h"

// What reads the image, and what makes codes of it.

namespace ernsim::workloads {

using onnx::NodeProto;

int QonnxGraph::embed(const NodeProto* source, std::vector<EmbeddingThresholds> thresholds) {
  if (!made_.graph.nodes.empty())
    file_.refuse(*source, "makes codes of the image a second time; one embedding can be read");
  Graph& graph = made_.graph;
  graph.thermometer = static_cast<int>(thresholds.size());
  graph.embedding = std::move(thresholds);
  return push(source, NodeKind::pixel_embedding, "pixel_embedding", {}, graph.colours * graph.thermometer);
}

QonnxValue QonnxGraph::input(const onnx::ValueInfoProto& input, const QonnxOptions& options) {
  std::vector<std::int64_t> dims;
  for (const auto& dim : input.type().tensor_type().shape().dim()) dims.push_back(dim.dim_value());
  const auto are_colours = [](std::int64_t side) { return side == 1 || side == 3; };
  const bool last = dims.size() == 4 && are_colours(dims[3]) && !are_colours(dims[1]);
  if (last) std::rotate(dims.begin() + 1, dims.begin() + 3, dims.end());
  const bool sized = dims.size() == 4 && dims[0] <= 1 && dims[2] >= 1 && dims[3] >= 1;
  const int codes = options.thermometer.value_or(0);
  const bool outside =
      sized && !are_colours(dims[1]) && codes > 0 && codes <= most_codes && (dims[1] == codes || dims[1] == 3 * codes);
  if (!sized || (!are_colours(dims[1]) && !outside))
    file_.refuse(
        fmt::format("input '{}' must be [1,C,H,W] or [1,H,W,C], C 1 or 3 colours; or [1,Ck,H,W], codes of a "
                    "thermometer of k, which --thermometer k (thermometer = k in a sweep file) must name",
                    input.name()));
  const auto channels = static_cast<std::size_t>(dims[1]);
  made_.graph.colours = static_cast<int>(outside ? dims[1] / codes : dims[1]);
  made_.graph.input_height = side_of(dims[2]);
  made_.graph.input_width = side_of(dims[3]);
  if (outside)
    return {QonnxKind::codes, embed(nullptr, workloads::thermometer(codes)), all(channels, 1), all(channels, 0)};
  QonnxValue value{QonnxKind::image, -1, all(channels, 1), all(channels, 0)};
  value.scaled = input.type().tensor_type().elem_type() == onnx::TensorProto::UINT8;
  value.layout = last ? Layout::nhwc : Layout::nchw;
  return value;
}

/// An image of floats is 0 to 1, unless the file begins by dividing it by 255.
void QonnxGraph::settle_scale(QonnxValue& image, bool divided, const std::vector<double>& by) const {
  if (image.kind != QonnxKind::image || image.scaled) return;
  image.scaled = true;
  const bool divides = !by.empty() && is_same_scale(divided ? by[0] : 1 / by[0], 255);
  if (!divides) image.gain = all(image.channels(), 1 / Real{255});
}

QonnxValue QonnxGraph::eight_bits(const NodeProto& node, const QonnxValue& in, Real scale) {
  QonnxValue made = in;
  if (!made.scaled) {
    made.scaled = true;
    made.gain = all(made.channels(), scale);
    return made;
  }
  for (std::size_t c = 0; c < made.channels(); ++c)
    if (!is_same_scale(made.gain[c], scale) || made.shift[c] != 0)
      file_.refuse(node, fmt::format("rounds colour values away: one step of them is {}, its scale {}",
                                     static_cast<double>(made.gain[c]), static_cast<double>(scale)));
  return made;
}

/// Sums of a thermometer's codes stand for colours: code by code, step = floor(255 / 3k) each.
QonnxValue QonnxGraph::through_thermometer(const NodeProto& node, const QonnxValue& image,
                                           const QonnxOptions& options) {
  if (!options.thermometer)
    file_.refuse(node,
                 "reads 8-bit colours; --thermometer N (thermometer = N in a sweep file) says how many 2-bit codes a "
                 "colour becomes, "
                 "or a 2-bit Quant in front");
  QonnxValue made = image;
  settle_scale(made, false, {});
  for (std::size_t c = 0; c < made.channels(); ++c)
    if (made.shift[c] != 0 || !is_same_scale(made.gain[c], made.gain[0]) || !(made.gain[0] > 0))
      file_.refuse(node, "reads colours that are shifted, or scaled one by one: what it pads with must be code 0");
  const int codes = *options.thermometer;
  if (codes < 1 || codes > most_codes)
    file_.refuse(node, fmt::format("thermometer {}, must be 1 to {}", codes, most_codes));
  made.kind = QonnxKind::codes;
  made.node = embed(&node, workloads::thermometer(codes));
  made.gain = all(made.channels() * static_cast<std::size_t>(codes), made.gain[0] * (255 / (3 * codes)));
  made.shift = all(made.gain.size(), 0);
  return made;
}

/// A code per colour: the colour values that each threshold is the last one below.
QonnxValue QonnxGraph::embedded(const NodeProto& node, const QonnxValue& in,
                                const std::vector<std::vector<Level>>& levels, Real scale) {
  QonnxValue image = in;
  settle_scale(image, false, {});
  std::vector<EmbeddingThresholds> found;
  for (std::size_t c = 0; c < image.channels(); ++c) {
    const auto code = [&](int colour) { return code_of(image.gain[c] * colour + image.shift[c], levels[c]); };
    if (!(image.gain[c] > 0) || code(0) != 0)
      file_.refuse(node, fmt::format("colour {} has code {} for value 0; codes must rise from 0", c, code(0)));
    EmbeddingThresholds thresholds{};
    for (int t = 0; t < 3; ++t) {
      int colour = 0;
      while (colour < 255 && code(colour + 1) <= t) ++colour;
      thresholds[static_cast<std::size_t>(t)] = static_cast<std::uint8_t>(colour);
    }
    found.push_back(thresholds);
    if (thresholds != found[0])
      file_.refuse(node, fmt::format("colour {} has other levels than the first; they must be alike", c));
  }
  QonnxValue value{QonnxKind::codes, embed(&node, {found[0]}), all(image.channels(), scale), all(image.channels(), 0)};
  value.layout = in.layout;
  return value;
}

}  // namespace ernsim::workloads

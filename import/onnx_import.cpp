#include <fmt/format.h>

#include <algorithm>

#include "import/onnx_codes.h"
#include "import/onnx_form.h"
#include "import/onnx_product.h"
#include "import/onnx_result.h"
#include "import/onnx_scaling.h"
#include "import/onnx_shapes.h"
#include "import/onnx_sum.h"
#include "import/onnx_upsampling.h"
#include "workloads/onnx_module.h"

namespace ernsim::workloads {

namespace {

using onnx::NodeProto;

constexpr int any_side = 256;  ///< where the file leaves it to the user

/// Whether the file makes codes of a picture; otherwise its input is codes.
bool embeds_pixels(const OnnxFile& file) {
  const auto& nodes = file.graph().node();
  return std::any_of(nodes.begin(), nodes.end(),
                     [](const NodeProto& node) { return operation_of(node) == "lm::PixelEmbeddingV3"; });
}

/// Sides without a number are those that the user names.
void read_shape(OnnxBuild& build, const onnx::ValueInfoProto& input, bool picture) {
  ImportedNetwork& made = build.made();
  const auto& dims = input.type().tensor_type().shape().dim();
  const std::int64_t channels = dims.size() == 4 ? dims[1].dim_value() : 0;
  const bool right = dims.size() == 4 && (!dims[0].has_dim_value() || dims[0].dim_value() == 1) &&
                     (picture ? channels == 3 || channels == 1 : channels >= 1 && channels <= most_channels);
  if (!right)
    build.file().refuse(
        fmt::format("input '{}' must have the shape [1,3,H,W] or [1,1,H,W] of a picture, or, without a "
                    "PixelEmbeddingV3 behind it, [1,C,H,W] of codes, C 1 to {}",
                    input.name(), most_channels));
  if (picture) made.graph.colours = static_cast<int>(channels);
  made.sized = dims[2].has_dim_value() && dims[3].has_dim_value();
  const auto side = [&made](const auto& dim) { return made.sized ? side_of(dim.dim_value()) : any_side; };
  made.graph.input_height = side(dims[2]);
  made.graph.input_width = side(dims[3]);
}

void read_input(OnnxBuild& build) {
  const onnx::ValueInfoProto& input = build.names().input();
  const bool picture = embeds_pixels(build.file());
  read_shape(build, input, picture);
  if (picture) return build.set_image(input.name());
  build.set_codes(input.name(), static_cast<int>(input.type().tensor_type().shape().dim(1).dim_value()));
}

/// The file reads its constants itself.
void skip_constant(OnnxBuild&, const NodeProto&) {}

/// Gives a second name to a constant, a weight or a value.
void read_identity(OnnxBuild& build, const NodeProto& node) {
  OnnxFile& file = build.file();
  const std::string& name = file.input(node, 0);
  if (file.is_constant(name))
    file.alias(node.output(0), name);
  else if (const OnnxWeight* const weight = build.weight(name))
    build.produce(node, *weight);
  else
    build.produce(node, build.value(node, 0));
}

void read(OnnxBuild& build, const NodeProto& node) {
  using Reader = void (*)(OnnxBuild&, const NodeProto&);
  static const std::map<std::string, Reader> readers{
      {"lm::PixelEmbeddingV3", read_pixel_embedding},
      {"lm::BinaryChannelWiseMeanScalingQuantizer", read_weight_quantizer},
      {"lm::BinaryPower2ScalingQuantizer", read_weight_quantizer},
      {"lm::LinearMidTreadHalfV2", read_activation},
      {"Concat", read_concatenation},
      {"Resize", read_upsampling},
      {"Upsample", read_upsampling},
      {"Conv", read_convolution},
      {"BatchNormalization", read_batch_normalization},
      {"Add", read_add},
      {"Sub", read_shift},
      {"Mul", read_scale},
      {"Div", read_scale},
      {"GlobalAveragePool", read_average_pool},
      {"Flatten", read_flatten},
      {"Gemm", read_fully_connected},
      {"Identity", read_identity},
      {"Dropout", read_identity},
      {"Constant", skip_constant}};
  require_form(build.file(), OnnxDialect::official, node);
  build.names().add(node);
  readers.at(operation_of(node))(build, node);
}

}  // namespace

const char* ernsim_onnx_version() { return ERNSIM_VERSION; }

void ernsim_onnx_import(const std::string& path, ImportedNetwork& made) {
  OnnxBuild build(path);
  read_input(build);
  for (const auto& node : build.file().graph().node()) read(build, node);
  read_outputs(build);
  made = build.finished();
}

}  // namespace ernsim::workloads

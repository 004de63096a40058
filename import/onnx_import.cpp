#include <fmt/format.h>

#include "import/onnx_codes.h"
#include "import/onnx_form.h"
#include "import/onnx_product.h"
#include "import/onnx_result.h"
#include "import/onnx_scaling.h"
#include "import/onnx_shapes.h"
#include "import/onnx_sum.h"
#include "workloads/onnx_module.h"

namespace ernsim::workloads {

namespace {

using onnx::NodeProto;

constexpr int any_side = 256;  ///< where the file leaves it to the user

/// Sides without a number are those that the user names.
void read_shape(OnnxBuild& build, const onnx::ValueInfoProto& input) {
  ImportedNetwork& made = build.made();
  const auto& dims = input.type().tensor_type().shape().dim();
  const bool right = dims.size() == 4 && (!dims[0].has_dim_value() || dims[0].dim_value() == 1) &&
                     (dims[1].dim_value() == 3 || dims[1].dim_value() == 1);
  if (!right) build.file().refuse(fmt::format("input '{}' must have the shape [1,3,H,W] or [1,1,H,W]", input.name()));
  made.graph.colours = static_cast<int>(dims[1].dim_value());
  made.sized = dims[2].has_dim_value() && dims[3].has_dim_value();
  const auto side = [&made](const auto& dim) { return made.sized ? side_of(dim.dim_value()) : any_side; };
  made.graph.input_height = side(dims[2]);
  made.graph.input_width = side(dims[3]);
}

void read_input(OnnxBuild& build) {
  const onnx::ValueInfoProto& input = build.names().input();
  read_shape(build, input);
  build.set_image(input.name());
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

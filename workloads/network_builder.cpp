#include <fmt/format.h>

#include <algorithm>

#include "workloads/error.h"
#include "workloads/network_plan.h"
#include "workloads/networks.h"

namespace ernsim::workloads {

namespace {

/// "conv1" -> "act1", "conv_extra" -> "act_extra"
std::string renamed(const std::string& convolution, const char* kind) {
  return "backbone." + (kind + convolution.substr(std::string("conv").size()));
}

bool is_named(const NetworkPlan& plan) {
  const auto own = stem_layers(plan.stem_kind);
  return !own.empty() && std::equal(plan.stem.begin(), plan.stem.end(), own.begin(), own.end(),
                                    [](const StemLayer& a, const StemLayer& b) {
                                      return a.width == b.width && a.kernel == b.kernel && a.stride == b.stride;
                                    });
}

class Builder {
 public:
  explicit Builder(const NetworkPlan& plan) : plan_(plan) {
    graph_.network = plan.name;
    graph_.stem = !is_named(plan) ? "other" : plan.stem_kind == StemKind::paper ? "paper" : "released";
    graph_.colours = static_cast<int>(plan.colours);
    graph_.thermometer = static_cast<int>(plan.thermometer);
    graph_.embedding = thermometer(graph_.thermometer);
    graph_.input_height = static_cast<int>(plan.input_height);
    graph_.input_width = static_cast<int>(plan.input_width);
  }

  Graph build() {
    int node = stem();
    for (std::size_t stage = 0; stage < plan_.stages.size(); ++stage)
      for (int block = 0; block < plan_.stages[stage].blocks; ++block) node = add_block(node, stage, block);
    const std::string last = std::to_string(plan_.stages.size());
    last_codes_ = activation(node, "backbone.last_act_layer" + last, "backbone.last_bn_layer" + last);
    if (plan_.heads.empty())
      head({static_cast<std::int64_t>(plan_.stages.size()), plan_.classes, 1, true}, "conv", "avg_pool");
    for (std::size_t i = 0; i < plan_.heads.size(); ++i)
      head(plan_.heads[i], fmt::format("head{}", i + 1), fmt::format("head{}.avg_pool", i + 1));
    return resized(graph_, graph_.input_height, graph_.input_width);
  }

 private:
  /// Heights and widths are inferred at the end.
  int push(NodeKind kind, std::string name, std::vector<int> inputs, int channels = 0) {
    Node node;
    node.kind = kind;
    node.name = std::move(name);
    node.inputs = std::move(inputs);
    node.out.channels = channels;
    graph_.nodes.push_back(std::move(node));
    return static_cast<int>(graph_.nodes.size()) - 1;
  }

  int convolution(int input, const std::string& name, std::int64_t channels, std::int64_t kernel, std::int64_t stride,
                  ConvolutionRole role, std::int64_t dilation = 1) {
    const int made = push(NodeKind::convolution, name, {input}, static_cast<int>(channels));
    Node& node = graph_.nodes[static_cast<std::size_t>(made)];
    node.kernel = static_cast<int>(kernel);
    node.stride = static_cast<int>(stride);
    if (kernel > 1) node.dilation.rows = node.dilation.columns = static_cast<int>(dilation);
    node.padding = field_of(node.kernel, node.dilation.rows) / 2;
    node.role = role;
    // What feeds a power-of-two scaled convolution keeps its integer codes: no post-scale (official release).
    if (role == ConvolutionRole::residual)
      graph_.nodes[static_cast<std::size_t>(origin_of(graph_, input))].quantizer.step = 1;
    return made;
  }

  int activation(int input, const std::string& name, const std::string& batch_norm) {
    const int made = push(NodeKind::activation, name, {input});
    graph_.nodes.back().batch_norm = batch_norm;
    return made;
  }

  /// The last layer's activation is that of the first block.
  int stem() {
    int node = push(NodeKind::pixel_embedding, "pixel_embedding", {}, graph_.colours * graph_.thermometer);
    for (std::size_t i = 0; i < plan_.stem.size(); ++i) {
      const StemLayer& layer = plan_.stem[i];
      if (i > 0) node = activation(node, renamed(plan_.stem[i - 1].name, "act"), renamed(plan_.stem[i - 1].name, "bn"));
      node = convolution(node, "backbone." + layer.name, layer.width, layer.kernel, layer.stride,
                         ConvolutionRole::activation);
    }
    return node;
  }

  /// A convolution of all channels that a stage reads: one for each tensor of them, each but the first completing a
  /// sum.
  int convolution(const std::vector<int>& inputs, const std::string& name, std::int64_t channels, std::int64_t kernel,
                  std::int64_t stride, ConvolutionRole role, std::int64_t dilation) {
    if (inputs.size() == 1) return convolution(inputs[0], name, channels, kernel, stride, role, dilation);
    int sum = -1;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const int part = convolution(inputs[i], fmt::format("{}.part{}", name, i + 1), channels, kernel, stride,
                                   ConvolutionRole::residual, dilation);
      sum = i == 0 ? part : push(NodeKind::add, name + ".add", {part, sum});
    }
    return sum;
  }

  /// What a stage's first block reads: the codes before it, repeated if need be, and those that join them.
  std::vector<int> read_by(const StagePlan& stage, int codes) {
    std::vector<int> inputs{codes};
    if (stage.upsample > 1) {
      const std::string name = graph_.nodes[static_cast<std::size_t>(codes)].name;
      inputs[0] = push(NodeKind::upsampling, fmt::format("{}.x{}", name, stage.upsample), {codes});
      graph_.nodes.back().repetition = static_cast<int>(stage.upsample);
    }
    if (stage.join > 0) inputs.push_back(stage_codes_[static_cast<std::size_t>(stage.join)]);
    return inputs;
  }

  int add_block(int input, std::size_t stage, int block) {
    const StagePlan& plan = plan_.stages[stage];
    const std::string prefix = fmt::format("backbone.layer{}.{}.", stage + 1, block);
    const bool bottleneck = plan.block == BlockKind::bottleneck;
    const int first = bottleneck ? 1 : 0;  // numbering of act and bn in the release
    const std::int64_t stride = block == 0 ? plan.stride : 1, width = plan.width;
    const std::int64_t channels = width * (bottleneck ? plan.expansion : 1);
    const auto act = [&](int node, int number) {
      return activation(node, fmt::format("{}act{}", prefix, number), fmt::format("{}bn{}", prefix, number));
    };
    const auto conv = [&](const std::vector<int>& nodes, const char* name, std::int64_t out, std::int64_t kernel,
                          std::int64_t step, ConvolutionRole role) {
      return convolution(nodes, prefix + name, out, kernel, step, role, plan.dilation);
    };
    constexpr auto inner = ConvolutionRole::activation, summed = ConvolutionRole::residual;
    int node = act(input, first);
    if (block == 0) stage_codes_.push_back(node);
    const std::vector<int> codes = block == 0 ? read_by(plan, node) : std::vector<int>{node};
    if (plan.block == BlockKind::plain) return conv(codes, "conv1", width, plan.kernel, stride, inner);
    int residual = input;
    if (block == 0) residual = conv(codes, "downsample", channels, 1, stride, summed);
    if (bottleneck) {
      node = conv(codes, "conv1", width, 1, 1, inner);
      node = conv({act(node, 2)}, "conv2", width, plan.kernel, stride, inner);
      node = conv({act(node, 3)}, "conv3", channels, 1, 1, summed);
    } else {
      node = conv(codes, "conv1", channels, plan.kernel, stride, inner);
      node = conv({act(node, 1)}, "conv2", channels, plan.kernel, 1, summed);
    }
    return push(NodeKind::add, prefix + "add", {node, residual});
  }

  /// Reads the codes that the next stage reads.
  void head(const HeadPlan& plan, const std::string& name, const std::string& pool) {
    const auto stage = static_cast<std::size_t>(plan.stage);
    if (stage > plan_.stages.size())
      throw WorkloadError(fmt::format("{}: stands behind stage {}; there are {}", name, stage, plan_.stages.size()));
    const int codes = stage == plan_.stages.size() ? last_codes_ : stage_codes_[stage];
    const int node = convolution(codes, name, plan.channels, plan.kernel, 1, ConvolutionRole::logits);
    if (plan.pool) push(NodeKind::average_pool, pool, {node});
  }

  const NetworkPlan& plan_;
  Graph graph_;
  std::vector<int> stage_codes_;  ///< what each stage reads first
  int last_codes_ = -1;
};

void check_joins(const NetworkPlan& plan) {
  for (std::size_t i = 0; i < plan.stages.size(); ++i)
    if (const std::int64_t join = plan.stages[i].join; join > 0 && join >= static_cast<std::int64_t>(i))
      throw WorkloadError(fmt::format(
          "{}: stage{}: join: {}, must be one of the stages before that whose codes it reads", plan.name, i + 1, join));
}

void check_fields(const NetworkPlan& plan) {
  for (std::size_t i = 0; i < plan.stages.size(); ++i) {
    const StagePlan& stage = plan.stages[i];
    const auto kernel = static_cast<int>(stage.kernel), dilation = static_cast<int>(stage.dilation);
    if (field_of(kernel, dilation) > largest_field)
      throw WorkloadError(
          fmt::format("{}: stage{}: a kernel of {} dilated by {} spans {} rows and columns, may span {}", plan.name,
                      i + 1, kernel, dilation, field_of(kernel, dilation), largest_field));
  }
}

/// The host averages one map over its pixels.
void check_one_pooled(const NetworkPlan& plan) {
  std::size_t pooled = 0;
  for (std::size_t i = 0; i < plan.heads.size(); ++i)
    if (plan.heads[i].pool && ++pooled > 1)
      throw WorkloadError(fmt::format("{}: head{}: a second pooled result; pool must be false for all heads but one",
                                      plan.name, i + 1));
}

}  // namespace

Graph build(const NetworkPlan& plan) {
  if (plan.stem.empty()) throw WorkloadError(fmt::format("{}: has no section [stem1]", plan.name));
  if (plan.stages.empty()) throw WorkloadError(fmt::format("{}: has no section [stage1]", plan.name));
  if (plan.colours == 2) throw WorkloadError(fmt::format("{}: colours: 2 must be 1 or 3", plan.name));
  const auto is_last = [&](const HeadPlan& head) { return static_cast<std::size_t>(head.stage) >= plan.stages.size(); };
  if (!plan.heads.empty() && std::none_of(plan.heads.begin(), plan.heads.end(), is_last))
    throw WorkloadError(fmt::format("{}: no head stands behind the last stage, so that nothing reads it", plan.name));
  check_one_pooled(plan);
  check_fields(plan);
  check_joins(plan);
  return Builder(plan).build();
}

}  // namespace ernsim::workloads

#include "import/onnx_build.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "import/onnx_names.h"
#include "import/onnx_shapes.h"
#include "workloads/folding.h"
#include "workloads/networks.h"

namespace ernsim::workloads {

namespace {

/// The convolutions in front of the first activation that two convolutions read: four released, five in the paper.
std::string stem_of(const Graph& graph) {
  std::map<int, int> readers;
  for (const Node& node : graph.nodes)
    if (node.kind == NodeKind::convolution) ++readers[node.inputs[0]];
  int convolutions = 0;
  for (std::size_t i = 0; i < graph.nodes.size() && readers[static_cast<int>(i)] < 2; ++i)
    convolutions += graph.nodes[i].kind == NodeKind::convolution ? 1 : 0;
  return convolutions == 4 ? "released" : convolutions == 5 ? "paper" : "other";
}

}  // namespace

const char* name_of(OnnxKind kind) {
  constexpr const char* names[] = {"the image",    "codes",         "concatenated codes",
                                   "accumulators", "residual sums", "normalised values",
                                   "pooled codes", "pooled values"};
  return names[static_cast<std::size_t>(kind)];
}

OnnxBuild::OnnxBuild(const std::string& path) : file_(path), tensors_(file_) {
  made_.graph.network = network_name(path);
  for (const auto& node : file_.graph().node())
    for (const auto& input : node.input()) ++uses_[input];
  for (const auto& output : file_.graph().output()) ++uses_[output.name()];
}

void OnnxBuild::produce(const onnx::NodeProto& node, OnnxValue made) {
  if (!is_finite(made.affine) || (made.norm && !is_finite(*made.norm)))
    file_.refuse(node, "gives a value that is not finite");
  values_[node.output(0)] = std::move(made);
  makers_[node.output(0)] = &node;
}

void OnnxBuild::set_codes(const std::string& name, int channels) {
  values_[name] = {OnnxKind::codes,
                   push(onnx::NodeProto::default_instance(), NodeKind::code_input, "input", {}, channels)};
  made_.graph.thermometer = 1;
  made_.graph.embedding = thermometer(made_.graph.thermometer);
  sources_.back() = nullptr;
}

void OnnxBuild::note_scope(const onnx::NodeProto& quantizer) {
  const std::string& weights = file_.input(quantizer, 0);
  const std::string convolution = parent_of(module_of(quantizer.name(), quantizer.op_type()));
  if (!convolution.empty() && uses_[weights] == 1) scopes_[parent_of(convolution)] = parent_of(without_suffix(weights));
}

std::string OnnxBuild::module_name(const onnx::NodeProto& node, int initializer) const {
  const std::string& name = file_.input(node, initializer);
  const std::string module = module_of(node.name(), node.op_type());
  const auto uses = uses_.find(name);
  if (module.empty() || uses == uses_.end() || uses->second < 2) return without_suffix(name);
  const auto scope = scopes_.find(parent_of(module));
  if (scope == scopes_.end()) return module;
  const std::string last = module.substr(module.rfind('.') + 1);
  return scope->second.empty() ? last : scope->second + "." + last;
}

std::optional<OnnxValue> OnnxBuild::use(const std::string& name) {
  const auto found = values_.find(name);
  if (found == values_.end()) return {};
  used_.insert(name);
  OnnxValue made = found->second;
  made.alone = made.alone && uses_[name] == 1;
  return made;
}

OnnxValue OnnxBuild::value(const onnx::NodeProto& node, int index) {
  const std::string& name = file_.input(node, index);
  auto found = use(name);
  if (!found) file_.refuse(node, fmt::format("input {} '{}' is made by no earlier node", index, name));
  return std::move(*found);
}

OnnxValue OnnxBuild::value(const onnx::NodeProto& node, int index, std::initializer_list<OnnxKind> allowed) {
  OnnxValue found = value(node, index);
  if (std::find(allowed.begin(), allowed.end(), found.kind) != allowed.end()) return found;
  std::string wanted;
  for (const OnnxKind kind : allowed) wanted += (wanted.empty() ? "" : " or ") + std::string(name_of(kind));
  file_.refuse(node, fmt::format("input {} is {}, must be {}", index, name_of(found.kind), wanted));
}

const OnnxWeight* OnnxBuild::weight(const std::string& name) const {
  const auto found = weights_.find(name);
  return found == weights_.end() ? nullptr : &found->second;
}

const onnx::NodeProto* OnnxBuild::maker_of(const std::string& name) const {
  const auto found = makers_.find(name);
  return found == makers_.end() ? nullptr : found->second;
}

void OnnxBuild::require_all_used() const {
  for (const auto& [name, node] : makers_)
    if (used_.count(name) == 0) file_.refuse(*node, "its result is not used");
}

int OnnxBuild::push(const onnx::NodeProto& source, NodeKind kind, const std::string& wanted, std::vector<int> inputs,
                    int channels) {
  Node node;
  node.kind = kind;
  node.name = unique_name(names_, wanted);
  node.inputs = std::move(inputs);
  node.out.channels = channels;
  sources_.push_back(&source);
  made_.graph.nodes.push_back(std::move(node));
  made_.parameters.signs.emplace_back();
  made_.parameters.magnitude.emplace_back();
  made_.parameters.batch_norm.emplace_back();
  return static_cast<int>(made_.graph.nodes.size()) - 1;
}

void OnnxBuild::move_behind(int node, int later) {
  const auto renumbered = [node, later](int index) {
    return index == node ? later : index > node && index <= later ? index - 1 : index;
  };
  const auto rotate = [&](auto& list) {
    std::rotate(list.begin() + node, list.begin() + node + 1, list.begin() + later + 1);
  };
  rotate(made_.graph.nodes);
  rotate(sources_);
  rotate(made_.parameters.signs);
  rotate(made_.parameters.magnitude);
  rotate(made_.parameters.batch_norm);
  for (Node& each : made_.graph.nodes)
    for (int& input : each.inputs) input = renumbered(input);
  for (auto& [name, each] : values_) {
    each.node = renumbered(each.node);
    for (int& part : each.parts) part = renumbered(part);
  }
}

void OnnxBuild::check_scales() const {
  const Graph& graph = made_.graph;
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    if (graph.nodes[n].kind != NodeKind::convolution) continue;
    for (const double scale : integer_scale(graph, made_.parameters, static_cast<int>(n)))
      if (!std::isnormal(static_cast<float>(scale)))
        file_.refuse(*sources_[n],
                     fmt::format("{} counts in {:.9g}, beyond single precision", graph.nodes[n].name, scale));
  }
}

ImportedNetwork OnnxBuild::finished() {
  Graph& graph = made_.graph;
  check_scales();
  graph.stem = stem_of(graph);
  graph = with_shapes(file_, graph, sources_);
  return std::move(made_);
}

}  // namespace ernsim::workloads

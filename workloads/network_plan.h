#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "config/parameter.h"
#include "workloads/graph.h"

namespace ernsim::workloads {

/// What the convolutions in front of the first stage are: those of the release or the paper, or a file's own.
enum class StemKind { released, paper, other };

/// What a stage repeats. basic: two convolutions and a sum; bottleneck: 1x1, kernel, 1x1 to `expansion` times the
/// width, and a sum; plain: one convolution.
enum class BlockKind { basic, bottleneck, plain };

inline constexpr EnumNames<StemKind> stem_names{
    {"released", StemKind::released}, {"paper", StemKind::paper}, {"other", StemKind::other}};
inline constexpr EnumNames<BlockKind> block_names{
    {"basic", BlockKind::basic}, {"bottleneck", BlockKind::bottleneck}, {"plain", BlockKind::plain}};

struct StemLayer {
  std::string name;  ///< "conv1"; its batch normalisation and activation are called after it
  std::int64_t width = 64, kernel = 3, stride = 1;
};

struct StagePlan {
  BlockKind block = BlockKind::basic;
  std::int64_t width = 64, blocks = 2, stride = 1, kernel = 3, dilation = 1, expansion = 4, upsample = 1, join = 0;
};

struct HeadPlan {
  std::int64_t stage = 1, channels = 1000, kernel = 1;
  bool pool = true;
};

/// A network as a file describes it: what a graph is built from.
struct NetworkPlan {
  std::string name;
  StemKind stem_kind = StemKind::released;
  std::int64_t input_height = 256, input_width = 256, colours = 3, thermometer = 10, classes = 1000;
  std::string weights_text;  ///< as a file or a user names `weights`
  std::string weights;       ///< path of an ONNX file with its weights; empty: they are drawn from a seed
  std::vector<StemLayer> stem;
  std::vector<StagePlan> stages;
  std::vector<HeadPlan> heads;  ///< none: `classes` pooled ones behind the last stage
};

/// One value of a network, as a file or a user gives it.
struct NetworkSetting {
  std::string where;    ///< "mine.toml:3" or "--set"
  std::string section;  ///< "stage2"; empty for what stands outside all sections
  std::string key;      ///< "width"
  std::variant<std::int64_t, bool, std::string> value;
};

/// One parameter as text.
struct NetworkParameter {
  std::string section;
  ParameterInfo info;
  std::string value;    ///< as TOML
  std::string allowed;  ///< range or names

  /// As --set has it: "network.stage2.width".
  std::string setting() const { return "network." + (section.empty() ? "" : section + ".") + info.key; }
};

/// Layers of a stem that has a name; none for StemKind::other.
std::vector<StemLayer> stem_layers(StemKind kind);

/// "network.stage2.width=96", "network.classes=10". Throws ConfigError.
NetworkSetting parse_network_setting(const std::string& text, const std::string& where = "--set");
/// Whether a --set option speaks of the network.
bool is_network_setting(const std::string& text);

/// Throws ConfigError if there is no such parameter, naming the nearest one, or if the value is not allowed. Weights
/// count from the working directory. Another stem than the network has brings its own sections.
void apply(const NetworkSetting& setting, NetworkPlan& plan);
/// One after the other, but the stem first: what is said of its sections holds wherever it stands.
void apply(std::vector<NetworkSetting> settings, NetworkPlan& plan);

/// Every parameter of the network, section by section.
std::vector<NetworkParameter> parameters(const NetworkPlan& plan);

/// The graph, its nodes named as the official library names them. Throws WorkloadError if a size or a width cannot be.
Graph build(const NetworkPlan& plan);

/// Calls visit(section, ParameterInfo, value) for every parameter; with the names behind for an enumeration.
template <class Plan, class Visitor>
void visit_network(Plan& plan, Visitor&& visit) {
  const char* ours = "docs/your_network.md";
  const char* paper = "ERN paper, Table 1";
  visit("",
        ParameterInfo{"input_height", "pixels", 1, largest_side, "of the picture", "ERN paper, Section 4: 224 to 320"},
        plan.input_height);
  visit("",
        ParameterInfo{"input_width", "pixels", 1, largest_side, "of the picture", "ERN paper, Section 4: 224 to 320"},
        plan.input_width);
  visit("", ParameterInfo{"colours", "", 1, 3, "1: grey, 3: RGB; there is no 2", ours}, plan.colours);
  visit("",
        ParameterInfo{"thermometer", "codes", 1, most_codes, "per colour of the pixel embedding", "ERN paper, Table 5"},
        plan.thermometer);
  visit("",
        ParameterInfo{"classes", "", 1, most_channels, "of the result, unless there are sections [head1] and so on",
                      paper},
        plan.classes);
  visit("", ParameterInfo{"weights", "", 0, 0, "ONNX file with the weights; empty: drawn from a seed", ours},
        plan.weights_text);
  visit("",
        ParameterInfo{"stem", "", 0, 0, "other: sections [stem1], [stem2] and so on say it",
                      "official release 1.0.0; ERN paper, Table 3"},
        plan.stem_kind, stem_names);
  const auto section = [](const char* name, std::size_t i) { return name + std::to_string(i + 1); };
  for (std::size_t i = 0; i < plan.stem.size(); ++i) {
    const std::string name = section("stem", i);
    visit(name, ParameterInfo{"width", "channels", 1, 8192, "of the convolution", paper}, plan.stem[i].width);
    visit(name, ParameterInfo{"kernel", "", 1, largest_kernel, "its side", paper}, plan.stem[i].kernel);
    visit(name, ParameterInfo{"stride", "", 1, largest_stride, "both ways", paper}, plan.stem[i].stride);
  }
  for (std::size_t i = 0; i < plan.stages.size(); ++i) {
    const std::string name = section("stage", i);
    auto& stage = plan.stages[i];
    visit(name, ParameterInfo{"block", "", 0, 0, "what the stage repeats", paper}, stage.block, block_names);
    visit(name,
          ParameterInfo{"width", "channels", 1, 8192,
                        "of its convolutions; a bottleneck's last has `expansion` times as many", paper},
          stage.width);
    visit(name, ParameterInfo{"blocks", "", 1, 100, "how many", paper}, stage.blocks);
    visit(name, ParameterInfo{"stride", "", 1, largest_stride, "of its first block", paper}, stage.stride);
    visit(name,
          ParameterInfo{"kernel", "", 1, largest_kernel,
                        "side of its convolutions; a bottleneck's first and last are 1x1", paper},
          stage.kernel);
    visit(name,
          ParameterInfo{"dilation", "", 1, largest_field, "of those convolutions, both ways: from one tap to the next",
                        ours},
          stage.dilation);
    visit(name, ParameterInfo{"expansion", "", 1, 8, "of a bottleneck's width", paper}, stage.expansion);
    visit(name,
          ParameterInfo{"upsample", "", 1, largest_repetition,
                        "how often each pixel of what it reads is there, both ways", ours},
          stage.upsample);
    visit(name,
          ParameterInfo{"join", "", 0, 100, "stage whose codes stand beside what it reads, as more channels; 0: none",
                        ours},
          stage.join);
  }
  for (std::size_t i = 0; i < plan.heads.size(); ++i) {
    const std::string name = section("head", i);
    auto& head = plan.heads[i];
    visit(name, ParameterInfo{"stage", "", 1, 100, "behind which it stands", ours}, head.stage);
    visit(name, ParameterInfo{"channels", "", 1, most_channels, "of the result", ours}, head.channels);
    visit(name, ParameterInfo{"kernel", "", 1, largest_kernel, "side of its convolution", ours}, head.kernel);
    visit(name, ParameterInfo{"pool", "", 0, 0, "false: the map is the result", ours}, head.pool);
  }
}

}  // namespace ernsim::workloads

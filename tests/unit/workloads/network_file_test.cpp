#include "workloads/network_file.h"

#include <catch2/catch.hpp>

#include "workloads/counts.h"
#include "workloads/error.h"
#include "workloads/networks.h"

using namespace ernsim;
using namespace ernsim::workloads;
using Catch::Matchers::Contains;

namespace {

/// The one line that a file, or settings of it, are refused with.
std::string refusal(const std::string& toml, const std::vector<std::string>& settings = {}) {
  try {
    build(parse_plan(toml, "mine.toml", settings));
  } catch (const ConfigError& error) {
    CHECK(std::string(error.what()).find('\n') == std::string::npos);
    return error.what();
  } catch (const WorkloadError& error) {
    return error.what();
  }
  return "accepted";
}

/// Gives every parameter another value.
struct Change {
  std::int64_t step = 1;

  void operator()(const std::string&, const ParameterInfo& info, std::int64_t& value) {
    const auto low = static_cast<std::int64_t>(info.minimum), high = static_cast<std::int64_t>(info.maximum);
    value = low + (value - low + step++) % (high - low + 1);
  }
  void operator()(const std::string&, const ParameterInfo&, bool& value) { value = !value; }
  void operator()(const std::string&, const ParameterInfo&, std::string& value) {
    value = "a \"b\"\\c\n#\t\xC3\xA9.onnx";
  }
  template <class Enum>
  void operator()(const std::string&, const ParameterInfo&, Enum& value, EnumNames<Enum> names) {
    value = (names.end() - 1)->second;
  }
};

const Node& node_of(const Graph& graph, const std::string& name) {
  for (const Node& node : graph.nodes)
    if (node.name == name) return node;
  throw std::runtime_error(name);
}

}  // namespace

TEST_CASE("what is printed of a built-in network is a file of the same network") {
  for (const std::string& name : network_names()) {
    const NetworkPlan plan = load_plan(name, {});
    const Graph again = build(parse_plan(toml_text(plan), name + ".toml", {})), expected = build_network(name, {});
    REQUIRE(again.nodes.size() == expected.nodes.size());
    CHECK(again.network == expected.network);
    CHECK(again.stem == "released");
    for (std::size_t n = 0; n < again.nodes.size(); ++n) {
      CHECK(again.nodes[n].name == expected.nodes[n].name);
      CHECK(again.nodes[n].inputs == expected.nodes[n].inputs);
      CHECK(again.nodes[n].out.channels == expected.nodes[n].out.channels);
      CHECK((again.nodes[n].quantizer == expected.nodes[n].quantizer));
    }
    CHECK(macs(again) == macs(expected));
  }
}

TEST_CASE("what is printed of a network that was changed everywhere is a file of the changed one") {
  NetworkPlan plan =
      parse_plan("stem = \"other\"\n[stem1]\n[stem2]\n[stage1]\n[stage2]\n[head1]\n[head2]\n", "it.toml", {});
  visit_network(plan, Change{});
  const auto values = [](const NetworkPlan& of) {
    std::vector<std::string> found;
    for (const NetworkParameter& each : parameters(of))
      found.push_back(each.section + "." + each.info.key + each.value);
    return found;
  };
  CHECK(values(parse_plan(toml_text(plan), "it.toml", {})) == values(plan));
}

TEST_CASE("weights of a file count from its folder, those of a setting from where one is; both are printed as given") {
  const std::string file = "weights = \"parts/w.onnx\"\n[stage1]\n";
  const NetworkPlan own = parse_plan(file, "nets/mine.toml", {});
  CHECK(own.weights == "nets/parts/w.onnx");
  CHECK_THAT(toml_text(own), Contains("\nweights = \"parts/w.onnx\"\n"));
  CHECK(parse_plan(toml_text(own), "nets/again.toml", {}).weights == own.weights);
  const NetworkPlan given = parse_plan(file, "nets/mine.toml", {"network.weights=x.onnx"});
  CHECK(given.weights == "x.onnx");
  CHECK_THAT(toml_text(given), Contains("\nweights = \"x.onnx\"\n"));
  CHECK(parse_plan(file, "nets/mine.toml", {"network.weights="}).weights.empty());
}

TEST_CASE("a setting changes what it names and nothing else") {
  const Graph plain = build(load_plan("ERNs18", {}));
  const Graph wide = build(load_plan("ERNs18", {"network.stage2.width=96"}));
  REQUIRE(wide.nodes.size() == plain.nodes.size());
  for (std::size_t n = 0; n < wide.nodes.size(); ++n) {
    const bool in_stage = wide.nodes[n].name.find("layer2") != std::string::npos;
    const bool behind = wide.nodes[n].name == "backbone.layer3.0.act0";  // on the stage's last sum
    const int before = plain.nodes[n].out.channels;
    CHECK(wide.nodes[n].out.channels == ((in_stage && before == 128) || behind ? 96 : before));
  }
}

TEST_CASE(
    "what is said of a stem holds, wherever the stem itself is named, and naming the one that is there changes "
    "nothing") {
  const auto width = [](const std::vector<std::string>& settings) {
    return load_plan("ERNs18", settings).stem[0].width;
  };
  const std::string wide = "network.stem1.width=96";
  const auto original = width({});
  CHECK(original != 96);
  CHECK(width({wide}) == 96);
  for (const std::string stem : {"network.stem=released", "network.stem=paper"}) {
    CHECK(width({stem, wide}) == 96);
    CHECK(width({wide, stem}) == 96);
  }
  CHECK(load_plan("ERNs18", {"network.stem=paper"}).stem.size() == load_plan("ERNs18", {}).stem.size() + 1);
}

TEST_CASE("stems, stages and heads of a file are the graph's") {
  const Graph graph =
      build(parse_plan("stem = \"other\"\ncolours = 1\nthermometer = 5\ninput_height = 20\ninput_width = 31\n"
                       "[stem1]\nwidth = 12\nkernel = 5\nstride = 3\n"
                       "[stage1]\nblock = \"plain\"\nwidth = 20\nblocks = 1\n"
                       "[stage2]\nblock = \"bottleneck\"\nwidth = 7\nblocks = 2\nstride = 2\nexpansion = 3\n"
                       "[head1]\nstage = 1\nchannels = 6\nkernel = 3\npool = false\n[head2]\nstage = 2\nchannels = 9\n",
                       "dir/mine.toml", {}));
  CHECK(graph.network == "mine");
  CHECK(graph.stem == "other");
  CHECK(graph.nodes.front().out.channels == 5);
  CHECK(node_of(graph, "backbone.conv1").out.height == 7);
  CHECK(node_of(graph, "backbone.layer1.0.conv1").out.channels == 20);
  CHECK(node_of(graph, "backbone.layer2.1.add").out.channels == 21);
  CHECK(node_of(graph, "backbone.layer2.0.conv2").stride == 2);
  const Node& map = node_of(graph, "head1");
  CHECK((map.out.channels == 6 && map.out.height == 7 && map.out.width == 11));
  CHECK(graph.nodes[static_cast<std::size_t>(map.inputs[0])].name == "backbone.layer2.0.act1");
  CHECK(graph.nodes.back().name == "head2.avg_pool");
  CHECK_FALSE(is_map(graph, graph.nodes.back().inputs[0]));
}

TEST_CASE("a stage may read larger maps, and the codes of an earlier stage beside them") {
  const std::string file =
      "stem = \"other\"\ninput_height = 12\ninput_width = 16\n[stem1]\nwidth = 6\n[stage1]\nwidth = 7\nblocks = "
      "1\n[stage2]\nwidth = 9\nblocks = 1\nstride = 2\n[stage3]\nwidth = 5\nblocks = 1\nupsample = 2\njoin = 1\n";
  const Graph graph = build(parse_plan(file, "u.toml", {}));
  const auto named = [&](const std::string& name) {
    return std::find_if(graph.nodes.begin(), graph.nodes.end(), [&](const Node& node) { return node.name == name; });
  };
  const auto larger = named("backbone.layer3.0.act0.x2"), sum = named("backbone.layer3.0.conv1.add");
  REQUIRE((larger != graph.nodes.end() && sum != graph.nodes.end()));
  CHECK((larger->out.channels == 9 && larger->out.height == 12 && larger->out.width == 16));
  CHECK(graph.nodes[static_cast<std::size_t>(named("backbone.layer3.0.conv1.part2")->inputs[0])].name ==
        "backbone.layer2.0.act0");
  CHECK(named("backbone.layer3.0.downsample.add") != graph.nodes.end());
  CHECK_THROWS_WITH(build(parse_plan(file, "u.toml", {"network.stage3.join=2"})),
                    "u: stage3: join: 2, must be one of the stages before that whose codes it reads");
}

TEST_CASE("network files with errors are refused by one line with file, line and what is allowed") {
  CHECK_THAT(refusal("stage = 1"), Contains("mine.toml:1: network.stage: no such parameter"));
  CHECK_THAT(refusal("\n[stage1]\nwidht = 3"), Contains("mine.toml:3") && Contains("did you mean width?"));
  CHECK_THAT(refusal("[stage1]\nwidth = 0"), Contains("network.stage1.width: 0 must be a whole number from 1 to 8192"));
  CHECK_THAT(refusal("[stage1]\nwidth = 3.5"), Contains("must be a whole number"));
  CHECK_THAT(refusal("[stage1]\nblock = \"basci\""), Contains("did you mean basic?"));
  CHECK_THAT(refusal("[stage1]\n[stage3]\nwidth = 4"), Contains("has no section stage3"));
  CHECK_THAT(refusal("colours = 2\n[stage1]\nwidth = 4"), Contains("colours") && Contains("1 or 3"));
  CHECK_THAT(refusal("stem = \"other\"\n[stage1]\nwidth = 4"), Contains("[stem1]"));
  CHECK_THAT(refusal(""), Contains("[stage1]"));
  CHECK_THAT(refusal("[stage1]\nwidth = 4\n[head1]\nstage = 2"), Contains("there are 1"));
  CHECK_THAT(refusal("[stage1]\nwidth = 4\n[stage2]\nwidth = 4\n[head1]\nstage = 1"), Contains("no head"));
  CHECK_THAT(refusal("[stage1]\nwidth = 4\n[head1]\npool = false\n[head2]\n[head3]\n"),
             Contains("mine: head3: a second pooled result"));
  CHECK_THAT(refusal("[stage1]\nwidth = 4", {"network.stage2.width=3"}), Contains("--set") && Contains("stage2"));
  CHECK_THAT(refusal("[stage1]\nwidth = 4", {"network.classes=0"}), Contains("from 1 to 65536"));
  CHECK_THAT(refusal("[stage1]\nwidth = 4", {"network.classes"}), Contains("network.key=value"));
  CHECK(refusal("[stage1]\nwidth = 4", {"network.classes=3"}) == "accepted");
}

TEST_CASE("a network file that is missing is refused by name") {
  CHECK_THROWS_WITH(load_plan("nowhere/mine.toml", {}), Contains("nowhere/mine.toml: no such file"));
}

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/onnx_export.h"
#include "tests/system/cli_program.h"
#include "workloads/networks.h"

// Files made from a network's names: nothing outside the folder given, and nothing lost.

using namespace ernsim::cli;
using Catch::Matchers::Contains;
namespace workloads = ernsim::workloads;
namespace test = ernsim::test;

namespace {

/// The smallest built-in network with its convolutions' names replaced.
class Renamed {
 public:
  explicit Renamed(const std::vector<std::pair<std::string, std::string>>& names) : file_(model(names)) {}
  const std::string& path() const { return file_.path(); }

 private:
  static onnx::ModelProto model(const std::vector<std::pair<std::string, std::string>>& names) {
    const auto graph = workloads::build_network("ERNs18x075", {"released", 32, 32, 10});
    auto made = test::export_onnx(graph, workloads::seeded_parameters(graph, 7));
    for (const auto& [old, name] : names) {
      test::initializer_of(made, old + ".weight").set_name(name + ".weight");
      test::node_of(made, "/" + old + "/quantizer").set_input(0, name + ".weight");
    }
    return made;
  }

  test::OnnxOnDisk file_;
};

const std::vector<std::pair<std::string, std::string>> nasty{{"backbone.conv1", "../../victim"},
                                                             {"backbone.conv2", std::string(5000, 'n')},
                                                             {"backbone.conv1_2", std::string("a\0/b\n", 5)},
                                                             {"conv", "logits"}};

}  // namespace

TEST_CASE("an import of a network with nasty names writes into its folder only, and says which file is whose") {
  const Scratch scratch;
  fs::create_directories(scratch / "in/er");
  scratch.write("victim.negative.npy", "mine");
  const Renamed network(nasty);
  const auto ended = program("import " + network.path() + " --out in/er/parts", scratch);
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  CHECK(scratch.names() == std::vector<std::string>{"in", "victim.negative.npy"});
  CHECK(contents(scratch / "victim.negative.npy") == "mine");
  std::size_t files = 2;  // graph.json and logit_scale.npy
  const auto graph = nlohmann::json::parse(contents(scratch / "in/er/parts/graph.json"));
  for (const auto& node : graph["nodes"])
    for (const auto& file : node.contains("files") ? node["files"] : nlohmann::json::array()) {
      CHECK(fs::exists(scratch / "in/er/parts" / file.get<std::string>()));
      ++files;
    }
  const fs::directory_iterator parts(scratch / "in/er/parts");
  CHECK(static_cast<std::size_t>(std::distance(parts, fs::directory_iterator())) == files);
}

TEST_CASE("a dump of tensors with nasty names loses none and has the logits where they belong") {
  const Scratch plain, scratch;
  const Renamed network(nasty), usual({});
  REQUIRE(program("run --network " + usual.path() + " --dump-tensors t --dump-accumulators", plain).status == 0);
  REQUIRE(program("run --network " + network.path() + " --dump-tensors t --dump-accumulators", scratch).status == 0);
  CHECK(scratch.names() == std::vector<std::string>{"t"});
  CHECK(contents(scratch / "t/logits.npy") == contents(plain / "t/logits.npy"));
  const auto index = nlohmann::json::parse(contents(scratch / "t/index.json"));
  CHECK_FALSE(fs::exists(plain / "t/index.json"));
  const auto count = [](const fs::path& folder) {
    return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
  };
  CHECK(count(scratch / "t") == count(plain / "t") + 1);
  for (const auto& [file, tensor] : index.items()) CHECK(fs::exists(scratch / "t" / file));
  CHECK_THAT(index.dump(), Contains("\"logits.npy\"") && Contains("../../victim.acc.npy"));
}

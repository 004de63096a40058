#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/support/joined_model.h"
#include "tests/unit/workloads/onnx_mutation.h"
#include "tests/unit/workloads/onnx_small_model.h"
#include "tests/unit/workloads/qonnx_drawn.h"
#include "workloads/folding.h"
#include "workloads/network_file.h"

// Files changed at random: bytes, fields, and an end that comes too soon. ERNSIM_MUTATIONS: how many of each kind of
// file (default 300). ERNSIM_PROPERTY_SEED: the first seed (default 1).

using namespace ernsim;
using namespace ernsim::test;

namespace {

constexpr const char* tiny = R"(
stem = "other"
input_height = 16
input_width = 16
thermometer = 2
classes = 5
[stem1]
width = 8
[stage1]
width = 8
blocks = 2
[stage2]
width = 12
stride = 2
blocks = 1
)";

constexpr unsigned patience_seconds = 20;  // for a file

std::uint32_t setting(const char* name, std::uint32_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<std::uint32_t>(std::strtoul(text, nullptr, 10));
}

/// One line that names the file, and the node or the part of it that is meant.
bool says_where(const std::string& text, const std::string& path) {
  const auto names = [&text](const char* part) { return text.find(part, text.find(": ")) != std::string::npos; };
  return text.rfind(path + ": ", 0) == 0 && text.find('\n') == std::string::npos &&
         (names("node '") || names("tensor '") || names("initializers '") || names("input") || names("output") ||
          names("class ") || names("opset") || names("domain lm") || names("ONNX graph") || names("ONNX file") ||
          names("empty") || names("the image") || names("average pooling"));
}

/// Reads as many changed files; `read` throws what it refuses one with. Some are to be read, and some refused.
template <class Read>
void check_mutations(const onnx::ModelProto& model, const Read& read) {
  const std::uint32_t count = setting("ERNSIM_MUTATIONS", 300), first = setting("ERNSIM_PROPERTY_SEED", 1);
  std::uint32_t accepted = 0;
  read(OnnxOnDisk(model).path());
  for (std::uint32_t seed = first; seed < first + count; ++seed) {
    INFO("seed " << seed);
    const OnnxOnDisk file(OnnxMutator(seed).mutated(model));
    ::alarm(patience_seconds);
    try {
      read(file.path());
      ++accepted;
    } catch (const workloads::WorkloadError& error) {
      INFO(error.what());
      CHECK(says_where(error.what(), file.path()));
    }
  }
  ::alarm(0);
  CHECK(accepted > count / 100);
  CHECK(accepted < count / 4 * 3);
}

onnx::ModelProto plain() {
  const workloads::Graph graph = workloads::build(workloads::parse_plan(tiny, "tiny.toml", {}));
  return export_onnx(graph, workloads::seeded_parameters(graph, 1));
}

onnx::ModelProto with_concatenations() {
  auto model = chain_model();
  join(model, "backbone.layer1.2.conv1", {"backbone.layer1.0.act0", "backbone.layer1.2.act0", "backbone.layer1.1.act0"},
       6, 3);
  join(model, "conv", {"backbone.last_act_layer1", "backbone.layer1.1.act0"}, 5, 1);
  return model;
}

/// Sums and concatenations.
onnx::ModelProto joined() {
  Drawn drawn(1);
  auto& model = drawn.model;
  std::string at = drawn.convolution("stem", model.quant("q", "image", 0.25F), 8, 3, 3, 1, 0.125F);
  const std::string first = drawn.activation("first", at, 8, 0.5F);
  at = drawn.activation("last", drawn.block("b", at, 8, 8, 1), 8, 0.5F);
  set_integer(model.node("Concat", "joined", {first, at}), "axis", 1);
  model.node("GlobalAveragePool", "pool",
             {drawn.convolution("head", drawn.activation("a", drawn.convolution("c", "joined", 8, 16, 3, 1), 8, 1), 5,
                                8, 1, 1)});
  return model.finish("pool");
}

}  // namespace

TEST_CASE("A changed file of the official library is read, or refused with the node or part that is wrong") {
  const bool concatenated = GENERATE(false, true);
  check_mutations(concatenated ? with_concatenations() : plain(), [](const std::string& path) {
    const auto read = workloads::import_onnx(path);
    workloads::fold(read.graph, read.parameters);
  });
}

TEST_CASE("A changed QONNX file is read, or refused with the node or part that is wrong") {
  const bool residual = GENERATE(false, true);
  check_mutations(residual ? joined() : small().model.model,
                  [](const std::string& path) { workloads::import_qonnx(path, {10}); });
}

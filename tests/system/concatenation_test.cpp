#include <catch2/catch.hpp>

#include "tests/support/joined_model.h"
#include "tests/support/onnx_export.h"
#include "tests/support/simulation.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/onnx_import.h"
#include "workloads/reference_executor.h"

// Convolutions of concatenated channels, from a file to the hardware.

using namespace ernsim;

namespace {

constexpr const char *first = "backbone.layer1.0.act0", *second = "backbone.layer1.1.act0",
                     *last = "backbone.layer1.2.act0", *of_last = "backbone.last_act_layer1";

/// The last convolution reads those activations, and the head codes that follow from it.
void require_equal(const std::vector<std::string>& parts, const std::vector<std::string>& of_head) {
  auto model = test::chain_model();
  test::join(model, "backbone.layer1.2.conv1", parts, 6, 3);
  test::join(model, "conv", of_head, 5, 1);
  const test::OnnxOnDisk file(model);
  const auto read = workloads::import_onnx(file.path());
  const auto network = workloads::fold(read.graph, read.parameters);
  const auto image = workloads::generated_image(9, 7, 4);
  const auto expected = workloads::execute_reference(network, image);
  const auto run = test::simulate(network, image);
  CHECK(run.result.logits == std::vector<float>(expected.logits.begin(), expected.logits.end()));
  std::size_t compared = 0;
  for (std::size_t n = 0; n < read.graph.nodes.size(); ++n) {
    const auto found = run.tensors.find(read.graph.nodes[n].name);
    if (read.graph.nodes[n].kind != workloads::NodeKind::activation) continue;
    REQUIRE(found != run.tensors.end());
    INFO(read.graph.nodes[n].name);
    CHECK(found->second == expected.values[n]);
    ++compared;
  }
  CHECK(compared == 4);
}

}  // namespace

TEST_CASE("convolutions of three concatenated parts give what an executor without hardware gives") {
  require_equal({first, second, last}, {last, second, of_last});
}

TEST_CASE("convolutions of four concatenated parts, some of them twice, give what an executor without hardware gives") {
  require_equal({last, first, first, second}, {of_last, first, of_last, last});
}

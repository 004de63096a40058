#include "sweep/networks.h"

#include <catch2/catch.hpp>

#include "tests/support/onnx_export.h"
#include "tests/support/qonnx_model.h"
#include "workloads/error.h"

// Networks that a sweep takes from files.

using namespace ernsim;
using Catch::Matchers::Contains;

namespace {

std::string refusal_of(int channels, const std::vector<std::string>& settings = {}) {
  test::QonnxModel model(channels, 8, 8);
  const std::vector<float> floats(static_cast<std::size_t>(4 * channels), 1);
  const std::string weights = model.bipolar("wq", model.tensor("w", {4, channels, 1, 1}, floats), model.number(1));
  model.node("GlobalAveragePool", "pool", {model.convolution("conv", "image", weights, 1, 1)});
  model.finish("pool");
  const test::OnnxOnDisk file(model.model);
  try {
    const SweepNetworks networks({file.path()});
    networks.graph(file.path(), own_stem, 8, 8, settings);
  } catch (const workloads::WorkloadError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("A file that leaves its thermometer to the user is refused for a sweep that does not say it") {
  CHECK_THAT(refusal_of(3),
             Contains("'conv' (Conv): reads 8-bit colours; network.thermometer in [set] or [axes] says"));
  CHECK_THAT(refusal_of(12), Contains("which network.thermometer in [set] or [axes] must name"));
  CHECK(refusal_of(3, {"network.thermometer=7"}).empty());
  CHECK(refusal_of(12, {"network.thermometer=4"}).empty());
  CHECK_THAT(refusal_of(12, {"network.thermometer=5"}), Contains("[1,Ck,H,W]"));
}

#include "sweep/networks.h"

#include <catch2/catch.hpp>

#include "tests/support/onnx_export.h"
#include "tests/support/qonnx_model.h"
#include "workloads/error.h"

// Networks that a sweep takes from files.

using namespace ernsim;
using Catch::Matchers::Contains;

namespace {

std::string refusal_of(int channels) {
  test::QonnxModel model(channels, 8, 8);
  const std::vector<float> floats(static_cast<std::size_t>(4 * channels), 1);
  const std::string weights = model.bipolar("wq", model.tensor("w", {4, channels, 1, 1}, floats), model.number(1));
  model.node("GlobalAveragePool", "pool", {model.convolution("conv", "image", weights, 1, 1)});
  model.finish("pool");
  const test::OnnxOnDisk file(model.model);
  try {
    const SweepNetworks networks({file.path()});
  } catch (const workloads::WorkloadError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("A file that leaves its thermometer to the user is refused for a sweep with what fits one") {
  CHECK_THAT(refusal_of(3), Contains("'conv' (Conv): reads 8-bit colours; --thermometer N (thermometer = N in a sweep "
                                     "file) says how many"));
  CHECK_THAT(refusal_of(12), Contains("or [1,Ck,H,W]") && Contains("thermometer = k in a sweep file"));
}

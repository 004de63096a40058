#include <catch2/catch.hpp>
#include <cstring>

#include "tests/unit/workloads/onnx_small_model.h"

// Binary weights and what is convolved with them.

using namespace ernsim;
using namespace ernsim::test;
using Catch::Matchers::Contains;

TEST_CASE("a weight of minus zero counts as plus one") {
  auto model = small_model();
  auto* raw = initializer_of(model, "backbone.conv1.weight").mutable_raw_data();
  const float zero = -0.0F;
  std::memcpy(raw->data(), &zero, sizeof zero);
  const OnnxOnDisk file(model);
  CHECK(workloads::import_onnx(file.path()).parameters.signs[1].count_negative(0, 1) == 0);
}

TEST_CASE("weights with the wrong number of input channels are refused with both numbers") {
  auto model = small_model();
  auto& tensor = initializer_of(model, "backbone.conv2.weight");
  tensor.set_dims(1, 32);
  tensor.mutable_raw_data()->resize(tensor.raw_data().size() / 2);
  CHECK_THAT(refusal_of(model), Contains("[64,32,3,3]") && Contains("64 channels"));
}

TEST_CASE("kernels larger than 7 and kernels that are not square are refused") {
  for (const auto& [height, width] : {std::pair(8, 8), std::pair(3, 1), std::pair(0, 0)}) {
    auto model = small_model();
    auto& tensor = initializer_of(model, "backbone.conv1_2.weight");
    tensor.set_dims(2, height);
    tensor.set_dims(3, width);
    tensor.mutable_raw_data()->resize(static_cast<std::size_t>(64 * 64 * height * width) * sizeof(float));
    CHECK_THAT(refusal_of(model), Contains("k from 1 to 7"));
  }
}

TEST_CASE("weights that are not binary are refused") {
  auto model = small_model();
  node_of(model, "/backbone.conv2").set_input(1, "backbone.conv2.weight");
  CHECK_THAT(refusal_of(model), Contains("binary quantizer"));
}

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "refusal.h"
#include "tests/support/onnx_export.h"
#include "workloads/network_file.h"
#include "workloads/onnx_import.h"

using namespace ernsim;
using Catch::Matchers::Contains;

namespace {

/// A network of which one tensor lies in a file beside it; what it is refused with.
class Outside {
 public:
  Outside() : model_(exported()) {
    auto& tensor = tensor_();
    tensor.clear_raw_data();
    tensor.set_data_location(onnx::TensorProto::EXTERNAL);
    for (const char* key : {"location", "offset", "length"}) tensor.add_external_data()->set_key(key);
  }

  std::string refusal(const std::string& location, const std::string& offset, const std::string& length) {
    const std::string values[] = {location, offset, length};
    for (int i = 0; i < 3; ++i) tensor_().mutable_external_data(i)->set_value(values[i]);
    const test::OnnxOnDisk file(model_);
    return test::refusal_of([&] { workloads::import_onnx(file.path()); });
  }

 private:
  static onnx::ModelProto exported() {
    const auto graph = workloads::build(workloads::parse_plan(
        "stem = \"other\"\ninput_height = 32\ninput_width = 32\n[stem1]\nwidth = 64\n[stage1]\nwidth = 8\n", "it.toml",
        {}));
    return test::export_onnx(graph, workloads::seeded_parameters(graph, 1));
  }
  onnx::TensorProto& tensor_() { return test::initializer_of(model_, "backbone.layer1.0.bn0.weight"); }

  onnx::ModelProto model_;
};

std::string file_name(const std::string& path) { return std::filesystem::path(path).filename().string(); }

}  // namespace

TEST_CASE("an offset or a length that is no number, or one that no file has, is refused and not taken as 0") {
  const test::OnnxOnDisk data(std::string(1024, '\1'));
  const std::string name = file_name(data.path());
  Outside network;
  CHECK(network.refusal(name, "0", "256").empty());
  for (const char* number : {"99999999999999999999", "18446744073709551616", "", "-1", "0x10", "1 "}) {
    CHECK_THAT(network.refusal(name, number, "256"), Contains("backbone.layer1.0.bn0.weight") && Contains("offset"));
    CHECK_THAT(network.refusal(name, "0", number), Contains("backbone.layer1.0.bn0.weight") && Contains("length"));
  }
  CHECK_THAT(network.refusal(name, "18446744073709551615", "256"), Contains("are not in"));
}

TEST_CASE("data are read from files alone, and a pipe without a writer keeps nobody waiting") {
  const auto pipe = std::filesystem::temp_directory_path() / ("ernsim_pipe_" + std::to_string(::getpid()));
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  Outside network;
  const std::string refusal = network.refusal(file_name(pipe.string()), "0", "256");
  std::filesystem::remove(pipe);
  CHECK_THAT(refusal, Contains("no file"));
  CHECK(test::is_one_line(refusal));
}

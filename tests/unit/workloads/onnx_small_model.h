#pragma once

#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>

#include "tests/support/onnx_export.h"
#include "workloads/error.h"
#include "workloads/networks.h"
#include "workloads/onnx_import.h"

// For tests of the importer against files written here as the official exporter writes them, whole and damaged.

namespace ernsim::test {

struct Network {
  workloads::Graph graph;
  workloads::Parameters parameters;
};

inline Network network(const std::string& name, const workloads::NetworkOptions& options) {
  Network made{workloads::build_network(name, options), {}};
  made.parameters = workloads::seeded_parameters(made.graph, 7);
  return made;
}

inline onnx::ModelProto small_model() {
  const Network made = network("ERNs18x075", {"released", 32, 32, 10});
  return export_onnx(made.graph, made.parameters);
}

/// The one line the importer refuses `bytes` with.
inline std::string refusal_of(const std::string& bytes) {
  const OnnxOnDisk file(bytes);
  try {
    workloads::import_onnx(file.path());
  } catch (const workloads::WorkloadError& error) {
    const std::string text = error.what();
    CHECK(text.find('\n') == std::string::npos);
    CHECK_THAT(text, Catch::Matchers::StartsWith(file.path() + ": "));
    return text;
  }
  return "accepted";
}

inline std::string refusal_of(const onnx::ModelProto& model) { return refusal_of(model.SerializeAsString()); }

inline onnx::AttributeProto& attribute_of(onnx::NodeProto& node, const std::string& name) {
  for (auto& each : *node.mutable_attribute())
    if (each.name() == name) return each;
  throw std::runtime_error(name);
}

inline void require_equal(const workloads::Graph& found, const workloads::Graph& expected) {
  REQUIRE(found.nodes.size() == expected.nodes.size());
  CHECK(found.stem == expected.stem);
  CHECK(found.embedding == expected.embedding);
  for (std::size_t i = 0; i < found.nodes.size(); ++i) {
    const auto &a = found.nodes[i], &b = expected.nodes[i];
    INFO(b.name);
    CHECK(a.name == b.name);
    CHECK(a.kind == b.kind);
    CHECK(a.inputs == b.inputs);
    CHECK((a.out.channels == b.out.channels && a.out.height == b.out.height && a.out.width == b.out.width));
    CHECK((a.kernel == b.kernel && a.stride == b.stride && a.padding == b.padding && a.dilation == b.dilation &&
           a.repetition == b.repetition && a.role == b.role));
    CHECK((a.batch_norm == b.batch_norm && a.quantizer == b.quantizer));
  }
}

}  // namespace ernsim::test

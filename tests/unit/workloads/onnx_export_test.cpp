#include <catch2/catch.hpp>

#include "refusal.h"
#include "workloads/networks.h"
#include "workloads/onnx_import.h"

using namespace ernsim;
using Catch::Matchers::Contains;

TEST_CASE("a graph with two pooled results is not exported") {
  auto graph = workloads::build_network("ERNs18x075", {"released", 32, 32, 10});
  workloads::Node second = graph.nodes.back();
  second.name = "second";
  graph.nodes.push_back(second);
  const auto parameters = workloads::seeded_parameters(graph, 1);
  CHECK_THAT(test::refusal_of([&] {
               workloads::export_onnx({graph, parameters});
             }),
             Contains("second: ") && Contains("pooled"));
}

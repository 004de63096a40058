#include "tests/bench/memory_bench.h"

#include <benchmark/benchmark.h>

#include "models/dram/measure/traffic.h"
#include "tests/support/onnx_export.h"
#include "workloads/networks.h"
#include "workloads/onnx_import.h"

namespace ernsim::bench {

namespace {

void requests(benchmark::State& state, TrafficPattern pattern) {
  pattern.requests = 50'000;
  for (auto _ : state) {
    Traffic traffic(DramConfig{}, pattern);
    for (Cycle now = 0; !traffic.finished();) now = traffic.serve(now);
  }
  state.SetItemsProcessed(state.iterations() * pattern.requests);
}

void import_file(benchmark::State& state) {
  const auto graph = workloads::build_network("ERNs18", {});
  const test::OnnxOnDisk file(test::export_onnx(graph, workloads::seeded_parameters(graph, 0)));
  for (auto _ : state) benchmark::DoNotOptimize(workloads::import_onnx(file.path()));
}

}  // namespace

void register_memory() {
  using Addresses = TrafficPattern::Addresses;
  using Direction = TrafficPattern::Direction;
  const auto add = [](const char* name, Addresses addresses, Direction direction) {
    TrafficPattern pattern;
    pattern.addresses = addresses;
    pattern.direction = direction;
    benchmark::RegisterBenchmark(name, requests, pattern)->Unit(benchmark::kMillisecond);
  };
  add("dram/sequential_reads", Addresses::sequential, Direction::reads);
  add("dram/random_reads", Addresses::random, Direction::reads);
  add("dram/random_mixed", Addresses::random, Direction::random_half);
}

void register_import() { benchmark::RegisterBenchmark("import", import_file)->Unit(benchmark::kMillisecond); }

}  // namespace ernsim::bench

#include <benchmark/benchmark.h>

#include <systemc>

#include "tests/bench/frame_bench.h"
#include "tests/bench/kernel_bench.h"
#include "tests/bench/memory_bench.h"

int sc_main(int argc, char** argv) {
  ernsim::bench::register_runs();
  ernsim::bench::register_memory();
  ernsim::bench::register_import();
  ernsim::bench::register_kernels();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

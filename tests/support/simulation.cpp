#include "tests/support/simulation.h"

#include "compiler/schedule_check.h"

namespace ernsim::test {

namespace {

template <class Tensors>
void collect(const Tensors& from, std::map<std::string, std::vector<std::int32_t>>& into) {
  for (const auto& [name, tensor] : from) into[name].assign(tensor.values.begin(), tensor.values.end());
}

}  // namespace

Simulated simulate(const workloads::IntegerNetwork& network, const workloads::Image& image,
                   const PlatformConfig& config, RunOptions options) {
  const compiler::Schedule schedule = compiler::compile(network.graph, config);
  compiler::check(schedule, config);
  const Program program = compiler::make_program(schedule, network, image, config, options.data);
  TensorDump dump(schedule, image.height, image.width, true);
  if (options.data) options.observer = &dump;
  std::vector<std::uint8_t> memory;
  Simulated simulated;
  for (std::size_t i = 0; i + 1 < schedule.layers.size(); ++i)
    if (compiler::stays_in_accumulators(schedule.layers[i]))
      simulated.fused.insert({schedule.layers[i].name, schedule.layers[i + 1].name});
  simulated.result = run_platform(config, program, options, &memory);
  if (!options.data) return simulated;
  dump.read_back(memory);
  collect(dump.code_tensors(), simulated.tensors);
  collect(dump.sum_tensors(), simulated.tensors);
  collect(dump.accumulator_tensors(), simulated.accumulators);
  return simulated;
}

}  // namespace ernsim::test

#include "tests/support/simulation.h"

#include "compiler/schedule_check.h"
#include "simulation/result.h"

namespace ernsim::test {

namespace {

template <class Tensors>
void collect(const Tensors& from, std::map<std::string, std::vector<std::int32_t>>& into) {
  for (const auto& [name, tensor] : from) into[name].assign(tensor.values.begin(), tensor.values.end());
}

}  // namespace

Simulated simulate(const workloads::IntegerNetwork& network, const workloads::Image& image,
                   const PlatformConfig& config, RunOptions options) {
  Job job{network};
  job.image = image;
  job.platform = config;
  job.platform.schedule.candidates = 1;  // another schedule would prove no more, and cost its simulation
  job.run = options;
  job.collect.tensors = job.collect.accumulators = options.data;
  const CompiledJob compiled = ernsim::compiled(std::move(job));
  compiler::check(compiled.schedule, compiled.job.platform);
  const auto& layers = compiled.schedule.layers;
  Simulated simulated;
  for (std::size_t i = 0; i + 1 < layers.size(); ++i)
    if (compiler::stays_in_accumulators(layers[i])) simulated.fused.insert({layers[i].name, layers[i + 1].name});
  const Result result = ernsim::simulated(compiled);
  simulated.result = result.run;
  if (!options.data) return simulated;
  collect(result.tensors->code_tensors(), simulated.tensors);
  collect(result.tensors->sum_tensors(), simulated.tensors);
  collect(result.tensors->accumulator_tensors(), simulated.accumulators);
  return simulated;
}

}  // namespace ernsim::test

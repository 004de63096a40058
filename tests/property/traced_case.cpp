#include "tests/property/traced_case.h"

#include <sstream>

#include "compiler/program.h"
#include "compiler/schedule_error.h"
#include "models/accelerator/isa/instruction_codec.h"
#include "models/platform/run.h"
#include "tools/trace_header.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/parameters.h"

namespace ernsim::test {

std::string traced_case(const RandomCase& chosen, bool hashed, const traces::Filter& filter) {
  const auto network = workloads::fold(chosen.graph, workloads::seeded_parameters(chosen.graph, chosen.seed));
  const auto image = workloads::generated_image(chosen.graph.input_height, chosen.graph.input_width, chosen.seed);
  traces::Header header;
  header.network = "random";
  header.platform = "random";
  header.block_channels = static_cast<int>(chosen.config.accelerator.convolution.block_channels);
  header.clock_period_ps = chosen.config.accelerator.clock().period_ps;
  header.hashed = hashed;
  header.parameters = tools::traced_parameters(chosen.config);
  header.channels = traces::channels_of(chosen.config.accelerator);
  for (const auto& layer : chosen.schedule.layers) header.layers.push_back({layer.name, layer.codes, layer.sums});
  std::ostringstream out;
  traces::Writer writer(out, header, filter);
  RunOptions options;
  options.ports = &writer;
  run_platform(chosen.config, compiler::make_program(chosen.schedule, network, image, chosen.config, true), options);
  writer.finish();
  return out.str();
}

check::Schedule schedule_of(const RandomCase& chosen) {
  check::Schedule made;
  for (const UnitId unit : each<UnitId>())
    for (const Instruction& instruction : chosen.schedule.streams[unit])
      encode(instruction, made.streams[index_of(unit)].emplace_back().data());
  for (std::size_t i = 0; i < semaphore_count; ++i) made.initial_credits[i] = chosen.schedule.semaphore_initial[i];
  return made;
}

RandomCase next_case_with_data(std::uint64_t& seed) {
  while (true) {
    RandomCase chosen(seed++);
    if (!chosen.data) continue;
    try {
      chosen.make_schedule();
      return chosen;
    } catch (const ConfigError&) {
    } catch (const compiler::CompileError&) {
    }
  }
}

}  // namespace ernsim::test

#include "models/platform/host_program.h"

#include "models/accelerator/control/control.h"
#include "models/accelerator/control/register_map.h"
#include "models/platform/program_file.h"

namespace ernsim {

namespace {

/// Of every other frame: the store engine runs another stream, into another map.
HostProgram with_second_map_in_use(HostProgram host, const Program& program) {
  const std::uint32_t store = number_of(Register::stream_address) + static_cast<std::uint32_t>(UnitId::store);
  for (auto& [number, value] : host.registers)
    if (number == store) value = program.second_store_address;
  host.logits.address = program.second_logits_address;
  return host;
}

}  // namespace

LogitMap logit_map(const Program& program, std::int64_t block_channels) {
  return {program.logits_address, program.logits_height, program.logits_width, static_cast<int>(block_channels),
          program.logit_scale};
}

HostProgram host_program(const Program& program, std::int64_t block_channels) {
  HostProgram host;
  const auto write = [&host](Register base, std::size_t index, std::size_t value) {
    host.registers.emplace_back(static_cast<std::uint32_t>(base) + index, value);
  };
  write(Register::embedding_codes, 0, program.embedding.size());
  for (std::size_t i = 0; i < program.embedding.size(); ++i) {
    const EmbeddingThresholds& t = program.embedding[i];
    write(Register::embedding_thresholds, i, t[0] | std::size_t{t[1]} << 8 | std::size_t{t[2]} << 16);
  }
  for (const UnitId unit : each<UnitId>()) {
    write(Register::stream_address, index_of(unit), program.stream_address[unit]);
    write(Register::stream_count, index_of(unit), program.streams[unit].size());
  }
  for (std::size_t i = 0; i < semaphore_count; ++i) write(Register::semaphore_initial, i, program.semaphore_initial[i]);
  host.logits = logit_map(program, block_channels);
  return host;
}

HostWork host_work(const Program& program, const ConvolutionConfig& convolution, int frames, bool data) {
  const HostProgram host = host_program(program, convolution.block_channels);
  const auto file = [&](const HostProgram& each) {
    return placed_program_file(program, each, configuration_word(convolution));
  };
  HostWork work{{file(host)}, frames, data};
  if (!program.second_store.empty()) work.programs.push_back(file(with_second_map_in_use(host, program)));
  return work;
}

}  // namespace ernsim

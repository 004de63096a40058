#include "models/platform/program_image.h"

#include <algorithm>

#include "models/accelerator/control/control.h"
#include "models/accelerator/isa/instruction_codec.h"

namespace ernsim {

namespace {

void place_stream(const std::vector<Instruction>& stream, std::uint8_t* out) {
  for (const Instruction& instruction : stream) {
    encode(instruction, out);
    out += instruction_bytes;
  }
}

}  // namespace

void place(const Program& program, std::uint8_t* memory) {
  for (const Program::Bytes& region : program.contents)
    std::copy(region.bytes.begin(), region.bytes.end(), memory + region.address);
  for (std::size_t unit = 0; unit < unit_count; ++unit)
    place_stream(program.streams[unit], memory + program.stream_address[unit]);
  place_stream(program.second_store, memory + program.second_store_address);
}

LogitMap logit_map(const Program& program, std::int64_t block_channels) {
  return {program.logits_address, program.logits_height, program.logits_width, static_cast<int>(block_channels),
          program.logit_scale};
}

HostProgram host_program(const Program& program, std::int64_t block_channels, int frames, bool data) {
  HostProgram host;
  const auto write = [&host](Register base, std::size_t index, std::size_t value) {
    host.registers.emplace_back(static_cast<std::uint32_t>(base) + index, value);
  };
  write(Register::embedding_codes, 0, program.embedding.size());
  for (std::size_t i = 0; i < program.embedding.size(); ++i) {
    const EmbeddingThresholds& t = program.embedding[i];
    write(Register::embedding_thresholds, i, t[0] | std::size_t{t[1]} << 8 | std::size_t{t[2]} << 16);
  }
  for (std::size_t i = 0; i < unit_count; ++i) {
    write(Register::stream_address, i, program.stream_address[i]);
    write(Register::stream_count, i, program.streams[i].size());
  }
  for (std::size_t i = 0; i < semaphore_count; ++i) write(Register::semaphore_initial, i, program.semaphore_initial[i]);
  host.frames = frames;
  host.data = data;
  host.logits = logit_map(program, block_channels);
  if (!program.second_store.empty())
    host.second = {{static_cast<std::uint32_t>(Register::stream_address) + static_cast<std::uint32_t>(UnitId::store),
                    program.second_store_address},
                   program.second_logits_address};
  return host;
}

}  // namespace ernsim

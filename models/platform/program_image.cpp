#include "models/platform/program_image.h"

#include <algorithm>

#include "models/accelerator/control/control.h"
#include "models/accelerator/isa/instruction_codec.h"

namespace ernsim {

void place(const Program& program, std::uint8_t* memory) {
  for (const Program::Bytes& region : program.contents)
    std::copy(region.bytes.begin(), region.bytes.end(), memory + region.address);
  for (std::size_t unit = 0; unit < unit_count; ++unit) {
    std::uint8_t* out = memory + program.stream_address[unit];
    for (const Instruction& instruction : program.streams[unit]) {
      encode(instruction, out);
      out += instruction_bytes;
    }
  }
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
  host.logits = {program.logits_address, program.logits_height, program.logits_width, static_cast<int>(block_channels),
                 program.logit_scale};
  return host;
}

}  // namespace ernsim

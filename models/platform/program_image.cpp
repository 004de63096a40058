#include "models/platform/program_image.h"

#include <algorithm>

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
  for (const UnitId unit : each<UnitId>()) place_stream(program.streams[unit], memory + program.stream_address[unit]);
  place_stream(program.second_store, memory + program.second_store_address);
}

}  // namespace ernsim

#include "models/platform/second_map.h"

#include "models/accelerator/isa/instruction_codec.h"
#include "models/platform/host_program.h"

namespace ernsim {

namespace {

constexpr std::uint32_t page = 4096;  // two tensors never share one

std::uint32_t next_page(std::uint32_t address) { return (address + page - 1) / page * page; }

}  // namespace

Program with_second_map(Program program, std::int64_t block_channels) {
  const std::uint32_t first = program.logits_address;
  const auto bytes = static_cast<std::uint32_t>(logit_map(program, block_channels).values() * sizeof(std::int16_t));
  program.second_logits_address = next_page(program.external_bytes);
  program.second_store_address = next_page(program.second_logits_address + bytes);
  program.second_store = program.streams[UnitId::store];
  for (Instruction& each : program.second_store)
    if (each.transfer.external_address >= first && each.transfer.external_address < first + bytes)
      each.transfer.external_address += program.second_logits_address - first;
  program.external_bytes = next_page(program.second_store_address +
                                     static_cast<std::uint32_t>(program.second_store.size() * instruction_bytes));
  return program;
}

}  // namespace ernsim

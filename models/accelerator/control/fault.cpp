#include "models/accelerator/control/fault.h"

#include <array>

namespace ernsim {

namespace {

struct Words {
  const char *name, *meaning;
};

constexpr std::array<Words, fault_code_count> words{{
    {"none", "nothing is wrong"},
    {"instruction_parity", "the bytes of an instruction do not fold to 0"},
    {"instruction_field", "a field of an instruction has a value that it may not have"},
    {"on_chip_address", "an instruction reaches beyond the end of an on-chip memory"},
    {"fetch_response", "the memory answered an instruction fetch with an error"},
    {"read_response", "the memory answered a load with an error"},
    {"write_response", "the memory answered a store with an error"},
    {"stream_too_short", "the last instruction of a stream is not marked as the last"},
    {"stream_too_long", "instructions follow the one that is marked as the last"},
    {"start_while_busy", "a start command came while the accelerator was busy"},
    {"register_value", "embedding_codes is more than 32"},
    {"watchdog", "no unit took an instruction for watchdog_cycles"},
}};

const Words& words_of(FaultCode code) {
  const auto index = static_cast<std::size_t>(code);
  static constexpr Words unknown{"unknown", "no such code"};
  return index < words.size() ? words[index] : unknown;
}

}  // namespace

const char* name_of(FaultCode code) { return words_of(code).name; }
const char* meaning_of(FaultCode code) { return words_of(code).meaning; }

}  // namespace ernsim

#pragma once

#include <cstdint>

#include "models/accelerator/isa/instruction.h"

namespace ernsim {

/// Why the accelerator stopped: `error_code.code`.
enum class FaultCode : std::uint8_t {
  none,
  instruction_parity,  ///< a fetched instruction's bytes do not fold to 0
  instruction_field,   ///< a field of an instruction has a value that it may not have
  on_chip_address,     ///< an instruction reaches beyond the end of an on-chip memory
  fetch_response,      ///< the memory answered an instruction fetch with an error
  read_response,       ///< the memory answered a load's burst with an error
  write_response,      ///< the memory answered the store's burst with an error
  stream_too_short,    ///< the last instruction of a stream is not marked as the last
  stream_too_long,     ///< instructions follow the one that is marked as the last
  start_while_busy,    ///< a start command came while a frame ran or bursts were still under way
  register_value,      ///< a register has a value that it may not have when a frame starts
  watchdog,            ///< no unit took an instruction for `watchdog_cycles`
};
inline constexpr std::size_t fault_code_count = 12;

/// `error_code.unit` of the controller itself.
inline constexpr std::uint8_t controller_unit = unit_count;

struct Fault {
  FaultCode code = FaultCode::none;
  std::uint8_t unit = controller_unit;
  std::uint32_t instruction = 0;  ///< number in its unit's stream
  std::uint64_t address = 0;      ///< in external memory: of the instruction, or of the burst
};

const char* name_of(FaultCode code);
/// What happened, as a clause.
const char* meaning_of(FaultCode code);

}  // namespace ernsim

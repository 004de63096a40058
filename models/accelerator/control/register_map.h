#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/accelerator/isa/instruction.h"

namespace ernsim {

/// Codes per colour that the pixel embedding can make at most.
inline constexpr std::size_t max_embedding_codes = 32;

/// Registers, one 32-bit word each, at 4 bytes times their number. What each is stands in register_map().
enum class Register : std::uint32_t {
  control = 0,
  status = 1,
  embedding_codes = 2,
  frame_cycles_low = 3,
  frame_cycles_high = 4,
  interrupt_enable = 5,
  interrupt_status = 6,
  error_code = 7,
  error_instruction = 8,
  error_address_low = 9,
  error_address_high = 10,
  base_address_low = 11,
  base_address_high = 12,
  watchdog_cycles = 13,
  identification = 14,
  configuration = 15,
  stream_address = 16,                                         ///< + unit number
  stream_count = stream_address + unit_count,                  ///< + unit number
  semaphore_initial = stream_count + unit_count,               ///< + semaphore number
  embedding_thresholds = semaphore_initial + semaphore_count,  ///< + code number
  register_count = embedding_thresholds + max_embedding_codes,
};
inline constexpr std::size_t register_count = static_cast<std::size_t>(Register::register_count);
inline constexpr std::size_t register_bytes = sizeof(std::uint32_t);

inline constexpr std::size_t number_of(Register first, std::size_t index = 0) {
  return static_cast<std::size_t>(first) + index;
}

// Bits of `control`, `status`, `interrupt_enable` and `interrupt_status`.
inline constexpr std::uint32_t control_start = 1, control_reset = 2;
inline constexpr std::uint32_t status_busy = 1, status_done = 2, status_error = 4;
inline constexpr std::uint32_t interrupt_done = 1, interrupt_error = 2;
inline constexpr std::uint32_t identification_value = 0x45524E53;  ///< "ERNS"
inline constexpr std::uint32_t register_map_version = 1;

/// What a write does.
enum class RegisterAccess {
  read_write,
  read_only,           ///< nothing
  write_only,          ///< reads give 0
  write_one_to_clear,  ///< ones clear their bits, zeros do nothing
};

struct RegisterField {
  const char* name;
  unsigned low_bit;
  unsigned bits;
  const char* meaning;
  std::uint32_t mask() const { return static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1) << low_bit; }
};

/// A register, or a row of `count` alike. Bits that no field names are read as 0 and ignored when written.
struct RegisterInfo {
  Register first;
  std::size_t count;
  const char* name;
  RegisterAccess access;
  std::uint32_t reset;  ///< that of `configuration` depends on the accelerator's
  const char* meaning;
  std::vector<RegisterField> fields;

  std::uint32_t mask() const;
};

/// All registers in the order of their numbers, without a gap: the one description, from which come the decode, the C
/// header, the IP-XACT file and the table in README.md.
const std::vector<RegisterInfo>& register_map();

/// The register of a number; null if there is none.
const RegisterInfo* find_register(std::size_t number);

}  // namespace ernsim

#pragma once

#include <cstdint>
#include <vector>

#include "models/accelerator/isa/instruction_codec.h"

namespace ernsim::rtl {

using Bytes = std::vector<std::uint8_t>;

/// One read port of a memory. Data follow the address by one cycle.
struct ReadPins {
  bool enabled = false;
  std::uint32_t address = 0;
  Bytes data;  ///< in: the word read in the cycle before
};

/// One write port of a memory.
struct WritePins {
  bool enabled = false;
  std::uint32_t address = 0;
  Bytes data;
};

/// What stands at a unit's pins in one cycle.
struct Pins {
  // into the unit
  std::vector<std::uint8_t> pushes;    ///< instructions that arrive at the end of the cycle before, encoded, 4 at most
  std::vector<std::uint16_t> credits;  ///< [semaphore it waits for]: what can be taken
  // out of the unit
  bool consumed = false, finished = false, done_last = false, busy = false;
  std::vector<std::uint16_t> takes;  ///< [semaphore it waits for]: what is taken
  std::uint32_t posts = 0;           ///< bit s: a credit for semaphore s
  std::vector<ReadPins> reads;
  std::vector<WritePins> writes;
};

/// A unit in a hardware description language, seen through its pins.
class Design {
 public:
  virtual ~Design() = default;
  virtual void reset() = 0;
  /// The clock edge that ends the cycle before, then the cycle itself: takes what goes in, leaves what comes out.
  virtual void cycle(Pins& pins) = 0;
};

}  // namespace ernsim::rtl

#pragma once

#include <array>
#include <vector>

#include "models/accelerator/control/register_map.h"
#include "timing/clock.h"

namespace ernsim {

/// A write to a register, of the bits in `mask`.
struct RegisterWrite {
  std::size_t number = 0;
  std::uint32_t value = 0;
  std::uint32_t mask = 0xFFFFFFFF;
  Cycle visible = 0;  ///< takes effect in this cycle
};

/// What the registers hold, and the writes that are still to take effect.
class RegisterFile {
 public:
  /// `configuration`: the reset value of that register.
  explicit RegisterFile(std::uint32_t configuration);

  /// Adds a write; writes take effect in the order of their cycles, those of one cycle in that of the calls.
  void write(const RegisterWrite& write);
  /// Carries out the next write of those due at `now`; false if there is none.
  bool take(Cycle now, RegisterWrite& taken);
  /// When the next write takes effect; `never` if there is none.
  Cycle next() const { return pending_.empty() ? never : pending_.front().visible; }
  /// What a read in cycle `at` gives: writes that are due by then have been carried out, a start command is busy.
  std::uint32_t read(std::size_t number, Cycle at) const;

  std::uint32_t value(Register first, std::size_t index = 0) const { return values_[number_of(first, index)]; }
  std::uint64_t pair(Register low) const { return value(low) | std::uint64_t{value(low, 1)} << 32; }
  /// The hardware's own doing, whatever the access is.
  void set(Register first, std::uint32_t value) { values_[number_of(first)] = value; }
  void set_pair(Register low, std::uint64_t value);

  /// Every register has its reset value; writes that are still to take effect stay.
  void reset();

 private:
  std::uint32_t configuration_;
  std::array<std::uint32_t, register_count> values_{};
  std::vector<RegisterWrite> pending_;  ///< by cycle
};

}  // namespace ernsim

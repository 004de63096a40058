#include "models/accelerator/control/register_file.h"

#include <algorithm>

namespace ernsim {

namespace {

/// What a register holds after a write.
std::uint32_t after(std::uint32_t held, const RegisterWrite& write) {
  const RegisterInfo& info = *find_register(write.number);
  const std::uint32_t mask = write.mask & info.mask();
  switch (info.access) {
    case RegisterAccess::read_write:
      return (held & ~mask) | (write.value & mask);
    case RegisterAccess::write_one_to_clear:
      return held & ~(write.value & mask);
    default:
      return held;
  }
}

bool starts(const RegisterWrite& write) {
  return write.number == number_of(Register::control) && (write.value & write.mask & control_start) != 0;
}

}  // namespace

RegisterFile::RegisterFile(std::uint32_t configuration) : configuration_(configuration) { reset(); }

void RegisterFile::reset() {
  for (const RegisterInfo& info : register_map())
    for (std::size_t i = 0; i < info.count; ++i) values_[number_of(info.first, i)] = info.reset;
  set(Register::configuration, configuration_);
}

void RegisterFile::write(const RegisterWrite& write) {
  const auto later = std::upper_bound(pending_.begin(), pending_.end(), write.visible,
                                      [](Cycle visible, const RegisterWrite& w) { return visible < w.visible; });
  pending_.insert(later, write);
}

bool RegisterFile::take(Cycle now, RegisterWrite& taken) {
  if (pending_.empty() || pending_.front().visible > now) return false;
  taken = pending_.front();
  pending_.erase(pending_.begin());
  values_[taken.number] = after(values_[taken.number], taken);
  return true;
}

std::uint32_t RegisterFile::read(std::size_t number, Cycle at) const {
  std::uint32_t value = values_[number];
  for (const RegisterWrite& write : pending_) {
    if (write.visible > at) break;
    if (write.number == number) value = after(value, write);
    if (number == number_of(Register::status) && starts(write)) value = status_busy;
  }
  return value;
}

void RegisterFile::set_pair(Register low, std::uint64_t value) {
  values_[number_of(low)] = static_cast<std::uint32_t>(value);
  values_[number_of(low, 1)] = static_cast<std::uint32_t>(value >> 32);
}

}  // namespace ernsim

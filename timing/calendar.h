#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "timing/clock.h"

namespace ernsim {

/// Is told that a unit has been woken by somebody whom its engine does not advance.
class WakeListener {
 public:
  virtual ~WakeListener() = default;
  virtual void woken() = 0;
};

/// When the units of one clock want to be advanced: a wheel of the next 64 cycles, and a list of what was later when it
/// was asked for. What is in the list goes to the wheel when the first of it is due.
class Calendar {
 public:
  static constexpr unsigned unit_limit = 32;

  /// The first cycle anybody asks for, `never` if there is none.
  Cycle next() const { return next_; }
  /// The first cycle that has not been taken or forgotten.
  Cycle first() const { return first_; }
  /// The first cycle one unit asks for.
  Cycle next_of(unsigned unit) const;

  /// Throws std::logic_error if `at` has been taken or forgotten.
  void add(unsigned unit, Cycle at) {
    if (at < first_) refuse(unit, at);
    next_ = std::min(next_, at);
    if (at < first_ + wheel_cycles)
      mark(unit, at);
    else
      add_later(unit, at);
    if (listener_ != nullptr) listener_->woken();
  }
  /// The units that ask for cycle `now`, a bit each; what was asked for up to and including it is forgotten.
  std::uint32_t take(Cycle now) {
    if (next_ < now) forget(now - 1);
    if (next_ == now) return take_next();
    first_ = std::max(first_, now + 1);
    return 0;
  }
  /// The same for cycle next(), which is not `never`.
  std::uint32_t take_next() {
    first_ = next_;
    if (first_later_ <= first_) move_from_later();
    const std::uint32_t units = wheel_[slot(first_)];
    taken_ &= ~(std::uint64_t{1} << slot(first_));
    wheel_[slot(first_)] = 0;
    ++first_;
    find_next();
    return units;
  }
  void forget(Cycle now) {
    while (next_ <= now) take_next();
    first_ = std::max(first_, now + 1);
  }

  /// Whom every add() is reported to; null: nobody.
  void report_to(WakeListener* listener) { listener_ = listener; }

 private:
  static constexpr Cycle wheel_cycles = 64;
  struct Later {
    Cycle at;
    unsigned unit;
  };

  static std::size_t slot(Cycle at) { return static_cast<std::size_t>(at) % wheel_cycles; }
  void mark(unsigned unit, Cycle at) {
    wheel_[slot(at)] |= std::uint32_t{1} << unit;
    taken_ |= std::uint64_t{1} << slot(at);
  }
  void find_next() {
    next_ = first_later_;
    if (taken_ == 0) return;
    const std::size_t turn = slot(first_);
    const std::uint64_t turned = taken_ >> turn | taken_ << (-turn % wheel_cycles);
    next_ = std::min(next_, first_ + __builtin_ctzll(turned));
  }
  void add_later(unsigned unit, Cycle at);
  void move_from_later();
  [[noreturn]] void refuse(unsigned unit, Cycle at) const;

  Cycle first_ = 0;  ///< the wheel has places for this cycle and the 63 after it
  Cycle next_ = never;
  std::uint64_t taken_ = 0;  ///< slots of the wheel with a unit
  std::array<std::uint32_t, wheel_cycles> wheel_{};
  Cycle first_later_ = never;
  std::vector<Later> later_;
  std::array<Cycle, unit_limit> added_later_{};  ///< [unit]: what it asked for last of what is later
  WakeListener* listener_ = nullptr;
};

}  // namespace ernsim

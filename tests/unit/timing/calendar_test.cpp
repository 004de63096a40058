#include "timing/calendar.h"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <stdexcept>

using namespace ernsim;

namespace {

/// The same, kept as a sorted list.
class PlainCalendar {
 public:
  void add(unsigned unit, Cycle at) { units_[at] |= std::uint32_t{1} << unit; }
  Cycle next() const { return units_.empty() ? never : units_.begin()->first; }
  std::uint32_t take(Cycle now) {
    const auto found = units_.find(now);
    const std::uint32_t units = found == units_.end() ? 0 : found->second;
    units_.erase(units_.begin(), units_.upper_bound(now));
    return units;
  }
  Cycle next_of(unsigned unit) const {
    for (const auto& [at, units] : units_)
      if ((units >> unit & 1U) != 0) return at;
    return never;
  }

 private:
  std::map<Cycle, std::uint32_t> units_;
};

struct CountingListener : WakeListener {
  void woken() override { ++calls; }
  int calls = 0;
};

}  // namespace

TEST_CASE("A calendar gives back the units in the cycles they asked for, as a sorted list does") {
  for (unsigned seed = 0; seed < 50; ++seed) {
    std::mt19937 random(seed);
    Calendar calendar;
    PlainCalendar plain;
    Cycle now = -1;
    for (int step = 0; step < 500; ++step) {
      for (unsigned i = random() % 4; i > 0; --i) {
        const unsigned unit = random() % Calendar::unit_limit;
        const Cycle at = now + 1 + static_cast<Cycle>(random() % (random() % 8 == 0 ? 5000 : 70));
        calendar.add(unit, at);
        plain.add(unit, at);
      }
      REQUIRE(calendar.next() == plain.next());
      const unsigned unit = random() % Calendar::unit_limit;
      REQUIRE(calendar.next_of(unit) == plain.next_of(unit));
      if (plain.next() == never) continue;
      now = random() % 4 == 0 ? plain.next() + static_cast<Cycle>(random() % 100) : plain.next();
      REQUIRE(calendar.take(now) == plain.take(now));
    }
  }
}

TEST_CASE("A unit can be woken for the first cycle that has not been taken, and not for the one before") {
  Calendar calendar;
  calendar.add(3, 10);
  CHECK(calendar.take(10) == 1U << 3);
  CHECK_NOTHROW(calendar.add(3, 11));
  CHECK_THROWS_AS(calendar.add(3, 10), std::logic_error);
  calendar.forget(20);
  CHECK(calendar.next() == never);
  CHECK_THROWS_AS(calendar.add(0, 20), std::logic_error);
  CHECK_NOTHROW(calendar.add(0, 21));
}

TEST_CASE("A calendar that is far behind goes on at once") {
  Calendar calendar;
  calendar.add(0, 1'000'000'000'000);
  calendar.add(1, 1'000'000'000'063);
  CHECK(calendar.take(1'000'000'000'000) == 1U);
  CHECK(calendar.next() == 1'000'000'000'063);
}

TEST_CASE("A listener hears of every wake while it is asked to") {
  Calendar calendar;
  CountingListener listener;
  calendar.report_to(&listener);
  calendar.add(0, 5);
  calendar.add(0, 200);
  CHECK(listener.calls == 2);
  calendar.report_to(nullptr);
  calendar.add(0, 6);
  CHECK(listener.calls == 2);
}

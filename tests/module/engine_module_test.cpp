#include "timing/engine_module.h"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <vector>

#include "timing/annotation.h"
#include "tlm/look_ahead.h"

using namespace ernsim;

namespace {

/// Is due in every cycle; notes how far the kernel's time was behind.
class Runner : public Clocked {
 public:
  explicit Runner(Clock clock) : Clocked(clock) {}

  Cycle last = 0;
  Picoseconds furthest_ps = 0;

 protected:
  Cycle advance(Cycle now) override {
    last = now;
    furthest_ps = std::max(furthest_ps, clock().time_ps(now) - kernel_now_ps());
    return now + 1;
  }
};

/// Is due only when woken.
class Sleeper : public Clocked {
 public:
  explicit Sleeper(Clock clock) : Clocked(clock) {}
  std::vector<Cycle> awake;

 protected:
  Cycle advance(Cycle now) override {
    if (now > 0) awake.push_back(now);
    return never;
  }
};

struct Bench : sc_core::sc_module {
  Bench(sc_core::sc_module_name name, LookAhead look_ahead)
      : sc_module(name), engine("engine", EngineKind::leap, look_ahead), runner(Clock{1000}), sleeper(Clock{1000}) {}
  EngineModule engine;
  Runner runner;
  Sleeper sleeper;
};

}  // namespace

TEST_CASE("Without look-ahead units are evaluated at the kernel's time") {
  Bench bench("bench", LookAhead{0});
  bench.engine.add(bench.runner);
  sc_core::sc_start(sc_core::sc_time(10, sc_core::SC_US));
  CHECK(bench.runner.furthest_ps == 0);
  CHECK(bench.runner.last == 9'999);
}

TEST_CASE("A bound of look-ahead is reached and not passed and sc_start comes back") {
  Bench bench("bench", LookAhead{1'000'000});
  bench.engine.add(bench.runner);
  sc_core::sc_start(sc_core::sc_time(10, sc_core::SC_US));
  CHECK(bench.runner.furthest_ps == 999'000);
  CHECK(bench.runner.last >= 9'999);
  CHECK(bench.runner.last <= 11'000);
}

TEST_CASE("A unit woken from outside wakes its sleeping engine by itself") {
  Bench bench("bench", LookAhead{});
  bench.engine.add(bench.sleeper);
  sc_core::sc_start(sc_core::sc_time(1, sc_core::SC_US));
  bench.sleeper.wake(5'000);
  sc_core::sc_start(sc_core::sc_time(10, sc_core::SC_US));
  CHECK(bench.sleeper.awake == std::vector<Cycle>{5'000});
}

TEST_CASE("Two engines side by side take turns at every moment either is due") {
  Bench one("one", LookAhead{1'000'000}), other("other", LookAhead{1'000'000});
  one.engine.add(one.runner);
  other.engine.add(other.runner);
  sc_core::sc_start(sc_core::sc_time(1, sc_core::SC_US));
  CHECK(one.runner.furthest_ps <= 1000);
  CHECK(other.runner.furthest_ps <= 1000);
  CHECK(one.runner.last == other.runner.last);
}

TEST_CASE("An engine is refused where the kernel's time resolution is not 1 ps") {
  sc_core::sc_set_time_resolution(10, sc_core::SC_PS);
  CHECK_THROWS_AS(EngineModule("engine", EngineKind::leap), std::logic_error);
}

TEST_CASE("A component looks as far ahead as the global quantum, a microsecond where there is none") {
  CHECK(embedded_look_ahead().bound_ps == 1'000'000);
  tlm::tlm_global_quantum::instance().set(sc_core::sc_time(3, sc_core::SC_US));
  CHECK(embedded_look_ahead().bound_ps == 3'000'000);
}

#include "timing/engine.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace ernsim;

namespace {

/// Is due every `every` cycles; may go on by itself.
class Ticker : public Clocked {
 public:
  Ticker(Clock clock, Cycle every, bool goes_on = false) : Clocked(clock), every_(every), goes_on_(goes_on) {}

  std::vector<Cycle> ticks;
  int evaluations = 0;

 protected:
  Cycle advance(Cycle now) override {
    ++evaluations;
    for (;; now += every_) {
      if (now % every_ == 0) ticks.push_back(now);
      if (!goes_on_ || now % every_ != 0 || now + every_ >= alone_until()) return (now / every_ + 1) * every_;
      passed(now + every_);
    }
  }

 private:
  Cycle every_;
  bool goes_on_;
};

struct CountingListener : WakeListener {
  void woken() override { ++calls; }
  int calls = 0;
};

}  // namespace

TEST_CASE("An engine evaluates what is due before the limit, and nothing at it") {
  Ticker fast(Clock{10}, 3), slow(Clock{7}, 5);
  Engine engine(EngineKind::leap);
  engine.add(fast);
  engine.add(slow);
  engine.run(-1, 90);
  CHECK(fast.ticks == std::vector<Cycle>{0, 3, 6});
  CHECK(slow.ticks == std::vector<Cycle>{0, 5, 10});
  CHECK(engine.next_ps(80) == 90);
  engine.run(80, 91);
  CHECK(fast.ticks.back() == 9);
}

TEST_CASE("Stepping and leaping engines evaluate units in the same cycles that matter") {
  Ticker one(Clock{10}, 3), other(Clock{10}, 3);
  Engine leap(EngineKind::leap), step(EngineKind::step);
  leap.add(one);
  step.add(other);
  leap.run(-1, 1000);
  step.run(-1, 1000);
  CHECK(one.ticks == other.ticks);
  CHECK(one.evaluations == 34);
  CHECK(other.evaluations == 100);
}

TEST_CASE("A unit alone on its clock goes on by itself until another clock is due, and not further") {
  Ticker alone(Clock{10}, 1, true), other(Clock{100}, 1);
  Engine engine(EngineKind::leap);
  engine.add(alone);
  engine.add(other);
  engine.run(-1, 1000);
  CHECK(alone.ticks.size() == 100);
  CHECK(other.ticks.size() == 10);
  CHECK(alone.evaluations < 25);
}

TEST_CASE("A wake outside the engine's run is reported, one inside is not") {
  Ticker unit(Clock{10}, 3);
  CountingListener listener;
  Engine engine(EngineKind::leap);
  engine.add(unit);
  engine.report_to(&listener);
  engine.run(-1, 100);
  CHECK(listener.calls == 0);
  unit.wake(11);
  CHECK(listener.calls == 1);
}

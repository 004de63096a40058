#include "tools/credit_log.h"

#include <catch2/catch.hpp>

using namespace ernsim;
using tools::CreditLog;

namespace {

struct Nobody : PortObserver {
  void beats(const PortBeats&) override { ++seen; }
  int seen = 0;
};

void change(CreditLog& log, Port port, Cycle cycle, std::uint32_t semaphore, std::uint16_t credits) {
  log.beat(port, nullptr, cycle, semaphore, &credits, sizeof credits);
}

}  // namespace

TEST_CASE(
    "a credit is there from semaphore_cycles after its post on; what is taken in the first cycle is not yet gone") {
  Nobody nobody;
  CreditLog log({5}, 3, nobody);
  change(log, Port::semaphore_post, 7, 0, 1);  // from 10 on
  change(log, Port::semaphore_post, 8, 0, 1);  // from 11 on
  change(log, Port::semaphore_take, 9, 0, 2);
  change(log, Port::semaphore_take, 10, 0, 4);
  change(log, Port::semaphore_post, 17, 1, 1);  // from 20 on
  change(log, Port::semaphore_post, 18, 1, 1);  // from 21 on
  const auto window = log.window(10, 20);
  CHECK(window.before[0] == 5 + 1 - 2);
  CHECK(window.before[1] == 0);
  REQUIRE(window.comes.size() == 2);
  CHECK((window.comes[0].cycle == 11 && window.comes[0].semaphore == 0));
  CHECK((window.comes[1].cycle == 20 && window.comes[1].semaphore == 1));
  REQUIRE(window.taken.size() == 1);
  CHECK((window.taken[0].cycle == 10 && window.taken[0].credits == 4));
  CHECK(nobody.seen == 6);
}

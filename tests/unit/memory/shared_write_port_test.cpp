#include "models/accelerator/memory/shared_write_port.h"

#include <catch2/catch.hpp>
#include <random>
#include <set>

using namespace ernsim;

TEST_CASE("without reservations words are written one per cycle") {
  SharedWritePort port;
  CHECK(port.end_of(10, 5, 16) == 21);
}

TEST_CASE("words go around a reservation, and one that ends in time is not delayed") {
  for (const Cycle words : {1, 4, 5, 6, 20}) {
    SharedWritePort port;
    port.reserve(0, 10, 30);
    CHECK(port.end_of(1, 5, words) == (words <= 5 ? 5 + words : 5 + 20 + words));
  }
}

TEST_CASE("a start inside a reservation waits for its end") {
  SharedWritePort port;
  port.reserve(0, 10, 30);
  CHECK(port.end_of(1, 10, 1) == 31);
  CHECK(port.end_of(1, 29, 1) == 31);
  CHECK(port.end_of(1, 30, 1) == 31);
}

TEST_CASE("a reservation is seen in the cycle after it was made and not in its own") {
  SharedWritePort port;
  port.reserve(7, 10, 30);
  CHECK(port.end_of(7, 10, 3) == 13);
  CHECK(port.end_of(8, 10, 3) == 33);
}

TEST_CASE("no cycle is used twice and none is left out while words wait") {
  std::mt19937 random(1);
  for (int round = 0; round < 100; ++round) {
    SharedWritePort port;
    std::set<Cycle> taken;
    for (Cycle at = 0; at < 500;) {
      const Cycle begin = at + random() % 20, end = begin + 1 + random() % 20;
      port.reserve(0, begin, end);
      for (Cycle c = begin; c < end; ++c) taken.insert(c);
      at = end;
    }
    Cycle start = 0;
    for (int burst = 0; burst < 20; ++burst) {
      start += random() % 10;
      Cycle words = 1 + random() % 16, at = start;
      const Cycle found = port.end_of(1, start, words);
      for (; words > 0; ++at) words -= taken.count(at) == 0 ? 1 : 0;
      CHECK(found == at);
      start = found;
    }
  }
}

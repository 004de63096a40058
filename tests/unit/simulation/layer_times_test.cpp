#include "simulation/layer_times.h"

#include <catch2/catch.hpp>
#include <map>

using namespace ernsim;

namespace {

using Parts = std::map<std::size_t, std::int64_t>;

/// Layer 0 from 0 to 10, layer 1 to 30, layer 0 again to 40; `units` per cycle.
Parts parts(std::int64_t begin, std::int64_t end, std::int64_t units = 1) {
  LayerTimes times;
  times.add(0, 0, 4);
  times.add(0, 4, 10);
  times.add(1, 10, 30);
  times.add(0, 30, 40);
  Parts found;
  times.share(begin, end, units, [&found](std::size_t layer, std::int64_t part) { found[layer] += part; });
  return found;
}

}  // namespace

TEST_CASE("a time inside a layer's is the layer's, from its first cycle to before its last") {
  CHECK(parts(0, 10) == Parts{{0, 10}});
  CHECK(parts(10, 30) == Parts{{1, 20}});
  CHECK(parts(9, 10) == Parts{{0, 1}});
  CHECK(parts(10, 11) == Parts{{1, 1}});
}

TEST_CASE("a time across borders is shared") {
  CHECK(parts(5, 35) == Parts{{0, 10}, {1, 20}});
  CHECK(parts(95, 110, 10) == Parts{{0, 5}, {1, 10}});
}

TEST_CASE("what lies before the first time or behind the last is theirs") {
  CHECK(parts(-5, 5) == Parts{{0, 10}});
  CHECK(parts(39, 50) == Parts{{0, 11}});
  CHECK(parts(45, 50) == Parts{{0, 5}});
}

TEST_CASE("without a layer nothing is shared") {
  LayerTimes().share(0, 10, 1, [](std::size_t, std::int64_t) { FAIL(); });
}

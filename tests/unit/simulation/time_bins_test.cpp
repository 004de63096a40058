#include "simulation/time_bins.h"

#include <catch2/catch.hpp>
#include <numeric>

using namespace ernsim;
using ernsim::TimeBins;

namespace {

std::int64_t sum(const std::vector<std::int64_t>& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

}  // namespace

TEST_CASE("bins stay one cycle wide up to 256 cycles and double at the next one") {
  TimeBins bins(1);
  bins.cover(256);
  CHECK(bins.width_cycles() == 1);
  bins.cover(257);
  CHECK(bins.width_cycles() == 2);
  CHECK(bins.counts(0, 257).size() == 129);
}

TEST_CASE("cycles fall into the bins they lie in, and the wider bins hold the same sums") {
  TimeBins bins(2);
  bins.add_cycles(0, 3, 6);
  bins.add_at(1, 255, 64);
  CHECK(bins.counts(0, 8) == std::vector<std::int64_t>{0, 0, 0, 1, 1, 1, 0, 0});
  bins.cover(1024);
  CHECK(bins.counts(0, 8) == std::vector<std::int64_t>{1, 2});
  CHECK(bins.counts(1, 256).back() == 64);
}

TEST_CASE("no cycle is lost however late the bins learn how long it takes") {
  TimeBins bins(1);
  Cycle at = 0;
  for (Cycle length = 1; at < 1'000'000; length = length * 7 % 1009 + 1) {
    bins.add_cycles(0, at, at + length);
    at += length;
  }
  const auto counts = bins.counts(0, at);
  CHECK(sum(counts) == at);
  CHECK(counts.size() > 128);
  for (std::size_t i = 0; i + 1 < counts.size(); ++i) CHECK(counts[i] == bins.width_cycles());
}

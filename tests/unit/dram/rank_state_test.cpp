#include <catch2/catch.hpp>

#include "models/dram/rank_state.h"

namespace ernsim {
namespace {

constexpr std::size_t bank = 1;  ///< bank 1 of group 0
constexpr std::size_t same_group = 2;
constexpr std::size_t other_group = 4;

DramTiming timing_of(const std::string& part) {
  DramConfig config;
  config.part = dram_part(part);
  return dram_timing(config);
}

/// Three banks opened long ago, so that only what a test does next counts.
struct Opened {
  explicit Opened(const std::string& part) : timing(timing_of(part)), rank(timing) {
    rank.activate(bank, 7, 0);
    rank.activate(same_group, 7, 100);
    rank.activate(other_group, 7, 200);
  }
  DramTiming timing;
  RankState rank;
};

TEST_CASE("Each timing parameter delays the next command to exactly its cycle", "[dram]") {
  const auto part = GENERATE(as<std::string>{}, "kv260_x16", "generic_x8");
  Opened opened(part);
  const DramTiming& t = opened.timing;
  RankState& rank = opened.rank;
  const Cycle T = 1000;

  SECTION("tRCD, tRAS and tRC after ACT") {
    rank.precharge(bank, 500);
    rank.activate(bank, 9, T);
    CHECK(rank.column_ready(bank, false) == T + 16);
    CHECK(rank.column_ready(bank, true) == T + 16);
    CHECK(rank.precharge_ready(bank) == T + 40);
    rank.precharge(bank, T + 40);
    CHECK(rank.activate_ready(bank) == T + 57);
  }
  SECTION("tRP after PRE") {
    rank.precharge(bank, T);
    CHECK(rank.activate_ready(bank) == T + 16);
  }
  SECTION("tRRD to the same and to another bank group") {
    rank.activate(3, 1, T);
    CHECK(rank.activate_ready(0) == T + (part == "kv260_x16" ? 8 : 6));
    CHECK(rank.activate_ready(5) == T + (part == "kv260_x16" ? 7 : 4));
  }
  SECTION("tFAW from the first of four ACTs to the fifth") {
    for (const std::size_t b : {0u, 5u, 3u, 6u}) rank.activate(b, 1, std::max(rank.activate_ready(b), T));
    CHECK(rank.activate_ready(7) == T + (part == "kv260_x16" ? 36 : 26));
  }
  SECTION("tCCD between reads") {
    rank.read(bank, T);
    CHECK(rank.column_ready(same_group, false) == T + 6);
    CHECK(rank.column_ready(other_group, false) == T + 4);
  }
  SECTION("tCCD between writes") {
    rank.write(bank, T);
    CHECK(rank.column_ready(same_group, true) == T + 6);
    CHECK(rank.column_ready(other_group, true) == T + 4);
  }
  SECTION("a write after a read") {
    rank.read(bank, T);
    const Cycle gap = part == "kv260_x16" ? 8 : 10;
    CHECK(rank.column_ready(same_group, true) == T + gap);
    CHECK(rank.column_ready(other_group, true) == T + gap);
  }
  SECTION("tWTR from the end of write data to a read") {
    rank.write(bank, T);
    CHECK(rank.column_ready(same_group, false) == T + t.write_latency + 9);
    CHECK(rank.column_ready(other_group, false) == T + t.write_latency + 3);
  }
  SECTION("tRTP from a read to PRE") {
    rank.read(bank, T);
    CHECK(rank.precharge_ready(bank) == T + 9);
  }
  SECTION("tWR from the end of write data to PRE") {
    rank.write(bank, T);
    CHECK(rank.precharge_ready(bank) == T + t.write_latency + 18);
  }
  SECTION("tRP before and tRFC after a refresh") {
    rank.precharge_all(0xff, T);
    CHECK(rank.open_banks() == 0);
    CHECK(rank.refresh_ready(0xff) == T + 16);
    rank.refresh_all(0xff, T + 16);
    CHECK(rank.activate_ready(bank) == T + 16 + 420);
    CHECK(rank.refresh_ready(0xff) == T + 16 + 420);
  }
}

TEST_CASE("Write latency is 14 cycles on the KV260 and 12 on the generic part", "[dram]") {
  CHECK(timing_of("kv260_x16").write_latency == 14 + 4);
  CHECK(timing_of("generic_x8").write_latency == 12 + 4);
}

TEST_CASE("Commands of several clocks are counted from end to end", "[dram]") {
  const DramTiming t = timing_of("lpddr4_3200_x16");
  CHECK(t.activate_to_column == 29);
  CHECK(t.activate_to_precharge == 68 + 4 - 2);
  CHECK(t.precharge_to_activate == 29 + 2 - 4);
  CHECK(t.read_to_precharge == 12 + 8 - 6);
  CHECK(t.write_to_precharge == 14 + 3 + 8 + 29);
  CHECK(t.read_to_write == 30);
  CHECK(t.write_to_read_s == 39);
}

TEST_CASE("The memory clock is that of DDR4-2400", "[dram]") { CHECK(dram_clock(DramConfig{}).period_ps == 833); }

}  // namespace
}  // namespace ernsim

#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <tuple>

#include "models/dram/address_mapping.h"

namespace ernsim {
namespace {

constexpr AddressMapping all_mappings[] = {AddressMapping::row_bank_column, AddressMapping::row_column_bank,
                                           AddressMapping::row_bank_column_bank_group, AddressMapping::bank_row_column};

DramTiming timing_of(const char* part, std::int64_t ranks = 1) {
  DramConfig config;
  config.part = dram_part(part);
  config.ranks = ranks;
  return dram_timing(config);
}

TEST_CASE("Every address mapping is one-to-one", "[dram]") {
  for (const char* part : {"kv260_x16", "generic_x8", "lpddr4_4266_x16"})
    for (const auto kind : all_mappings) {
      const DramAddressMapping mapping(kind, timing_of(part, 2));
      const std::uint64_t access = timing_of(part).access_bytes;
      std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>> seen;
      const std::uint64_t blocks = 1 << 14;
      for (std::uint64_t block = 0; block < blocks; ++block) {
        const DramLocation l = mapping.locate(block * access);
        seen.insert({l.row, l.rank, l.bank_group, l.bank, l.access});
      }
      CHECK(seen.size() == blocks);
    }
}

TEST_CASE("An address mapped forth and back is the same", "[dram]") {
  std::mt19937_64 random(1);
  for (const char* part : {"kv260_x16", "generic_x8", "lpddr4_4266_x16"})
    for (const auto kind : all_mappings) {
      const DramAddressMapping mapping(kind, timing_of(part, 2));
      for (int i = 0; i < 10'000; ++i) {
        const std::uint64_t address = random() % mapping.capacity() / 64 * 64;
        REQUIRE(mapping.address_of(mapping.locate(address)) == address);
      }
    }
}

TEST_CASE("The KV260 holds 4 GiB and the generic rank 8 GiB", "[dram]") {
  for (const auto kind : all_mappings) {
    CHECK(DramAddressMapping(kind, timing_of("kv260_x16")).capacity() == 4ull << 30);
    CHECK(DramAddressMapping(kind, timing_of("generic_x8")).capacity() == 8ull << 30);
  }
}

TEST_CASE("Neighbouring accesses differ in the field the mapping puts lowest", "[dram]") {
  const DramTiming t = timing_of("kv260_x16");
  CHECK(DramAddressMapping(AddressMapping::row_bank_column, t).locate(64) == DramLocation{0, 0, 0, 0, 1});
  CHECK(DramAddressMapping(AddressMapping::row_column_bank, t).locate(64) == DramLocation{0, 0, 1, 0, 0});
  CHECK(DramAddressMapping(AddressMapping::row_column_bank, t).locate(128) == DramLocation{0, 0, 0, 1, 0});
  CHECK(DramAddressMapping(AddressMapping::row_bank_column_bank_group, t).locate(64) == DramLocation{0, 0, 1, 0, 0});
  CHECK(DramAddressMapping(AddressMapping::row_bank_column_bank_group, t).locate(128) == DramLocation{0, 0, 0, 0, 1});
}

}  // namespace
}  // namespace ernsim

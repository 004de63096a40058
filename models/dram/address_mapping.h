#pragma once

#include "models/dram/dram_timing.h"

namespace ernsim {

/// Where a burst lies in the channel.
struct DramLocation {
  std::uint32_t row = 0;
  std::uint32_t rank = 0;
  std::uint32_t bank_group = 0;
  std::uint32_t bank = 0;    ///< within its bank group
  std::uint32_t access = 0;  ///< burst within the row

  bool operator==(const DramLocation& o) const {
    return row == o.row && rank == o.rank && bank_group == o.bank_group && bank == o.bank && access == o.access;
  }
};

/// Splits byte addresses into DRAM coordinates and back; one-to-one on bursts below capacity().
///
/// Fields from most to least significant, above the bits of the byte in a burst:
///  - row_bank_column: row, rank, bank, bank group, access;
///  - row_column_bank: row, rank, access, bank, bank group;
///  - row_bank_column_bank_group: row, rank, bank, access, bank group; the low column bits are those inside the burst;
///  - bank_row_column: bank, bank group, row, rank, access.
class DramAddressMapping {
 public:
  DramAddressMapping(AddressMapping mapping, const DramTiming& timing);

  /// Addresses at and above capacity() wrap around.
  DramLocation locate(std::uint64_t address) const {
    return {row_.get(address), rank_.get(address), bank_group_.get(address), bank_.get(address), access_.get(address)};
  }
  std::uint32_t row(std::uint64_t address) const { return row_.get(address); }
  /// Over all bank groups and ranks: rank, bank group, bank.
  std::uint32_t bank(std::uint64_t address) const {
    const std::uint32_t group = rank_.get(address) << bank_group_.bits | bank_group_.get(address);
    return group << bank_.bits | bank_.get(address);
  }
  /// Which burst of the channel.
  std::uint64_t block(std::uint64_t address) const { return address >> block_bits_; }
  /// The first byte of the burst.
  std::uint64_t address_of(const DramLocation& location) const;
  std::uint64_t capacity() const { return std::uint64_t{1} << capacity_bits_; }

 private:
  struct Field {
    int shift = 0;
    int bits = 0;
    std::uint32_t mask = 0;
    std::uint32_t get(std::uint64_t address) const { return static_cast<std::uint32_t>(address >> shift) & mask; }
    std::uint64_t put(std::uint32_t value) const { return static_cast<std::uint64_t>(value) << shift; }
  };

  /// Gives `field` the next `bits` bits above those already taken.
  void place(Field& field, int bits);

  int block_bits_ = 0;  ///< of the byte in a burst
  int capacity_bits_ = 0;
  Field row_, rank_, bank_group_, bank_, access_;
};

}  // namespace ernsim

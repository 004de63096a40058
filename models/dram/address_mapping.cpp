#include "models/dram/address_mapping.h"

namespace ernsim {

DramAddressMapping::DramAddressMapping(AddressMapping mapping, const DramTiming& timing)
    : block_bits_(__builtin_ctzll(timing.access_bytes)), capacity_bits_(block_bits_) {
  switch (mapping) {
    case AddressMapping::row_bank_column:
      place(access_, timing.access_bits);
      place(bank_group_, timing.bank_group_bits);
      place(bank_, timing.bank_bits);
      break;
    case AddressMapping::row_column_bank:
      place(bank_group_, timing.bank_group_bits);
      place(bank_, timing.bank_bits);
      place(access_, timing.access_bits);
      break;
    case AddressMapping::row_bank_column_bank_group:
      place(bank_group_, timing.bank_group_bits);
      place(access_, timing.access_bits);
      place(bank_, timing.bank_bits);
      break;
    case AddressMapping::bank_row_column:
      place(access_, timing.access_bits);
      place(rank_, timing.rank_bits);
      place(row_, timing.row_bits);
      place(bank_group_, timing.bank_group_bits);
      place(bank_, timing.bank_bits);
      return;
  }
  place(rank_, timing.rank_bits);
  place(row_, timing.row_bits);
}

void DramAddressMapping::place(Field& field, int bits) {
  field = {capacity_bits_, bits, static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1)};
  capacity_bits_ += bits;
}

std::uint64_t DramAddressMapping::address_of(const DramLocation& l) const {
  return row_.put(l.row) | rank_.put(l.rank) | bank_group_.put(l.bank_group) | bank_.put(l.bank) |
         access_.put(l.access);
}

}  // namespace ernsim

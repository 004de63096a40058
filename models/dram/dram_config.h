#pragma once

#include "timing/parameter.h"

namespace ernsim {

enum class DramPart { kv260_x16, generic_x8 };
enum class PagePolicy { open, closed };
enum class DramScheduler { fcfs, fr_fcfs };
/// Order of the address fields from most to least significant, below them the byte of a 64-byte burst.
enum class AddressMapping {
  row_bank_column,             ///< row, bank, bank group, column
  row_column_bank,             ///< row, column, bank, bank group: neighbouring bursts in different bank groups
  row_bank_column_bank_group,  ///< row, bank, column high, bank group, column low
};

struct DramConfig {
  DramPart part = DramPart::kv260_x16;
  PagePolicy page_policy = PagePolicy::open;
  DramScheduler scheduler = DramScheduler::fr_fcfs;
  AddressMapping mapping = AddressMapping::row_bank_column;
  std::int64_t queue_depth = 32;
  bool refresh = true;
};

template <class Config, class Visitor>
void visit_dram(Config& c, Visitor&& visit) {
  visit(ParameterInfo{"part", "", 0, 0, "timing and geometry", "KV260 board preset; JEDEC DDR4-2400 for generic_x8"},
        c.part, EnumNames<DramPart>{{"kv260_x16", DramPart::kv260_x16}, {"generic_x8", DramPart::generic_x8}});
  visit(ParameterInfo{"page_policy", "", 0, 0, "what happens to a row after an access", "guess"}, c.page_policy,
        EnumNames<PagePolicy>{{"open", PagePolicy::open}, {"closed", PagePolicy::closed}});
  visit(ParameterInfo{"scheduler", "", 0, 0, "which request goes first", "guess"}, c.scheduler,
        EnumNames<DramScheduler>{{"fcfs", DramScheduler::fcfs}, {"fr_fcfs", DramScheduler::fr_fcfs}});
  visit(
      ParameterInfo{"mapping", "", 0, 0, "address fields, most significant first", "KV260 board preset: ROW_BANK_COL"},
      c.mapping,
      EnumNames<AddressMapping>{{"row_bank_column", AddressMapping::row_bank_column},
                                {"row_column_bank", AddressMapping::row_column_bank},
                                {"row_bank_column_bank_group", AddressMapping::row_bank_column_bank_group}});
  visit(ParameterInfo{"queue_depth", "requests", 1, 256, "64-byte requests the controller chooses among", "guess"},
        c.queue_depth);
  visit(ParameterInfo{"refresh", "", 0, 1, "refresh on or off", "JEDEC: on"}, c.refresh);
}

}  // namespace ernsim

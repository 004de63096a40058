#pragma once

#include <array>

#include "config/parameter.h"
#include "models/dram/dram_part.h"

namespace ernsim {

enum class PagePolicy { open, closed };
enum class DramScheduler { fcfs, fr_fcfs };
enum class RefreshMode { all_banks, per_bank };
/// Order of the address fields from most to least significant, below them the byte of a burst. The rank is below the
/// row.
enum class AddressMapping {
  row_bank_column,             ///< row, bank, bank group, column
  row_column_bank,             ///< row, column, bank, bank group: neighbouring bursts in different bank groups
  row_bank_column_bank_group,  ///< row, bank, column high, bank group, column low
  bank_row_column,             ///< bank, bank group, row, column: the next row is in the same bank
};

struct DramConfig {
  DramPart part = default_dram_part();
  PagePolicy page_policy = PagePolicy::open;
  DramScheduler scheduler = DramScheduler::fr_fcfs;
  AddressMapping mapping = AddressMapping::row_bank_column;
  std::int64_t queue_depth = 32;
  bool refresh = true;
  RefreshMode refresh_mode = RefreshMode::all_banks;
  std::int64_t ranks = 1;
  std::int64_t channels = 1;
  std::int64_t channel_interleave_bytes = 256;
  std::int64_t port_priority = 0;
  EnumArray<DramDelayId, double> delays_ns{};  ///< 0: the part's
};

template <class Config, class Visitor>
void visit_dram(Config& c, Visitor&& visit) {
  visit(ParameterInfo{"part", "", 0, 0, "timing and geometry of a rank: a name or a file",
                      "KV260 board preset; others: the file of the part"},
        c.part);
  visit(ParameterInfo{"page_policy", "", 0, 0, "what happens to a row after an access", "guess"}, c.page_policy,
        EnumNames<PagePolicy>{{"open", PagePolicy::open}, {"closed", PagePolicy::closed}});
  visit(ParameterInfo{"scheduler", "", 0, 0, "which request goes first", "guess"}, c.scheduler,
        EnumNames<DramScheduler>{{"fcfs", DramScheduler::fcfs}, {"fr_fcfs", DramScheduler::fr_fcfs}});
  visit(
      ParameterInfo{"mapping", "", 0, 0, "address fields, most significant first", "KV260 board preset: ROW_BANK_COL"},
      c.mapping,
      EnumNames<AddressMapping>{{"row_bank_column", AddressMapping::row_bank_column},
                                {"row_column_bank", AddressMapping::row_column_bank},
                                {"row_bank_column_bank_group", AddressMapping::row_bank_column_bank_group},
                                {"bank_row_column", AddressMapping::bank_row_column}});
  visit(ParameterInfo{"queue_depth", "requests", 1, 256, "requests of one burst the controller chooses among", "guess"},
        c.queue_depth);
  visit(ParameterInfo{"refresh", "", 0, 1, "refresh on or off", "JEDEC: on"}, c.refresh);
  visit(ParameterInfo{"refresh_mode", "", 0, 0, "banks refreshed at a time; per_bank needs a part with tRFCpb",
                      "the DDRC of a Zynq UltraScale+ refreshes all"},
        c.refresh_mode,
        EnumNames<RefreshMode>{{"all_banks", RefreshMode::all_banks}, {"per_bank", RefreshMode::per_bank}});
  visit(ParameterInfo{"ranks", "", 1, 2, "ranks of the channel", "KV260: one"}, c.ranks);
  visit(ParameterInfo{"channels", "", 1, 4, "channels, each with a queue of its own: 1, 2 or 4", "KV260: one"},
        c.channels);
  visit(ParameterInfo{"channel_interleave_bytes", "bytes", 32, 1 << 20,
                      "consecutive bytes in one channel, a power of two, not less than a burst", "guess"},
        c.channel_interleave_bytes);
  visit(ParameterInfo{"port_priority", "", 0, 7,
                      "of the HP ports at the controller, the larger goes first; see priority of [traffic.NAME]",
                      "guess: all alike"},
        c.port_priority);
  for (const DramDelayId id : each<DramDelayId>())
    visit(ParameterInfo{dram_delay_infos[id].ns_key, "ns", 0, 100'000, dram_delay_infos[id].meaning, "0: the part's"},
          c.delays_ns[id]);
}

}  // namespace ernsim

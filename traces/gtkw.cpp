#include "traces/gtkw.h"

#include <fmt/format.h>

namespace ernsim::traces {

namespace {

// Bits of a trace's flags: gtkwave's analyzer.h, and its manual under "save files".
constexpr unsigned hexadecimal = 1 << 1, decimal = 1 << 2, binary = 1 << 3, right_justified = 1 << 5, blank = 1 << 9,
                   group_begins = 1 << 23, group_ends = 1 << 24;

unsigned flag_of(WaveBase base) {
  return right_justified | (base == WaveBase::bit ? binary : base == WaveBase::hexadecimal ? hexadecimal : decimal);
}

std::string group_mark(const std::string& unit, unsigned flag) {
  return fmt::format("@{:x}\n-{}\n", blank | flag, unit);
}

/// The name stands between the line's first quote and its last (gtkwave's savefile.c), so that it may have others, but
/// no line break.
std::string dump_file(const std::string& waves) {
  return waves.find('\n') == std::string::npos ? fmt::format("[dumpfile] \"{}\"\n", waves) : "";
}

/// As GTKWave calls it.
std::string full_name(const WaveSignal& signal) {
  const std::string scope = signal.unit.empty() ? "ernsim." : "ernsim." + signal.unit + ".";
  return scope + signal.name + (signal.bits == 1 ? "" : fmt::format("[{}:0]", signal.bits - 1));
}

}  // namespace

std::string gtkw_text(const WavePlan& plan, const std::string& waves) {
  std::string text = gtkw_first_line + dump_file(waves) + "[timestart] 0\n";
  std::string unit;
  for (const WaveSignal& signal : plan.signals) {
    if (signal.unit != unit) {
      if (!unit.empty()) text += group_mark(unit, group_ends);
      text += group_mark(unit = signal.unit, group_begins);
    }
    text += fmt::format("@{:x}\n{}\n", flag_of(signal.base), full_name(signal));
  }
  return unit.empty() ? text : text + group_mark(unit, group_ends);
}

}  // namespace ernsim::traces

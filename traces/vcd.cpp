#include "traces/vcd.h"

#include <fmt/format.h>

namespace ernsim::traces {

namespace {

/// Short printable names for signals: !, ", ..., !!, !", ...
std::string identifier(std::size_t number) {
  constexpr std::size_t letters = 94;
  std::string text;
  do {
    text += static_cast<char>('!' + number % letters);
    number /= letters;
  } while (number-- > 0);
  return text;
}

}  // namespace

void VcdSink::declare(const std::vector<WaveSignal>& signals) {
  out_ << "$version ernsim $end\n$timescale 1 ps $end\n$scope module ernsim $end\n";
  std::string unit;
  for (std::size_t i = 0; i < signals.size(); ++i) {
    if (signals[i].unit != unit) {
      if (!unit.empty()) out_ << "$upscope $end\n";
      out_ << "$scope module " << (unit = signals[i].unit) << " $end\n";
    }
    out_ << fmt::format("$var wire {} {} {} $end\n", signals[i].bits, identifier(i), declared_name(signals[i]));
  }
  if (!unit.empty()) out_ << "$upscope $end\n";
  out_ << "$upscope $end\n$enddefinitions $end\n";
}

void VcdSink::time(Picoseconds now) { out_ << '#' << now << '\n'; }

void VcdSink::change(std::size_t signal, const std::string& bits) {
  if (bits.size() == 1)
    out_ << bits << identifier(signal) << '\n';
  else
    out_ << 'b' << bits << ' ' << identifier(signal) << '\n';
}

}  // namespace ernsim::traces

#pragma once

#include <string>

#include "traces/wave_plan.h"

namespace ernsim::traces {

/// A save file of GTKWave for a file of waveforms, named from the save file's folder: the clock, then a group for each
/// unit with its signals in their bases.
std::string gtkw_text(const WavePlan& plan, const std::string& waves);

/// The first line of each.
inline constexpr const char* gtkw_first_line = "[*] ernsim: signals by unit\n";

}  // namespace ernsim::traces

#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "models/accelerator/accelerator_config.h"
#include "models/accelerator/unit/port_observer.h"

namespace ernsim::traces {

/// How the bytes of a word are to be read.
enum class WordKind {
  plain,       ///< a number, lowest byte first
  sums,        ///< 16-bit values of one pixel, channel by channel
  codes,       ///< 2-bit values of one pixel: bit 0 of every channel, then bit 1
  signs,       ///< rows of weight signs
  thresholds,  ///< 64 bit per channel
  cycles,      ///< how long the beat's matter lasts
};

/// [WordKind]
inline constexpr std::array<const char*, 6> kind_names{"plain", "sums", "codes", "signs", "thresholds", "cycles"};
inline const char* name_of(WordKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

/// One port of one unit in a trace.
struct Channel {
  std::string name;            ///< "<unit>.<port>"
  std::size_t word_bytes = 0;  ///< of one beat's data
  WordKind kind = WordKind::plain;
  bool timing = false;  ///< tells only about time: compared by cycles or not at all

  /// What is before the first dot, and what is behind it; both the whole name if there is none.
  std::string unit() const { return name.substr(0, name.find('.')); }
  std::string port() const { return name.substr(name.find('.') + 1); }
};

/// The channels of a run, [Port].
std::vector<Channel> channels_of(const AcceleratorConfig& config);

}  // namespace ernsim::traces

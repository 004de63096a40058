#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "traces/channel.h"

namespace ernsim::traces {

/// A file that is no trace, or not one this program can read; the text says what is wrong.
class TraceError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A layer's names, for those who read a comparison.
struct TracedLayer {
  std::string name;
  std::string codes;  ///< empty if none
  std::string sums;   ///< empty if none
};

/// The text in front of a trace.
struct Header {
  std::string network, platform;
  int block_channels = 0;
  Picoseconds clock_period_ps = 0;
  bool hashed = false;
  /// Of the platform, by section and key, values without white space; empty if whoever wrote the trace did not say.
  std::vector<std::pair<std::string, std::string>> parameters;
  std::string selection;  ///< layers and cycles that were kept, in words without white space; empty: all
  std::vector<Channel> channels;
  std::vector<TracedLayer> layers;
};

inline constexpr int format_version = 3;

std::string to_text(const Header& header);
/// Parses `text` up to and including the line "end ...". Throws TraceError naming the line.
Header parse_header(const std::string& text);

}  // namespace ernsim::traces

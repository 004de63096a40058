#pragma once

#include <array>

namespace ernsim {

/// Latency of a network on the KV260 at 256x256, batch 1: ERN paper (arXiv 2410.11553), Table 7.
struct PublishedLatency {
  const char* network;
  double ms;
  bool fitted;  ///< constants are fitted to this one; the others are predictions
};

inline constexpr std::array<PublishedLatency, 5> published_latencies{{
    {"ERNs18x075", 3.35, false},
    {"ERNs18", 3.60, true},
    {"ERNs34", 5.32, false},
    {"ERNs50", 9.64, true},
    {"ERNs101", 15.78, false},
}};

}  // namespace ernsim

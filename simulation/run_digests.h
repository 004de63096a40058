#pragma once

#include <string>

namespace ernsim {

struct Job;

/// What a run was made of, each as 16 hexadecimal digits of XXH3 (64 bit). Equal ones are the same but for what has
/// less chance than one in 10^19.
struct RunDigests {
  std::string network;   ///< nodes with their inputs and shapes, codes of the picture
  std::string weights;   ///< signs and thresholds of all nodes, scale of the results; empty: no values were simulated
  std::string platform;  ///< every parameter with its value
};

RunDigests digests_of(const Job& job);

}  // namespace ernsim

#pragma once

#include <xxhash.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "models/accelerator/unit/port_observer.h"
#include "traces/run.h"

namespace ernsim::traces {

/// The hashes of a run that was read back, from its beats if it has them.
RunHash hash_of(const Run& run);

/// Hashes runs as units report them; keeps what that takes.
class RunHasher {
 public:
  RunHash operator()(const PortBeats& beats);

 private:
  std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state_{XXH3_createState(), &XXH3_freeState};
  std::vector<std::uint32_t> addresses_;
  std::vector<Cycle> cycles_;
};

}  // namespace ernsim::traces

#pragma once

#include <string>

#include "tests/property/random_case.h"
#include "timing/engine.h"

namespace ernsim::test {

enum class Detail {
  digests,  ///< long lists as one number each
  events,   ///< every instruction and every memory command in the order of time
};

/// Runs the case and writes down all that can be seen of it. Once per process. Throws std::runtime_error if the frame
/// does not finish, or if the logits are not the reference's.
std::string observed_run(const RandomCase& chosen, EngineKind engine, Detail detail);

}  // namespace ernsim::test

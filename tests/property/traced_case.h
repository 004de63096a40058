#pragma once

#include <string>

#include "check/check.h"
#include "tests/property/random_case.h"
#include "traces/writer.h"

namespace ernsim::test {

/// The bytes of the trace of one frame of the case, with data. Once per process.
std::string traced_case(const RandomCase& chosen, bool hashed = false, const traces::Filter& filter = {});

/// The schedule as the checker takes it.
check::Schedule schedule_of(const RandomCase& chosen);

/// The next case from `seed` on whose draw fits together and whose values move; `seed` is then that of the one after.
RandomCase next_case_with_data(std::uint64_t& seed);

}  // namespace ernsim::test

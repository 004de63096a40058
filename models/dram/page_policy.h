#pragma once

#include "models/dram/dram_config.h"

namespace ernsim {

/// Whether a row is closed, by auto-precharge, with an access to it. `queued_hits`: other queued accesses to that row.
/// open: never; it stays open until another row is wanted or a refresh comes. closed: with the last queued access.
inline bool closes_row(PagePolicy policy, int queued_hits) { return policy == PagePolicy::closed && queued_hits == 0; }

}  // namespace ernsim

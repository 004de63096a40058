#pragma once

#include "models/dram/dram_config.h"

namespace ernsim {

/// Whether a row is closed, by auto-precharge, with an access to it. `wanted`: another queued access hits that row.
/// open: never; it stays open until another row is wanted or a refresh comes. closed: with the last queued access.
inline bool closes_row(PagePolicy policy, bool wanted) { return policy == PagePolicy::closed && !wanted; }

}  // namespace ernsim

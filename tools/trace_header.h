#pragma once

#include "tools/selection.h"
#include "traces/header.h"

namespace ernsim::tools {

/// The header of a trace of this selection's run, with every port.
traces::Header trace_header(const Selection& selection, bool hashed);

}  // namespace ernsim::tools

#pragma once

namespace ernsim::bench {

/// Whole runs of the program: start, frames, traces, a sweep.
void register_runs();

}  // namespace ernsim::bench

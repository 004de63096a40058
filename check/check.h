#pragma once

#include "check/executions.h"

namespace ernsim::check {

/// Checks every contract that the trace lets be checked. Throws traces::TraceError if a channel or parameter makes no
/// sense. `schedule` may be null, and so may be `like`: the header of a trace whose parameters count where this one
/// says none.
Report check(const traces::Reader& reader, const Schedule* schedule, const traces::Header* like = nullptr);

/// The report in words: the contracts that were broken with the first place each, what was checked and what could not
/// be.
std::string to_text(const Report& report, const traces::Header& header);

}  // namespace ernsim::check

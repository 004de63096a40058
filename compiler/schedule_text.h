#pragma once

#include <string>
#include <string_view>

#include "compiler/schedule.h"
#include "compiler/schedule_error.h"

namespace ernsim::compiler {

/// Version of the text format described in SCHEDULE.md.
inline constexpr int schedule_text_version = 2;

/// The schedule as text; from_text gives it back exactly. Only operands of an instruction's own unit are written.
std::string to_text(const Schedule& schedule);

/// Throws ScheduleError `FILE:LINE: what is wrong; what is allowed`, for any bytes that are not a schedule.
Schedule from_text(std::string_view text, const std::string& file_name);

/// The same through a file; ScheduleError names the file when it cannot be written or read.
void save_schedule(const Schedule& schedule, const std::string& file_name);
Schedule load_schedule(const std::string& file_name);

}  // namespace ernsim::compiler

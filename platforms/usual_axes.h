#pragma once

#include <string>

namespace ernsim {

/// The parameters that are usually explored, and their values: the lines of the section `axes` of a sweep file. They
/// are those of the section `usual_axes` in the platform's file; if it has none, usual ones of a KV260. Throws
/// ConfigError if the platform cannot be read.
std::string usual_axes(const std::string& platform);

}  // namespace ernsim

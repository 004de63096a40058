#pragma once

#include <string>

namespace ernsim::workloads {

/// Whether bytes begin as an .xz file does.
bool is_xz(const std::string& bytes);

/// What such a file holds. Throws WorkloadError if it is damaged, cut short or holds more than `most_bytes`.
std::string unpacked_xz(const std::string& bytes, std::size_t most_bytes);

}  // namespace ernsim::workloads

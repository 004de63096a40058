#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/schedule.h"

// Names the text format gives to enumerators.

namespace ernsim::compiler {

const char* name_of(RegionKind kind);
/// "accumulators:convolution->quantization"
const std::string& semaphore_name(std::size_t semaphore);

std::optional<RegionKind> find_region_kind(std::string_view name);
std::optional<UnitId> find_unit(std::string_view name);
std::optional<std::uint8_t> find_semaphore(std::string_view name);

std::vector<std::string_view> region_kind_names();
std::vector<std::string_view> unit_names();
std::vector<std::string_view> semaphore_names();

/// The text in single quotes, on one line: bytes that are no printable ASCII as \xHH, the tail of a long text cut off.
std::string quoted(std::string_view text);

}  // namespace ernsim::compiler

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace ernsim {

/// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// Whether one is likely to be the other mistyped: a third of its letters at most are other, or three or more letters
/// are its beginning.
bool is_near(std::string_view word, std::string_view name);

/// The near name with the smallest edit distance to what is given, the first of equals; empty if none is near. Capitals
/// count as small letters unless two names are equally near.
std::string_view nearest(std::string_view given, const std::vector<std::string_view>& names);

}  // namespace ernsim

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ernsim::tools {

/// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate closest to `word`, the first of equals; empty if there is no candidate.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// "; did you mean X?" with the nearest candidate, empty if there is none.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

/// "a, b, c".
std::string listed(const std::vector<std::string>& names);

}  // namespace ernsim::tools

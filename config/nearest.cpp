#include "config/nearest.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <numeric>
#include <string>
#include <utility>

namespace ernsim {

namespace {

constexpr std::size_t longest_name = 64;  ///< of what is given, so that a long text costs no time
constexpr std::size_t least_beginning = 3;

/// Capitals are no other letters.
std::string small(std::string_view text) {
  std::string made(text);
  std::transform(made.begin(), made.end(), made.begin(), [](unsigned char c) { return std::tolower(c); });
  return made;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last, last(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::vector<std::size_t> row(b.size() + 1, i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last = std::exchange(last, std::move(row));
  }
  return last.back();
}

bool is_near(std::string_view word, std::string_view name) {
  if (word.size() >= least_beginning && name.substr(0, word.size()) == word) return true;
  return 3 * edit_distance(word, name) <= std::max(word.size(), name.size());
}

std::string_view nearest(std::string_view given, const std::vector<std::string_view>& names) {
  const std::string word = small(given.substr(0, longest_name));
  std::vector<std::string_view> near;
  std::copy_if(names.begin(), names.end(), std::back_inserter(near),
               [&word](std::string_view name) { return is_near(word, small(name)); });
  const auto distance = [&](std::string_view name) {
    return std::pair{edit_distance(word, small(name)), edit_distance(given.substr(0, longest_name), name)};
  };
  const auto closer = [&](std::string_view a, std::string_view b) { return distance(a) < distance(b); };
  const auto found = std::min_element(near.begin(), near.end(), closer);
  return found == near.end() ? std::string_view{} : *found;
}

}  // namespace ernsim

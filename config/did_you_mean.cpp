#include "config/did_you_mean.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "config/nearest.h"

namespace ernsim {

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates,
                         const std::string& otherwise) {
  const auto near = nearest(word, {candidates.begin(), candidates.end()});
  if (!near.empty()) return fmt::format("; did you mean {}?", near);
  return otherwise.empty() ? "" : "; " + otherwise;
}

std::string listed(const std::vector<std::string>& names) { return fmt::format("{}", fmt::join(names, ", ")); }

}  // namespace ernsim

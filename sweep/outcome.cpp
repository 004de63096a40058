#include "sweep/outcome.h"

#include <fmt/format.h>

#include <cstdlib>
#include <sstream>

namespace ernsim {

// A line "number kind bytes-of-text bytes-of-limited_by figures...", and both texts, for each.

std::string text_of(const std::vector<PointOutcome>& outcomes) {
  std::string text;
  for (const PointOutcome& each : outcomes) {
    text +=
        fmt::format("{} {} {} {}", each.number, static_cast<char>(each.kind), each.text.size(), each.limited_by.size());
    for (const double figure : each.figures) text += fmt::format(" {:.17g}", figure);
    text += "\n" + each.text + each.limited_by;
  }
  return text;
}

std::vector<PointOutcome> outcomes_in(const std::string& text) {
  std::vector<PointOutcome> outcomes;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    std::istringstream line(text.substr(at, end - at));
    PointOutcome outcome;
    char kind = 0;
    std::size_t bytes = 0, more = 0;
    line >> outcome.number >> kind >> bytes >> more;
    outcome.kind = static_cast<PointOutcome::Kind>(kind);
    for (std::string figure; line >> figure;) outcome.figures.push_back(std::strtod(figure.c_str(), nullptr));
    outcome.text = text.substr(end + 1, bytes);
    outcome.limited_by = text.substr(end + 1 + bytes, more);
    at = end + 1 + bytes + more;
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

}  // namespace ernsim

#include "sweep/constraints.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include "sweep/figures.h"

namespace ernsim {

namespace {

constexpr std::size_t longest_text = 1000;
constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
constexpr std::string_view blanks = " \t\r\n";

bool is_resource(const std::string& figure) {
  return figure == "lut" || figure == "ff" || figure == "bram18" || figure == "uram" || figure == "dsp";
}

/// Takes a text apart from its beginning on.
class Scanner {
 public:
  explicit Scanner(const std::string& text) : text_(text) {}

  bool at_end() {
    skip(blanks);
    return at_ == text_.size();
  }
  /// The characters that come next, behind blanks, and are among these.
  std::string next(std::string_view characters) {
    skip(blanks);
    const std::size_t begin = at_;
    skip(characters);
    return text_.substr(begin, at_ - begin);
  }
  bool behind_blank() const { return at_ > 0 && blanks.find(text_[at_ - 1]) != std::string_view::npos; }

 private:
  void skip(std::string_view characters) { at_ = std::min(text_.find_first_not_of(characters, at_), text_.size()); }

  const std::string& text_;
  std::size_t at_ = 0;
};

[[noreturn]] void refuse_form(const std::string& text) {
  throw ConfigError(fmt::format("constraints: '{:.100}': must be FIGURE <, <=, > or >= NUMBER, joined by 'and'", text));
}

double number_of(const std::string& text, const std::string& digits) {
  double value = 0;
  const char* begin = digits.data() + (digits[0] == '+' ? 1 : 0);
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(begin, end, value);
  if (error != std::errc{} || stop != end || !std::isfinite(value))
    throw ConfigError(fmt::format("constraints: '{:.100}': {:.50} is no number", text, digits));
  return value;
}

SweepConstraint next_constraint(const std::string& text, Scanner& scanner) {
  SweepConstraint found{scanner.next(letters), scanner.next("<>="), 0};
  const std::string digits = scanner.next("+-.0123456789eE");
  const std::string& relation = found.relation;
  if (found.figure.empty() || digits.empty() ||
      (relation != "<" && relation != "<=" && relation != ">" && relation != ">="))
    refuse_form(text);
  require_figure(found.figure);
  found.bound = number_of(text, digits);
  if (is_resource(found.figure) && found.bound == 1)
    throw ConfigError(
        fmt::format("constraints: '{:.100}': 1 may be all or one; write {}_share {} 1 for all that the device has",
                    text, found.figure, relation));
  return in_shares(found);
}

/// What every figure keeps.
std::vector<SweepConstraint> natural_bounds(bool must_fit) {
  std::vector<SweepConstraint> bounds{{"utilization", "<=", 1}, {"accuracy", "<=", 1}};
  for (const std::string& figure : figure_names()) {
    const bool positive = figure == "fps" || figure == "latency_ms" || figure == "cycles";
    bounds.push_back({figure, positive ? ">" : ">=", 0});
    if (must_fit && figure.find("_share") != std::string::npos) bounds.push_back({figure, "<=", 1});
  }
  return bounds;
}

/// The same in shares of the device, and in frames per second, so that more constraints can be compared.
SweepConstraint comparable(const SweepConstraint& constraint, const FpgaDevice& device) {
  SweepConstraint same = constraint;
  if (constraint.figure == "latency_ms" && constraint.bound > 0)
    same = {"fps", (constraint.relation[0] == '<' ? ">" : "<") + constraint.relation.substr(1),
            1000 / constraint.bound};
  visit_resources(device.has, [&](const char* name, std::int64_t amount) {
    if (constraint.figure == name && amount > 0)
      same = {name + std::string("_share"), constraint.relation, constraint.bound / static_cast<double>(amount)};
  });
  return same;
}

/// Whether the one bounds from below what the other bounds from above, further down.
bool excludes(const SweepConstraint& low, const SweepConstraint& high) {
  if (low.figure != high.figure || low.relation[0] != '>' || high.relation[0] != '<') return false;
  const bool both_include = low.relation == ">=" && high.relation == "<=";
  return low.bound > high.bound || (low.bound == high.bound && !both_include);
}

bool contradict(const SweepConstraint& a, const SweepConstraint& b, const std::vector<Device>& devices) {
  return std::all_of(devices.begin(), devices.end(), [&](Device each) {
    const auto one = comparable(a, device_of(each)), other = comparable(b, device_of(each));
    return excludes(one, other) || excludes(other, one);
  });
}

}  // namespace

std::string text_of(const SweepConstraint& constraint) {
  return fmt::format("{} {} {}", constraint.figure, constraint.relation, constraint.bound);
}

SweepConstraint in_shares(SweepConstraint constraint) {
  if (is_resource(constraint.figure) && constraint.bound > 0 && constraint.bound < 1) constraint.figure += "_share";
  return constraint;
}

bool keeps(const SweepConstraint& constraint, double value) {
  if (constraint.relation == "<") return value < constraint.bound;
  if (constraint.relation == "<=") return value <= constraint.bound;
  if (constraint.relation == ">") return value > constraint.bound;
  return value >= constraint.bound;
}

std::vector<SweepConstraint> parse_constraints(const std::string& text) {
  if (text.size() > longest_text)
    throw ConfigError(
        fmt::format("constraints: a text of {} characters; up to {} are allowed", text.size(), longest_text));
  Scanner scanner(text);
  std::vector<SweepConstraint> found{next_constraint(text, scanner)};
  while (!scanner.at_end()) {
    if (!scanner.behind_blank() || scanner.next(letters) != "and") refuse_form(text);
    found.push_back(next_constraint(text, scanner));
  }
  return found;
}

void require_possible(const std::vector<SweepConstraint>& constraints, const std::vector<Device>& of_points,
                      bool must_fit) {
  const auto bounds = natural_bounds(must_fit);
  for (auto one = constraints.begin(); one != constraints.end(); ++one) {
    for (const SweepConstraint& bound : bounds)
      if (contradict(*one, bound, of_points))
        throw ConfigError(fmt::format("constraints: {} cannot hold: {} always holds{}", text_of(*one), text_of(bound),
                                      bound.figure.find("_share") != std::string::npos && bound.bound == 1
                                          ? " as long as must_fit is not false"
                                          : ""));
    for (auto other = constraints.begin(); other != one; ++other)
      if (contradict(*one, *other, of_points))
        throw ConfigError(fmt::format("constraints: {} contradicts {}", text_of(*one), text_of(*other)));
  }
}

}  // namespace ernsim

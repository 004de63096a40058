#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "compiler/schedule_error.h"
#include "simulation/forked.h"
#include "tests/property/observed_run.h"
#include "tests/property/random_case.h"
#include "tests/property/random_platform.h"

// Random networks, platforms and schedules: whatever can be seen of a run is the same with both engines of time.
// ERNSIM_PROPERTY_CASES: how many cases (default 200, a multiple of 4). ERNSIM_PROPERTY_SEED: the first seed (default
// 1). ERNSIM_PROPERTY_VERBOSE: list the cases.

using namespace ernsim;

namespace {

constexpr unsigned patience_seconds = 120;  ///< of one run

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string line_at(const std::string& text, std::size_t at) {
  const auto before = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
  const auto begin = before == std::string::npos ? 0 : before + 1;
  return text.substr(begin, text.find('\n', begin) - begin);
}

/// The first line that is not the same; empty if there is none.
std::string first_difference(const std::string& step, const std::string& leap) {
  if (step == leap) return "";
  const auto length = std::min(step.size(), leap.size());
  const auto at = std::mismatch(step.begin(), step.begin() + static_cast<std::ptrdiff_t>(length), leap.begin()).first -
                  step.begin();
  return "step: " + line_at(step, static_cast<std::size_t>(at)) +
         "\nleap: " + line_at(leap, static_cast<std::size_t>(at)) + "\n";
}

/// What differs between the engines; empty if nothing.
std::string compare(const test::RandomCase& chosen, test::Detail detail) try {
  const auto texts = map_forked(2, 1, [&chosen, detail](std::size_t i) {
    ::alarm(patience_seconds);
    return test::observed_run(chosen, i == 0 ? EngineKind::step : EngineKind::leap, detail);
  });
  return first_difference(texts[0], texts[1]);
} catch (const std::runtime_error& error) {
  return std::string(error.what()) + "\n";
}

/// "equal", "refused", or what is wrong and with which case.
std::string outcome_of(std::uint64_t seed) {
  test::RandomCase chosen(seed);
  try {
    chosen.make_schedule();
  } catch (const ConfigError& error) {
    return std::string("refused: ") + error.what();
  } catch (const compiler::CompileError& error) {
    return std::string("refused: ") + error.what();
  } catch (const std::exception& error) {
    return std::string(error.what()) + "\n" + chosen.description();
  }
  const std::string difference = compare(chosen, test::Detail::digests);
  if (difference.empty()) return "equal: " + chosen.edits;
  return difference + "first in time:\n" + compare(chosen, test::Detail::events) + chosen.description();
}

bool begins(const std::string& text, const char* with) { return text.rfind(with, 0) == 0; }

/// One of four parts of the cases, so that they run side by side.
void check_part(std::uint64_t part) {
  const std::uint64_t cases = setting("ERNSIM_PROPERTY_CASES", 200) / 4;
  const std::uint64_t first = setting("ERNSIM_PROPERTY_SEED", 1) + part * cases;
  const auto outcomes = map_forked(cases, 1, [first](std::size_t i) { return outcome_of(first + i); });
  std::size_t equal = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    INFO("ERNSIM_PROPERTY_SEED=" << first + i << " ERNSIM_PROPERTY_CASES=4 property \"*first quarter\"\n"
                                 << outcomes[i]);
    CHECK((begins(outcomes[i], "equal") || begins(outcomes[i], "refused")));
    equal += begins(outcomes[i], "equal") ? 1 : 0;
    if (std::getenv("ERNSIM_PROPERTY_VERBOSE") != nullptr)
      std::cout << "seed " << first + i << " " << outcomes[i] << "\n";
  }
  if (cases >= 20) CHECK(10 * equal >= 6 * cases);  // most draws must fit, or the test shows little
}

}  // namespace

TEST_CASE("random platforms differ in every parameter") {
  std::map<std::string, std::set<std::string>> values;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    test::Draw draw(seed);
    std::istringstream lines(test::to_toml(test::random_platform(draw)));
    std::string section;
    for (std::string line; std::getline(lines, line);) {
      if (line[0] == '[')
        section = line;
      else
        values[section + line.substr(0, line.find(' '))].insert(line);
    }
  }
  // Cycles of loosely timed sockets depend on how far each initiator runs ahead: the engines need not agree on them.
  values.erase("[interconnect]loosely_timed");
  for (const auto& [key, different] : values) {
    INFO(key << " is never drawn");
    CHECK(different.size() > 1);
  }
}

TEST_CASE("stepping and leaping agree on everything: random networks, platforms and schedules, first quarter") {
  check_part(0);
}
TEST_CASE("stepping and leaping agree on everything: random networks, platforms and schedules, second quarter") {
  check_part(1);
}
TEST_CASE("stepping and leaping agree on everything: random networks, platforms and schedules, third quarter") {
  check_part(2);
}
TEST_CASE("stepping and leaping agree on everything: random networks, platforms and schedules, last quarter") {
  check_part(3);
}

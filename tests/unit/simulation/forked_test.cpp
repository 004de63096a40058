#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <cstring>
#include <stdexcept>

#include "simulation/forked.h"

using namespace ernsim;
using Catch::Matchers::Contains;

namespace {

std::vector<ForkedResult> all_of(std::size_t count, std::size_t jobs,
                                 const std::function<std::string(std::size_t)>& work) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < count; ++i) indices.push_back(10 + i);
  std::vector<ForkedResult> results;
  for_each_forked(indices, jobs, work, [&results](const ForkedResult& result) { results.push_back(result); });
  return results;
}

/// As if Catch did not report signals.
void die_of(int signal) {
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

}  // namespace

TEST_CASE("every index is worked on once, in a process of its own") {
  const pid_t here = ::getpid();
  const auto results =
      all_of(7, 3, [here](std::size_t i) { return std::to_string(i) + (::getpid() == here ? " here" : ""); });
  REQUIRE(results.size() == 7);
  std::vector<bool> seen(7);
  for (const auto& result : results) {
    CHECK_FALSE(result.threw);
    CHECK(result.text == std::to_string(result.index));
    seen.at(result.index - 10) = true;
  }
  CHECK(std::count(seen.begin(), seen.end(), true) == 7);
}

TEST_CASE("a result is handed over when it comes: one that never ends holds up no other") {
  const pid_t here = ::fork();
  if (here == 0) {  // ends when three others have been handed over, though the first is still at work
    std::size_t handed_over = 0;
    for_each_forked(
        {0, 1, 2, 3}, 2,
        [](std::size_t i) {
          if (i == 0) ::pause();
          return std::string("done");
        },
        [&handed_over](const ForkedResult&) {
          if (++handed_over == 3) ::_exit(0);
        });
    ::_exit(1);
  }
  int status = -1;
  ::waitpid(here, &status, 0);
  CHECK(status == 0);
}

TEST_CASE("results longer than a pipe holds come whole") {
  for (const auto& result :
       all_of(3, 3, [](std::size_t i) { return std::string(300'000, static_cast<char>('a' + i)); }))
    CHECK(result.text == std::string(300'000, static_cast<char>('a' + result.index)));
}

TEST_CASE("an exception, a crash and a process that vanishes are results that say so, and the others go on") {
  const auto results = all_of(4, 1, [](std::size_t i) -> std::string {
    if (i == 10) throw std::runtime_error("too large");
    if (i == 11) die_of(SIGSEGV);
    if (i == 12) ::_exit(3);
    return "fine";
  });
  REQUIRE(results.size() == 4);
  CHECK(results[0].text == "too large");
  CHECK_THAT(results[1].text, Contains("crashed: SIGSEGV"));
  CHECK_THAT(results[2].text, Contains("without a result"));
  for (std::size_t i = 0; i < 3; ++i) CHECK((results[i].threw && !results[i].killed));
  CHECK_FALSE(results[3].threw);
  CHECK(results[3].text == "fine");
}

TEST_CASE("a process that was ended from outside has no result, and what ended it is named") {
  for (const int signal : {SIGKILL, SIGTERM, SIGINT, SIGHUP}) {
    const auto results = all_of(2, 2, [signal](std::size_t i) {
      if (i == 10) die_of(signal);
      return std::string("fine");
    });
    REQUIRE(results.size() == 2);
    const auto& ended = results[results[0].index == 10 ? 0 : 1];
    CHECK(ended.killed);
    CHECK_FALSE(ended.threw);
    CHECK_THAT(ended.text, Catch::StartsWith("SIG" + std::string(::sigabbrev_np(signal))));
  }
}

TEST_CASE("texts in order are in the order of their numbers, whichever comes first") {
  const auto texts = map_forked(4, 4, [](std::size_t i) {
    ::usleep(static_cast<useconds_t>(20'000 * (4 - i)));
    return std::to_string(i);
  });
  CHECK(texts == std::vector<std::string>{"0", "1", "2", "3"});
}

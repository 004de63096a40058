#include "simulation/forked.h"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <thread>

#include "config/user_error.h"

namespace ernsim {

namespace {

struct Child {
  std::size_t index = 0;
  pid_t process = -1;
  int results = -1;  ///< read end of its pipe
  std::string text;  ///< what has come so far
};

void write_all(int descriptor, const std::string& text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const ssize_t count = ::write(descriptor, text.data() + at, text.size() - at);
    if (count <= 0) return;
    at += static_cast<std::size_t>(count);
  }
}

/// First character: r for a result, u or e for the text of an exception, k for the signal that ended a process of its
/// own.
std::string packed(const ForkedResult& result) {
  const char* kind = result.killed ? "k" : result.users ? "u" : result.threw ? "e" : "r";
  return kind + result.text;
}

ForkedResult unpacked(std::size_t index, const std::string& text) {
  return {index, text[0] == 'e' || text[0] == 'u', text[0] == 'u', text[0] == 'k', text.substr(1)};
}

Child start(const std::function<std::string(std::size_t)>& work, std::size_t index) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe to another process");
  std::fflush(nullptr);
  const pid_t parent = ::getpid(), process = ::fork();
  if (process < 0) throw std::runtime_error("no further process can be started");
  if (process == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(0);  // it ended before that
    ::close(ends[0]);
    write_all(ends[1], packed(attempted(work, index)));
    ::_exit(0);  // no destructors of what the parent still needs
  }
  ::close(ends[1]);
  return {index, process, ends[0], {}};
}

/// Reads what has come; whether that was all.
bool drained(Child& child) {
  std::array<char, 4096> buffer{};
  const ssize_t count = ::read(child.results, buffer.data(), buffer.size());
  if (count > 0) child.text.append(buffer.data(), static_cast<std::size_t>(count));
  return count <= 0;
}

/// "SIGSEGV (Segmentation fault)".
std::string name_of(int signal) { return signal_name(signal) + " (" + ::strsignal(signal) + ")"; }

/// Signals that what a process does itself brings about.
bool is_crash(int signal) {
  constexpr std::array<int, 7> crashes{SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS};
  return std::find(crashes.begin(), crashes.end(), signal) != crashes.end();
}

ForkedResult ended(const Child& child) {
  ::close(child.results);
  int status = 0;
  ::waitpid(child.process, &status, 0);
  const std::size_t index = child.index;
  if (WIFSIGNALED(status) && is_crash(WTERMSIG(status)))
    return {index, true, false, false, "the simulation crashed: " + name_of(WTERMSIG(status))};
  if (WIFSIGNALED(status)) return {index, false, false, true, name_of(WTERMSIG(status))};
  if (child.text.empty()) return {index, true, false, false, "the simulation's process ended without a result"};
  return unpacked(index, child.text);
}

/// Waits until one of them has ended and takes it out; none if a signal came that stops.
std::optional<ForkedResult> first_to_end(std::vector<Child>& running, StopSignals* stops) {
  std::vector<pollfd> ends;
  for (const Child& child : running) ends.push_back({child.results, POLLIN, 0});
  if (stops != nullptr) ends.push_back({stops->descriptor(), POLLIN, 0});
  while (true) {
    ::poll(ends.data(), ends.size(), -1);
    if (stops != nullptr && stops->taken() != 0) return std::nullopt;
    for (std::size_t i = 0; i < running.size(); ++i) {
      if (ends[i].revents == 0 || !drained(running[i])) continue;
      const Child child = running[i];
      running.erase(running.begin() + static_cast<std::ptrdiff_t>(i));
      return ended(child);
    }
  }
}

void end_all(const std::vector<Child>& running) {
  for (const Child& child : running) ::kill(child.process, SIGKILL);
  for (const Child& child : running) ended(child);
}

}  // namespace

ForkedResult attempted(const std::function<std::string(std::size_t)>& work, std::size_t index) try {
  return {index, false, false, false, work(index)};
} catch (const ProcessKilled& error) {
  return {index, false, false, true, error.signal()};
} catch (const UserError& error) {
  return {index, true, true, false, error.what()};
} catch (const std::exception& error) {
  return {index, true, false, false, error.what()};
}

void for_each_forked(const std::vector<std::size_t>& indices, std::size_t jobs,
                     const std::function<std::string(std::size_t)>& work,
                     const std::function<void(const ForkedResult&)>& done, StopSignals* stops) {
  std::vector<Child> running;
  std::size_t next = 0;
  while (next < indices.size() || !running.empty()) {
    while (next < indices.size() && running.size() < std::max<std::size_t>(jobs, 1))
      running.push_back(start(work, indices[next++]));
    const auto result = first_to_end(running, stops);
    if (!result) return end_all(running);
    done(*result);
  }
}

std::vector<std::string> map_forked(std::size_t count, std::size_t jobs,
                                    const std::function<std::string(std::size_t)>& work) {
  std::vector<std::size_t> indices(count);
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  std::vector<std::string> results(count);
  for_each_forked(indices, jobs, work, [&results](const ForkedResult& result) {
    if (result.killed) throw ProcessKilled(result.text);
    if (result.users) throw UserError(result.text);
    if (result.threw) throw std::runtime_error(result.text);
    results[result.index] = result.text;
  });
  return results;
}

std::size_t default_jobs() { return std::max(1U, std::thread::hardware_concurrency()); }

}  // namespace ernsim

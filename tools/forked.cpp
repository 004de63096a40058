#include "tools/forked.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <deque>
#include <numeric>
#include <stdexcept>
#include <thread>

namespace ernsim::tools {

namespace {

struct Child {
  pid_t process = -1;
  int results = -1;  ///< read end of its pipe
};

void write_all(int descriptor, const std::string& text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const ssize_t count = ::write(descriptor, text.data() + at, text.size() - at);
    if (count <= 0) return;
    at += static_cast<std::size_t>(count);
  }
}

/// First character: r for a result, e for the text of an exception.
std::string attempt(const std::function<std::string(std::size_t)>& work, std::size_t index) try {
  return "r" + work(index);
} catch (const std::exception& error) {
  return std::string("e") + error.what();
}

Child start(const std::function<std::string(std::size_t)>& work, std::size_t index) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe to another process");
  std::fflush(nullptr);
  const pid_t process = ::fork();
  if (process < 0) throw std::runtime_error("no further process can be started");
  if (process == 0) {
    ::close(ends[0]);
    write_all(ends[1], attempt(work, index));
    ::_exit(0);  // no destructors of what the parent still needs
  }
  ::close(ends[1]);
  return {process, ends[0]};
}

ForkedResult collect(const Child& child, std::size_t index) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t count; (count = ::read(child.results, buffer.data(), buffer.size())) > 0;)
    text.append(buffer.data(), static_cast<std::size_t>(count));
  ::close(child.results);
  int status = 0;
  ::waitpid(child.process, &status, 0);
  if (text.empty() || !WIFEXITED(status)) return {index, true, "a simulation process ended without a result"};
  return {index, text[0] == 'e', text.substr(1)};
}

}  // namespace

void for_each_forked(const std::vector<std::size_t>& indices, std::size_t jobs,
                     const std::function<std::string(std::size_t)>& work,
                     const std::function<void(const ForkedResult&)>& done) {
  std::deque<Child> running;
  std::size_t next = 0;
  for (const std::size_t index : indices) {
    while (next < indices.size() && running.size() < std::max<std::size_t>(jobs, 1))
      running.push_back(start(work, indices[next++]));
    const Child oldest = running.front();
    running.pop_front();
    done(collect(oldest, index));
  }
}

std::vector<std::string> map_forked(std::size_t count, std::size_t jobs,
                                    const std::function<std::string(std::size_t)>& work) {
  std::vector<std::size_t> indices(count);
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  std::vector<std::string> results;
  for_each_forked(indices, jobs, work, [&results](const ForkedResult& result) {
    if (result.threw) throw std::runtime_error(result.text);
    results.push_back(result.text);
  });
  return results;
}

std::size_t default_jobs() { return std::max(1U, std::thread::hardware_concurrency()); }

}  // namespace ernsim::tools

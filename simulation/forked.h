#pragma once

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "output/interruption.h"

namespace ernsim {

/// A process was ended from outside: nothing is known of what it did.
class ProcessKilled : public std::runtime_error {
 public:
  explicit ProcessKilled(const std::string& signal)
      : std::runtime_error("a process was ended by " + signal), signal_(signal) {}
  const std::string& signal() const { return signal_; }

 private:
  std::string signal_;
};

/// Calls work(0) to work(count - 1), each in a process of its own because SystemC elaborates once per process, at most
/// `jobs` at a time, and returns their texts in order. Throws what a call threw, UserError or otherwise
/// std::runtime_error, the latter also if a process crashed; ProcessKilled, with the signal, if one was ended from
/// outside.
std::vector<std::string> map_forked(std::size_t count, std::size_t jobs,
                                    const std::function<std::string(std::size_t)>& work);

/// What one call gave.
struct ForkedResult {
  std::size_t index = 0;
  bool threw = false;   ///< or its process crashed or vanished
  bool users = false;   ///< it threw UserError
  bool killed = false;  ///< its process, or one of its own, was ended from outside: nothing is known of it
  std::string text;     ///< the result, the exception's text, or the signal that ended it
};

/// What work(index) gives in this process.
ForkedResult attempted(const std::function<std::string(std::size_t)>& work, std::size_t index);

/// The same for work(i) of every i in `indices`, begun in that order; `done` is called in this process as results come,
/// whichever comes first. A call that throws, or whose process crashes or is killed, is a result too. The processes end
/// with this one, and when one of the signals `stops` has come: then the rest is left undone.
void for_each_forked(const std::vector<std::size_t>& indices, std::size_t jobs,
                     const std::function<std::string(std::size_t)>& work,
                     const std::function<void(const ForkedResult&)>& done, StopSignals* stops = nullptr);

/// One process per core.
std::size_t default_jobs();

}  // namespace ernsim

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "simulation/stop_signals.h"

namespace ernsim {

/// Calls work(0) to work(count - 1), each in a process of its own because SystemC elaborates once per process, at most
/// `jobs` at a time, and returns their texts in order. Throws std::runtime_error with the text of a call that threw, or
/// if a process ended otherwise.
std::vector<std::string> map_forked(std::size_t count, std::size_t jobs,
                                    const std::function<std::string(std::size_t)>& work);

/// What one call gave.
struct ForkedResult {
  std::size_t index = 0;
  bool threw = false;   ///< or its process crashed or vanished
  bool killed = false;  ///< its process was ended from outside: nothing is known of it
  std::string text;     ///< the result, the exception's text, or the signal that ended it
};

/// The same for work(i) of every i in `indices`, begun in that order; `done` is called in this process as results come,
/// whichever comes first. A call that throws, or whose process crashes or is killed, is a result too. The processes end
/// with this one, and when one of the signals `stops` has come: then the rest is left undone.
void for_each_forked(const std::vector<std::size_t>& indices, std::size_t jobs,
                     const std::function<std::string(std::size_t)>& work,
                     const std::function<void(const ForkedResult&)>& done, StopSignals* stops = nullptr);

/// One process per core.
std::size_t default_jobs();

}  // namespace ernsim

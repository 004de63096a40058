#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace ernsim {

/// Done, total and the time that is left, on standard error: a bar if that is a terminal, otherwise a line a minute.
class SweepProgress {
 public:
  /// `what` is counted: "points".
  SweepProgress(std::size_t total, std::string what);
  ~SweepProgress();
  SweepProgress(const SweepProgress&) = delete;
  SweepProgress& operator=(const SweepProgress&) = delete;

  void step();

 private:
  std::size_t total_, done_ = 0;
  std::string what_;
  bool shown_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now(), told_ = begin_;
};

/// "48 s", "2:05 min" or "1:30 h".
std::string duration_text(double seconds);

}  // namespace ernsim

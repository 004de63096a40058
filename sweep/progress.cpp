#include "sweep/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace ernsim {

namespace {

constexpr std::size_t bar_width = 30;

}  // namespace

SweepProgress::SweepProgress(std::size_t total, std::string what)
    : total_(total), what_(std::move(what)), shown_(::isatty(STDERR_FILENO) != 0) {}

SweepProgress::~SweepProgress() {
  if (shown_) fmt::print(stderr, "\r{:79}\r", "");
}

void SweepProgress::step() {
  ++done_;
  const auto now = std::chrono::steady_clock::now();
  if (!shown_ && now - told_ < std::chrono::minutes(1)) return;
  const std::chrono::duration<double> spent = now - begin_;
  const double left = spent.count() / static_cast<double>(done_) * static_cast<double>(total_ - done_);
  told_ = now;
  if (!shown_) return fmt::print(stderr, "ernsim: {} of {} {}, {} left\n", done_, total_, what_, duration_text(left));
  fmt::print(stderr, "\r[{:-<{}}] {:3}%  {} of {} {:.30}, {} left   ", std::string(bar_width * done_ / total_, '#'),
             bar_width, 100 * done_ / total_, done_, total_, what_, duration_text(left));
  std::fflush(stderr);
}

std::string duration_text(double seconds) {
  const auto whole = static_cast<long>(seconds + 0.5);
  if (whole < 60) return fmt::format("{} s", whole);
  return whole < 3600 ? fmt::format("{}:{:02} min", whole / 60, whole % 60)
                      : fmt::format("{}:{:02} h", whole / 3600, whole % 3600 / 60);
}

}  // namespace ernsim

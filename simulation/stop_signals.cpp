#include "simulation/stop_signals.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace ernsim {

namespace {

constexpr std::array<int, 3> stops{SIGINT, SIGTERM, SIGHUP};

bool is_ignored(int signal) {
  struct sigaction action {};
  ::sigaction(signal, nullptr, &action);
  return action.sa_handler == SIG_IGN;
}

/// A blocked signal would come even if it was ignored.
sigset_t stops_that_are_not_ignored() {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int signal : stops)
    if (!is_ignored(signal)) ::sigaddset(&set, signal);
  return set;
}

}  // namespace

StopSignals::StopSignals() {
  const sigset_t set = stops_that_are_not_ignored();
  ::sigprocmask(SIG_BLOCK, &set, &before_);
  descriptor_ = ::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
  if (descriptor_ < 0) throw std::runtime_error("signals cannot be waited for");
}

StopSignals::~StopSignals() {
  ::close(descriptor_);
  ::sigprocmask(SIG_SETMASK, &before_, nullptr);
}

int StopSignals::taken() {
  signalfd_siginfo found{};
  if (taken_ == 0 && ::read(descriptor_, &found, sizeof found) == static_cast<ssize_t>(sizeof found))
    taken_ = static_cast<int>(found.ssi_signo);
  return taken_;
}

void StopSignals::let_go() const {
  for (const int signal : stops)
    if (!is_ignored(signal)) ::signal(signal, SIG_DFL);
  ::sigprocmask(SIG_SETMASK, &before_, nullptr);
}

void end_by(int signal) {
  std::fflush(nullptr);
  ::signal(signal, SIG_DFL);
  ::raise(signal);
  std::_Exit(128 + signal);  // if the signal is blocked
}

std::string signal_name(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name == nullptr ? "signal " + std::to_string(signal) : std::string("SIG") + name;
}

}  // namespace ernsim

#pragma once

#include <signal.h>

#include <string>

namespace ernsim {

/// While it lives, Ctrl-C (SIGINT), SIGTERM and SIGHUP do not end the process but wait to be asked for. A signal that
/// was ignored before, as SIGHUP under nohup, stays so.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// For poll(): can be read when a signal has come.
  int descriptor() const { return descriptor_; }
  /// The signal that has come first; 0 if none has.
  int taken();
  /// For a process that was forked: signals end it at once, without a word.
  void let_go() const;

 private:
  sigset_t before_{};
  int descriptor_ = -1;
  int taken_ = 0;
};

/// Ends this process as the signal would have.
[[noreturn]] void end_by(int signal);

/// "SIGINT".
std::string signal_name(int signal);

}  // namespace ernsim

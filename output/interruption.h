#pragma once

#include <list>
#include <string>

namespace ernsim {

/// From here on SIGHUP, SIGINT, SIGQUIT, SIGTERM and SIGXCPU first remove what RemovedOnInterruption names and say in
/// one line on standard error what is lost and what is kept; SIGPIPE removes too and says nothing. Then the process
/// ends by the signal. Signals that were ignored stay so. A file that grows too large is an error of writing (SIGXFSZ
/// is ignored). Only the process that calls this cleans up, not those it forks.
void handle_interruption();

/// While one exists those signals wait: for steps that are done as a whole or not at all. May be nested. Of this and of
/// what follows only the main thread makes any.
class Uninterrupted {
 public:
  Uninterrupted();
  ~Uninterrupted();
  Uninterrupted(const Uninterrupted&) = delete;
  Uninterrupted& operator=(const Uninterrupted&) = delete;
};

/// A file or an empty folder that shall not stay behind. Named before it is made; the last one named goes first.
class RemovedOnInterruption {
 public:
  explicit RemovedOnInterruption(std::string path);
  ~RemovedOnInterruption();
  RemovedOnInterruption(const RemovedOnInterruption&) = delete;
  RemovedOnInterruption& operator=(const RemovedOnInterruption&) = delete;

 private:
  std::list<std::string>::iterator at_;
};

/// An output that the user asked for: the line says that it is not written or, after done(), that it is complete.
class AnnouncedOutput {
 public:
  explicit AnnouncedOutput(const std::string& name);
  ~AnnouncedOutput();  ///< one that is complete is still named
  AnnouncedOutput(const AnnouncedOutput&) = delete;
  AnnouncedOutput& operator=(const AnnouncedOutput&) = delete;

  void done();

 private:
  std::list<std::string>::iterator at_;
  bool done_ = false;
};

/// While it lives SIGHUP, SIGINT and SIGTERM do not end this process but wait to be asked for: for work that stops by
/// itself, keeping what it has. Processes that are forked meanwhile end by them at once. There is one at a time.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();  ///< a signal that nobody asked for ends the process now
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// For poll(): can be read when a signal has come.
  int descriptor() const { return descriptor_; }
  /// The signal that has come first; 0 if none has.
  int taken();

 private:
  int descriptor_ = -1;
  bool asked_ = false;
};

/// Ends this process as the signal would have, removing what RemovedOnInterruption names. The caller has said why.
[[noreturn]] void end_by(int signal);

/// "SIGINT".
std::string signal_name(int signal);

/// What the line says besides, as in "sweep.sqlite keeps 4 of 16 points; --resume goes on". Empty: nothing.
void say_on_interruption(const std::string& text);

}  // namespace ernsim

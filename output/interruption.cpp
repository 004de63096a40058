#include "output/interruption.h"

#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <stdexcept>

#include "output/printable.h"

namespace ernsim {

namespace {

constexpr int ending_signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU, SIGPIPE};

/// Changed inside Uninterrupted only, so that a signal's handler finds it whole.
struct State {
  std::list<std::string> temporary, missing, complete;
  std::string besides;
};

State& state() {
  static State* const one = new State;  // never destroyed: a signal may come at the very end
  return *one;
}

std::atomic<pid_t> owner{0};
std::atomic<int> held{0}, pending{0};
std::atomic<int> stop_descriptor{-1}, stopped_by{0};  ///< of the StopSignals that lives
std::atomic_flag ending = ATOMIC_FLAG_INIT;

void say(const char* text) {
  std::size_t left = std::strlen(text);
  for (ssize_t count = 0; left > 0 && (count = ::write(STDERR_FILENO, text, left)) > 0; text += count)
    left -= static_cast<std::size_t>(count);
}

void say_all(const char* before, const std::list<std::string>& names) {
  for (const std::string& name : names) {
    say(before);
    say(name.c_str());
    before = ", ";
  }
}

void say_what_is_left(int signal) {
  const State& now = state();
  say("ernsim: ended by SIG");
  say(::sigabbrev_np(signal));
  if (!now.missing.empty()) say_all(": not written: ", now.missing);
  if (!now.complete.empty()) say_all(now.missing.empty() ? ": complete: " : "; complete: ", now.complete);
  if (!now.besides.empty()) {
    say(now.missing.empty() && now.complete.empty() ? ": " : "; ");
    say(now.besides.c_str());
  }
  say("\n");
}

/// Ends the process as if the signal had not been caught. Only what a signal's handler may call.
[[noreturn]] void clean_up_and_end_by(int signal, bool quiet) {
  sigset_t all, one;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
  while (ending.test_and_set()) ::pause();  // another thread is at it
  if (::getpid() == owner) {
    for (auto path = state().temporary.rbegin(); path != state().temporary.rend(); ++path)
      if (::unlink(path->c_str()) != 0) ::rmdir(path->c_str());
    if (!quiet && signal != SIGPIPE) say_what_is_left(signal);
  }
  struct sigaction plain {};
  plain.sa_handler = SIG_DFL;
  ::sigaction(signal, &plain, nullptr);
  ::raise(signal);
  ::sigemptyset(&one);
  ::sigaddset(&one, signal);
  ::pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
  ::_exit(128 + signal);
}

/// Whether work that stops by itself has been told.
bool told(int signal) {
  const int descriptor = stop_descriptor;
  if (descriptor < 0 || ::getpid() != owner || (signal != SIGHUP && signal != SIGINT && signal != SIGTERM))
    return false;
  int none = 0;
  stopped_by.compare_exchange_strong(none, signal);
  const std::uint64_t one = 1;
  return ::write(descriptor, &one, sizeof one) == static_cast<ssize_t>(sizeof one);
}

void on_signal(int signal) {
  const int error = errno;
  if (!told(signal)) {
    pending = signal;
    if (held == 0) clean_up_and_end_by(signal, false);
  }
  errno = error;
}

std::list<std::string>::iterator add(std::list<std::string>& list, std::string text) {
  const Uninterrupted whole;
  return list.insert(list.end(), std::move(text));
}

}  // namespace

void handle_interruption() {
  owner = ::getpid();
  state();
  struct sigaction action {
  }, before{};
  ::sigfillset(&action.sa_mask);
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  for (const int signal : ending_signals) {
    ::sigaction(signal, nullptr, &before);
    if (before.sa_handler != SIG_IGN) ::sigaction(signal, &action, nullptr);
  }
  ::signal(SIGXFSZ, SIG_IGN);
}

Uninterrupted::Uninterrupted() {
  if (held.fetch_add(1) == 0 && pending != 0) clean_up_and_end_by(pending, false);
}

Uninterrupted::~Uninterrupted() {
  if (held.fetch_sub(1) == 1 && pending != 0) clean_up_and_end_by(pending, false);
}

RemovedOnInterruption::RemovedOnInterruption(std::string path) : at_(add(state().temporary, std::move(path))) {}

RemovedOnInterruption::~RemovedOnInterruption() {
  const Uninterrupted whole;
  state().temporary.erase(at_);
}

AnnouncedOutput::AnnouncedOutput(const std::string& name) : at_(add(state().missing, printable(name))) {}

AnnouncedOutput::~AnnouncedOutput() {
  const Uninterrupted whole;
  if (!done_) state().missing.erase(at_);
}

void AnnouncedOutput::done() {
  const Uninterrupted whole;
  if (!done_) state().complete.splice(state().complete.end(), state().missing, at_);
  done_ = true;
}

StopSignals::StopSignals() : descriptor_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (descriptor_ < 0) throw std::runtime_error("signals cannot be waited for");
  if (owner != ::getpid()) handle_interruption();
  stopped_by = 0;
  stop_descriptor = descriptor_;
}

StopSignals::~StopSignals() {
  stop_descriptor = -1;
  ::close(descriptor_);
  if (!asked_ && stopped_by != 0) clean_up_and_end_by(stopped_by, false);
}

int StopSignals::taken() {
  asked_ = asked_ || stopped_by != 0;
  return stopped_by;
}

void end_by(int signal) {
  std::fflush(nullptr);
  clean_up_and_end_by(signal, true);
}

std::string signal_name(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name == nullptr ? "signal " + std::to_string(signal) : std::string("SIG") + name;
}

void say_on_interruption(const std::string& text) {
  const Uninterrupted whole;
  state().besides = printable(text);
}

}  // namespace ernsim

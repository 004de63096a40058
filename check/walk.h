#pragma once

#include <string>
#include <vector>

#include "check/trace.h"

namespace ernsim::check {

/// One channel beat by beat, in the order of the trace; holds one chunk at a time. A channel that is not there has no
/// beats.
class Walk {
 public:
  Walk(const Trace& trace, const std::string& channel);

  bool more() const { return at_ < run_.count; }
  Cycle cycle() const { return run_.cycles[at_]; }
  std::uint32_t address() const { return run_.addresses[at_]; }
  const std::uint8_t* data() const { return run_.data.data() + at_ * word_bytes_; }
  std::size_t word_bytes() const { return word_bytes_; }
  /// The layer that the beat belongs to, -1 if it is not known.
  int layer() const { return run_.context.known ? run_.context.layer : -1; }
  void next();
  /// Leaves out the beats before that cycle.
  void skip_to(Cycle cycle) {
    while (more() && this->cycle() < cycle) next();
  }
  /// The data as a number of at most 4 bytes.
  std::uint32_t value() const;

 private:
  std::optional<traces::RunCursor> cursor_;
  std::size_t word_bytes_ = 0;
  traces::Run run_;
  std::size_t at_ = 0;
};

/// Beats taken out of a channel.
struct Beats {
  std::size_t word_bytes = 0;
  std::vector<Cycle> cycles;
  std::vector<std::uint32_t> addresses;
  std::vector<std::uint8_t> data;

  std::size_t size() const { return cycles.size(); }
  const std::uint8_t* word(std::size_t i) const { return data.data() + i * word_bytes; }
  void clear();
  /// Takes the beat that the walk stands at.
  void take(Walk& walk);
  /// Takes the beats before `cycle`, at most `most` of them.
  void take_before(Walk& walk, Cycle cycle, std::size_t most = SIZE_MAX);
};

}  // namespace ernsim::check

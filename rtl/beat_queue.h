#pragma once

#include <deque>
#include <vector>

#include "models/accelerator/unit/port_observer.h"
#include "rtl/pins.h"

namespace ernsim::rtl {

/// The beats seen at one port of a design and not yet reported. A trace has them by instruction and sweep, as the
/// model's units report them; which ones belong together is known only later.
class BeatQueue {
 public:
  BeatQueue(Port port, std::size_t word_bytes) : port_(port), word_bytes_(word_bytes) {}

  /// Beats of one cycle are kept in the order of their addresses.
  void add(Cycle cycle, std::uint32_t address, const Bytes& data);
  void clear() { beats_.clear(); }
  std::size_t count_before(Cycle end) const;
  std::size_t size() const { return beats_.size(); }
  const Bytes& data(std::size_t i) const { return beats_[i].data; }

  /// Reports the first `count` beats, or as many as there are, as one run; removes them.
  void report(std::size_t count, const Instruction& instruction, PortObserver* ports);

 private:
  struct Beat {
    Cycle cycle;
    std::uint32_t address;
    Bytes data;
  };

  Port port_;
  std::size_t word_bytes_;
  std::deque<Beat> beats_;
};

}  // namespace ernsim::rtl

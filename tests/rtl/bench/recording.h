#pragma once

#include <array>
#include <string>

#include "tests/rtl/bench/memories.h"
#include "timing/clock.h"

namespace ernsim::rtl {

/// What is compared, each a sequence in time. Banks of A at the convolution unit, semaphores and units have one
/// each.
enum class Channel {
  convolution_start,  ///< semaphores taken; value: nothing
  convolution_finish,
  convolution_done,  ///< last of the stream
  convolution_busy,  ///< in each cycle in which its arrays work on a pixel
  quantization_start,
  quantization_finish,
  quantization_done,
  posts,    ///< of unit `lane`; value: mask
  takes,    ///< from semaphore `lane`, by a unit tested alone; value: count
  credits,  ///< of semaphore `lane`; value: what can be taken, whenever that changes
  convolution_a_read,
  w_read,
  f_read,
  f_write,
  quantization_f_read,
  r_read,
  q_read,
  a_write,
  s_write,
  wrong_store_read,  ///< the store engine did not read what was written; nothing expects this
};
const char* name_of(Channel channel);

/// One event: at a memory port, value is the address, and `data` the word written.
struct Event {
  Cycle cycle = 0;
  Channel channel{};
  int lane = 0;
  std::uint32_t value = 0;
  Bytes data;
};

/// What one side did, in any order between channels, in order of time within one.
struct Recording {
  explicit Recording(const Shape& shape) : final(shape) {}

  std::vector<Event> events;
  Memories final;

  void add(Cycle cycle, Channel channel, int lane, std::uint32_t value, Bytes data = {}) {
    events.push_back({cycle, channel, lane, value, std::move(data)});
  }
};

/// Adds the posts of one cycle, those of each unit apart.
void add_posts(Recording& recording, Cycle now, std::uint32_t mask);

/// The first difference of each kind, empty if there is none.
struct Verdict {
  std::string values;  ///< final contents of A, F and S
  std::string order;   ///< every channel's events, without their cycles
  std::string cycles;  ///< the same, with their cycles

  bool equal() const { return values.empty() && order.empty() && cycles.empty(); }
};

Verdict compare(const Recording& expected, const Recording& got);

}  // namespace ernsim::rtl

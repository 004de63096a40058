#pragma once

#include "tests/rtl/bench/credit_counters.h"
#include "tests/rtl/bench/rtl.h"
#include "tests/rtl/bench/verilated_port.h"

namespace ernsim::rtl {

/// The quantization unit alone, between memories and semaphores that are plain C++.
template <class Model>
class QuantizationRtl : public Rtl {
 public:
  ~QuantizationRtl() override { model_.final(); }

  void begin(const Stimulus& stimulus) override {
    memories_ = stimulus.initial;
    credits_ = CreditCounters(stimulus);
    watch_ = {};
    reset(model_, {&model_.push_count}, stimulus.seed);
  }

  void cycle(const Inputs& inputs, Recording& recording, Cycle now) override {
    credits_.begin(now);
    for (std::size_t s = 0; s < semaphore_count; ++s) watch_.note(recording, now, s, credits_.credits(s));
    for (std::size_t i = 0; i < waited_.size(); ++i) {
      const std::uint16_t credits = credits_.credits(waited_[i]);
      set(model_.credits, &credits, sizeof credits, 2 * i);
    }
    set_pushes(model_.push_count, model_.push_data, inputs.pushes[static_cast<std::size_t>(Unit::quantization)]);
    model_.clock = 0;
    model_.eval();
    control(inputs, recording, now);
    writes(recording, now);
    reads(recording, now);
  }

  void read_back(Memories& memories) override { memories = memories_; }

 private:
  void control(const Inputs& inputs, Recording& recording, Cycle now) {
    for (std::size_t i = 0; i < waited_.size(); ++i) {
      const std::uint16_t count = get_count(model_.takes, i);
      credits_.take(waited_[i], count);
      if (count != 0) recording.add(now, Channel::takes, static_cast<int>(waited_[i]), count);
    }
    credits_.post(inputs.posts | model_.posts, now);
    if (model_.consumed) recording.add(now, Channel::quantization_start, 0, 0);
    if (model_.finished) recording.add(now, Channel::quantization_finish, 0, 0);
    if (model_.done_last) recording.add(now, Channel::quantization_done, 0, 0);
    add_posts(recording, now, model_.posts);
  }

  void writes(Recording& recording, Cycle now) {
    const auto write = [&](bool is_written, Memory& memory, Channel channel, std::uint16_t address, Bytes data) {
      if (!is_written) return;
      memory.write(address, data);
      recording.add(now, channel, 0, address, std::move(data));
    };
    write(model_.a_write, memories_.a, Channel::a_write, model_.a_address, get(model_.a_data, memories_.a.word_bytes));
    write(model_.s_write, memories_.s, Channel::s_write, model_.s_address, get(model_.s_data, memories_.s.word_bytes));
  }

  /// Nothing this unit writes is read by it. Data are there after the edge.
  void reads(Recording& recording, Cycle now) {
    const bool f_read = model_.f_read, r_read = model_.r_read, q_read = model_.q_read;
    const std::uint16_t f = model_.f_address, r = model_.r_address, q = model_.q_address;
    model_.clock = 1;
    model_.eval();
    if (f_read) recording.add(now, Channel::quantization_f_read, 0, f);
    if (r_read) recording.add(now, Channel::r_read, 0, r);
    if (q_read) recording.add(now, Channel::q_read, 0, q);
    if (f_read) set(model_.f_data, memories_.f.word(f), memories_.f.word_bytes);
    if (r_read) set(model_.r_data, memories_.r.word(r), memories_.r.word_bytes);
    if (q_read) set(model_.q_data, memories_.q.word(q), memories_.q.word_bytes);
  }

  static constexpr std::array<std::size_t, 6> waited_{3, 5, 9, 11, 13, 16};
  Model model_;
  Memories memories_;
  CreditCounters credits_;
  CreditWatch watch_;
};

}  // namespace ernsim::rtl

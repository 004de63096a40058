#pragma once

#include "tests/rtl/bench/credit_counters.h"
#include "tests/rtl/bench/rtl.h"
#include "tests/rtl/bench/verilated_port.h"

namespace ernsim::rtl {

/// The convolution unit alone, between memories and semaphores that are plain C++.
template <class Model>
class ConvolutionRtl : public Rtl {
 public:
  ~ConvolutionRtl() override { model_.final(); }

  void begin(const Stimulus& stimulus) override {
    banks_ = static_cast<std::size_t>(stimulus.shape.banks);
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
    set_pushes(model_.push_count, model_.push_data, inputs.pushes[static_cast<std::size_t>(Unit::convolution)]);
    model_.clock = 0;
    model_.eval();
    control(inputs, recording, now);
    memory_ports(recording, now);
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
    if (model_.consumed) recording.add(now, Channel::convolution_start, 0, 0);
    if (model_.finished) recording.add(now, Channel::convolution_finish, 0, 0);
    if (model_.done_last) recording.add(now, Channel::convolution_done, 0, 0);
    if (model_.busy) recording.add(now, Channel::convolution_busy, 0, 0);
    add_posts(recording, now, model_.posts);
  }

  /// Reads see the memories as they are before this cycle's write; data are there after the edge.
  void memory_ports(Recording& recording, Cycle now) {
    const std::uint32_t a_read = model_.a_read;
    std::vector<std::uint16_t> a_address;
    for (std::size_t k = 0; k < banks_; ++k) a_address.push_back(get_16(model_.a_address, k));
    const bool w_read = model_.w_read, f_read = model_.f_read;
    const std::uint16_t w_address = model_.w_address, f_address = model_.f_read_address;
    const Bytes f_word(memories_.f.word(f_address), memories_.f.word(f_address) + memories_.f.word_bytes);
    if (w_read) recording.add(now, Channel::w_read, 0, w_address);
    if (f_read) recording.add(now, Channel::f_read, 0, f_address);
    if (model_.f_write) {
      Bytes data = get(model_.f_write_data, memories_.f.word_bytes);
      memories_.f.write(model_.f_write_address, data);
      recording.add(now, Channel::f_write, 0, model_.f_write_address, std::move(data));
    }
    model_.clock = 1;
    model_.eval();
    for (std::size_t k = 0; k < banks_; ++k) {
      if ((a_read >> k & 1U) == 0) continue;
      recording.add(now, Channel::convolution_a_read, static_cast<int>(k), a_address[k]);
      set(model_.a_data, memories_.a.word(a_address[k]), memories_.a.word_bytes, k * memories_.a.word_bytes);
    }
    if (w_read) set(model_.w_data, memories_.w.word(w_address), memories_.w.word_bytes);
    if (f_read) set(model_.f_read_data, f_word.data(), f_word.size());
  }

  static constexpr std::array<std::size_t, 4> waited_{0, 2, 7, 12};
  std::size_t banks_ = 0;
  Model model_;
  Memories memories_;
  CreditCounters credits_;
  CreditWatch watch_;
};

}  // namespace ernsim::rtl

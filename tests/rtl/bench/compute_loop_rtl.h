#pragma once

#include "tests/rtl/bench/credit_counters.h"
#include "tests/rtl/bench/rtl.h"
#include "tests/rtl/bench/store_port.h"
#include "tests/rtl/bench/verilated_port.h"

namespace ernsim::rtl {

/// The whole loop. Memories are filled and read back through the ports of the load and store engines; F, which has
/// none, through what is seen of its writes. S cannot be filled: a word that is still what it was before counts as
/// initial. The last words of A are loaded while the units run, each once, in cycles in which codes are likely to be
/// written.
template <class Model>
class ComputeLoopRtl : public Rtl {
 public:
  ~ComputeLoopRtl() override { model_.final(); }

  void begin(const Stimulus& stimulus) override {
    shape_ = stimulus.shape;
    memories_ = stimulus.initial;
    watch_ = {};
    loaded_ = 0;
    writes_codes_ = false;
    set(model_.initial_credits, stimulus.initial_credits.data(), sizeof stimulus.initial_credits);
    set_inputs({});
    model_.load_a = model_.store_read_a = model_.store_read_s = 0;
    reset(model_, {&model_.convolution_push_count, &model_.quantization_push_count}, stimulus.seed);
    fill(model_.load_a, memories_.a, shape_.a, memories_.a.words() - late_words);
    fill(model_.load_w, memories_.w, shape_.w, memories_.w.words());
    fill(model_.load_q, memories_.q, shape_.q, memories_.q.words());
    fill(model_.load_r, memories_.r, shape_.r, memories_.r.words());
    unwritten_s_ = memories_.s;
    read(model_.store_read_s, model_.store_s_data, unwritten_s_, shape_.s);
    stored_a_.begin(memories_.a);
    stored_s_.begin(unwritten_s_);
    random_.seed(stimulus.seed);
  }

  void cycle(const Inputs& inputs, Recording& recording, Cycle now) override {
    set_inputs(inputs);
    offer_load();
    model_.clock = 0;
    model_.eval();
    if (model_.load_a && model_.load_a_ready) ++loaded_;
    writes_codes_ = model_.a_write;
    control(recording, now);
    convolution_ports(recording, now);
    quantization_ports(recording, now);
    store_ports(recording, now);
    model_.clock = 1;
    model_.eval();
  }

  void read_back(Memories& memories) override {
    for (writes_codes_ = true; loaded_ < late_words; ++loaded_) {
      offer_load();
      tick();
    }
    model_.load_a = model_.store_read_a = model_.store_read_s = 0;
    memories = memories_;
    read(model_.store_read_a, model_.store_a_data, memories.a, shape_.a);
    read(model_.store_read_s, model_.store_s_data, memories.s, shape_.s);
    for (std::size_t i = 0; i < memories.s.words(); ++i)
      if (std::memcmp(memories.s.word(i), unwritten_s_.word(i), unwritten_s_.word_bytes) == 0)
        std::memcpy(memories.s.word(i), memories_.s.word(i), unwritten_s_.word_bytes);
  }

 private:
  void tick() {
    model_.clock = 0;
    model_.eval();
    model_.clock = 1;
    model_.eval();
  }

  void set_inputs(const Inputs& inputs) {
    set_pushes(model_.convolution_push_count, model_.convolution_push_data, inputs.pushes[0]);
    set_pushes(model_.quantization_push_count, model_.quantization_push_data, inputs.pushes[1]);
    model_.outside_posts = inputs.posts;
    for (std::size_t s = 0; s < semaphore_count; ++s) set_count(model_.outside_takes, s, inputs.takes[s]);
  }

  void offer_load() {
    const std::size_t address = memories_.a.words() - late_words + loaded_;
    model_.load_a = loaded_ < late_words && writes_codes_;
    model_.load_address = static_cast<std::uint16_t>(address);
    set(model_.load_data, memories_.a.word(address), memories_.a.word_bytes);
  }

  template <class Strobe>
  void fill(Strobe& strobe, const Memory& memory, const Region& region, std::size_t end) {
    strobe = 1;
    for (auto i = static_cast<std::size_t>(region.first); i < end; ++i) {
      model_.load_address = static_cast<std::uint16_t>(i);
      set(model_.load_data, memory.word(i), memory.word_bytes);
      tick();
    }
    strobe = 0;
  }

  template <class Strobe, class Data>
  void read(Strobe& strobe, const Data& data, Memory& memory, const Region& region) {
    strobe = 1;
    for (auto i = static_cast<std::size_t>(region.first); i < memory.words(); ++i) {
      model_.store_address = static_cast<std::uint16_t>(i);
      tick();
      memory.write(i, get(data, memory.word_bytes));
    }
    strobe = 0;
  }

  void control(Recording& recording, Cycle now) {
    for (std::size_t s = 0; s < semaphore_count; ++s) watch_.note(recording, now, s, get_16(model_.credits, s));
    const auto note = [&](bool happens, Channel channel) {
      if (happens) recording.add(now, channel, 0, 0);
    };
    note(model_.convolution_consumed, Channel::convolution_start);
    note(model_.convolution_finished, Channel::convolution_finish);
    note(model_.convolution_done_last, Channel::convolution_done);
    note(model_.quantization_consumed, Channel::quantization_start);
    note(model_.quantization_finished, Channel::quantization_finish);
    note(model_.quantization_done_last, Channel::quantization_done);
    note(model_.convolution_busy, Channel::convolution_busy);
    add_posts(recording, now, model_.posts);
  }

  void convolution_ports(Recording& recording, Cycle now) {
    for (std::size_t k = 0; k < static_cast<std::size_t>(shape_.banks); ++k)
      if (model_.a_read >> k & 1U)
        recording.add(now, Channel::convolution_a_read, static_cast<int>(k), get_16(model_.a_read_address, k));
    if (model_.w_read) recording.add(now, Channel::w_read, 0, model_.w_read_address);
    if (model_.f_read) recording.add(now, Channel::f_read, 0, model_.f_read_address);
    if (!model_.f_write) return;
    Bytes data = get(model_.f_write_data, memories_.f.word_bytes);
    memories_.f.write(model_.f_write_address, data);
    recording.add(now, Channel::f_write, 0, model_.f_write_address, std::move(data));
  }

  void quantization_ports(Recording& recording, Cycle now) {
    if (model_.quantization_f_read)
      recording.add(now, Channel::quantization_f_read, 0, model_.quantization_f_read_address);
    if (model_.r_read) recording.add(now, Channel::r_read, 0, model_.r_read_address);
    if (model_.q_read) recording.add(now, Channel::q_read, 0, model_.q_read_address);
    if (model_.a_write)
      recording.add(now, Channel::a_write, 0, model_.a_write_address, get(model_.a_write_data, memories_.a.word_bytes));
    if (model_.s_write)
      recording.add(now, Channel::s_write, 0, model_.s_write_address, get(model_.s_write_data, memories_.s.word_bytes));
  }

  /// The store engine reads A, S or nothing, often what is being written.
  void store_ports(Recording& recording, Cycle now) {
    if (!stored_a_.shows(model_.store_a_data)) recording.add(now, Channel::wrong_store_read, 0, model_.store_address);
    if (!stored_s_.shows(model_.store_s_data)) recording.add(now, Channel::wrong_store_read, 1, model_.store_address);
    const auto choice = random_() % 4;
    model_.store_read_a = choice == 0;
    model_.store_read_s = choice == 1;
    const bool is_written = choice == 0 ? model_.a_write : model_.s_write;
    const std::uint16_t written = choice == 0 ? model_.a_write_address : model_.s_write_address;
    const Region& region = choice == 0 ? shape_.a : shape_.s;
    const auto any = region.first + static_cast<int>(random_() % (static_cast<unsigned>(region.words) - late_words));
    model_.store_address = is_written && random_() % 2 == 0 ? written : static_cast<std::uint16_t>(any);
    if (choice == 0) stored_a_.read(model_.store_address);
    if (choice == 1) stored_s_.read(model_.store_address);
    if (model_.a_write) stored_a_.write(model_.a_write_address, model_.a_write_data);
    if (model_.s_write) stored_s_.write(model_.s_write_address, model_.s_write_data);
  }

  static constexpr std::size_t late_words = 24;  // no instruction of a random loop reads or writes them
  Shape shape_;
  std::size_t loaded_ = 0;
  bool writes_codes_ = false;  ///< in the cycle before
  Model model_;
  Memories memories_;
  Memory unwritten_s_;  ///< S before the units work
  CreditWatch watch_;
  StorePort stored_a_, stored_s_;
  std::minstd_rand random_;  ///< of reads by the store engine
};

}  // namespace ernsim::rtl

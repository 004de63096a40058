#pragma once

#include <systemc>

#include "rtl/pins.h"
#include "rtl/wire.h"

namespace ernsim::rtl {

/// A Verilated SystemC module and the wires that both units have. To be clocked from a SystemC thread: each cycle takes
/// three delta cycles and no time.
template <class Model>
class VerilatedDesign : public Design {
 public:
  void reset() override {
    reset_.set(1);
    for (int edge = 0; edge < 4; ++edge) {
      clock_.set(edge % 2 == 0 ? 1 : 0);
      settle();
    }
    reset_.set(0);
  }

  void cycle(Pins& pins) override {
    const std::size_t pushed = pins.pushes.size() / instruction_bytes;
    if (pushed > 0) push_data_.set_bytes(pins.pushes);
    push_count_.set(pushed);
    clock_.set(1);
    settle();
    push_count_.set(0);
    Bytes credits;
    for (const std::uint16_t credit : pins.credits)
      for (const int shift : {0, 8}) credits.push_back(static_cast<std::uint8_t>(credit >> shift));
    credits_.set_bytes(credits);
    drive(pins);
    clock_.set(0);
    settle();
    settle();
    sample_control(pins);
    sample(pins);
  }

 protected:
  virtual void drive(const Pins& pins) = 0;
  virtual void sample(Pins& pins) = 0;

  template <class Enable, class Address>
  static void sample_read(ReadPins& pins, const Enable& enable, const Address& address) {
    pins.enabled = enable.get() != 0;
    pins.address = static_cast<std::uint32_t>(address.get());
  }
  template <class Enable, class Address, class Data>
  static void sample_write(WritePins& pins, const Enable& enable, const Address& address, const Data& data) {
    pins.enabled = enable.get() != 0;
    pins.address = static_cast<std::uint32_t>(address.get());
    if (pins.enabled) pins.data = data.bytes(pins.data.size());
  }

  Model model_{"rtl"};

 private:
  static void settle() { sc_core::wait(sc_core::SC_ZERO_TIME); }

  void sample_control(Pins& pins) {
    constexpr std::size_t count_bits = 11;
    pins.consumed = consumed_.get() != 0;
    pins.finished = finished_.get() != 0;
    pins.done_last = done_last_.get() != 0;
    pins.posts = static_cast<std::uint32_t>(posts_.get());
    const std::size_t waits = pins.credits.size();
    pins.takes = fields(takes_.bytes((waits * count_bits + 7) / 8), waits, count_bits);
  }

  WireOf<decltype(Model::clock)> clock_{model_.clock};
  WireOf<decltype(Model::reset)> reset_{model_.reset};
  WireOf<decltype(Model::push_count)> push_count_{model_.push_count};
  WireOf<decltype(Model::push_data)> push_data_{model_.push_data};
  WireOf<decltype(Model::consumed)> consumed_{model_.consumed};
  WireOf<decltype(Model::finished)> finished_{model_.finished};
  WireOf<decltype(Model::done_last)> done_last_{model_.done_last};
  WireOf<decltype(Model::credits)> credits_{model_.credits};
  WireOf<decltype(Model::takes)> takes_{model_.takes};
  WireOf<decltype(Model::posts)> posts_{model_.posts};
};

}  // namespace ernsim::rtl

#pragma once

#include "rtl/verilated_design.h"

namespace ernsim::rtl {

/// A Verilated SystemC module of rtl/design/convolution.sv. Reads: A, bank by bank, then W, then F. Writes: F.
template <class Model>
class ConvolutionDesign : public VerilatedDesign<Model> {
 public:
  explicit ConvolutionDesign(std::size_t banks) : banks_(banks) {}

 private:
  void drive(const Pins& pins) override {
    drive_activations(pins);
    if (pins.reads[banks_].enabled) w_data_.set_bytes(pins.reads[banks_].data);
    if (pins.reads[banks_ + 1].enabled) f_read_data_.set_bytes(pins.reads[banks_ + 1].data);
  }

  /// The banks that have not been read keep their word.
  void drive_activations(const Pins& pins) {
    bool changed = false;
    for (std::size_t k = 0; k < banks_; ++k) {
      const Bytes& word = pins.reads[k].data;
      if (!pins.reads[k].enabled) continue;
      activations_.resize(banks_ * word.size());
      std::copy(word.begin(), word.end(), activations_.begin() + static_cast<std::ptrdiff_t>(k * word.size()));
      changed = true;
    }
    if (changed) a_data_.set_bytes(activations_);
  }

  void sample(Pins& pins) override {
    pins.busy = busy_.get() != 0;
    const std::uint64_t a_read = a_read_.get();
    const auto addresses = fields(a_address_.bytes(2 * banks_), banks_, 16);
    for (std::size_t k = 0; k < banks_; ++k) {
      pins.reads[k].enabled = (a_read >> k & 1U) != 0;
      pins.reads[k].address = addresses[k];
    }
    this->sample_read(pins.reads[banks_], w_read_, w_address_);
    this->sample_read(pins.reads[banks_ + 1], f_read_, f_read_address_);
    this->sample_write(pins.writes[0], f_write_, f_write_address_, f_write_data_);
  }

  std::size_t banks_;
  Bytes activations_;
  using VerilatedDesign<Model>::model_;
  WireOf<decltype(Model::busy)> busy_{model_.busy};
  WireOf<decltype(Model::a_read)> a_read_{model_.a_read};
  WireOf<decltype(Model::a_address)> a_address_{model_.a_address};
  WireOf<decltype(Model::a_data)> a_data_{model_.a_data};
  WireOf<decltype(Model::w_read)> w_read_{model_.w_read};
  WireOf<decltype(Model::w_address)> w_address_{model_.w_address};
  WireOf<decltype(Model::w_data)> w_data_{model_.w_data};
  WireOf<decltype(Model::f_read)> f_read_{model_.f_read};
  WireOf<decltype(Model::f_read_address)> f_read_address_{model_.f_read_address};
  WireOf<decltype(Model::f_read_data)> f_read_data_{model_.f_read_data};
  WireOf<decltype(Model::f_write)> f_write_{model_.f_write};
  WireOf<decltype(Model::f_write_address)> f_write_address_{model_.f_write_address};
  WireOf<decltype(Model::f_write_data)> f_write_data_{model_.f_write_data};
};

}  // namespace ernsim::rtl

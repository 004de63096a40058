#pragma once

#include "rtl/verilated_design.h"

namespace ernsim::rtl {

/// A Verilated SystemC module of rtl/design/quantization.sv. Reads: F, R, Q. Writes: A, S.
template <class Model>
class QuantizationDesign : public VerilatedDesign<Model> {
 public:
  explicit QuantizationDesign(std::size_t) {}

 private:
  void drive(const Pins& pins) override {
    if (pins.reads[0].enabled) f_data_.set_bytes(pins.reads[0].data);
    if (pins.reads[1].enabled) r_data_.set_bytes(pins.reads[1].data);
    if (pins.reads[2].enabled) q_data_.set_bytes(pins.reads[2].data);
  }

  void sample(Pins& pins) override {
    this->sample_read(pins.reads[0], f_read_, f_address_);
    this->sample_read(pins.reads[1], r_read_, r_address_);
    this->sample_read(pins.reads[2], q_read_, q_address_);
    pins.busy = pins.reads[0].enabled;
    this->sample_write(pins.writes[0], a_write_, a_address_, a_data_);
    this->sample_write(pins.writes[1], s_write_, s_address_, s_data_);
    if (pins.writes[0].enabled) pins.writes[1].data = s_data_.bytes(pins.writes[1].data.size());  // there all the same
  }

  using VerilatedDesign<Model>::model_;
  WireOf<decltype(Model::f_read)> f_read_{model_.f_read};
  WireOf<decltype(Model::f_address)> f_address_{model_.f_address};
  WireOf<decltype(Model::f_data)> f_data_{model_.f_data};
  WireOf<decltype(Model::r_read)> r_read_{model_.r_read};
  WireOf<decltype(Model::r_address)> r_address_{model_.r_address};
  WireOf<decltype(Model::r_data)> r_data_{model_.r_data};
  WireOf<decltype(Model::q_read)> q_read_{model_.q_read};
  WireOf<decltype(Model::q_address)> q_address_{model_.q_address};
  WireOf<decltype(Model::q_data)> q_data_{model_.q_data};
  WireOf<decltype(Model::a_write)> a_write_{model_.a_write};
  WireOf<decltype(Model::a_address)> a_address_{model_.a_address};
  WireOf<decltype(Model::a_data)> a_data_{model_.a_data};
  WireOf<decltype(Model::s_write)> s_write_{model_.s_write};
  WireOf<decltype(Model::s_address)> s_address_{model_.s_address};
  WireOf<decltype(Model::s_data)> s_data_{model_.s_data};
};

}  // namespace ernsim::rtl

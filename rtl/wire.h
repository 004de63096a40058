#pragma once

#include <algorithm>
#include <cstring>
#include <systemc>
#include <vector>

namespace ernsim::rtl {

/// A signal that fits a port of a Verilated SystemC module: bool, uint32_t, uint64_t or sc_bv, by its width in bits.
template <class Port>
class Wire {
 public:
  explicit Wire(Port& port) { port(signal_); }

  void set(std::uint64_t value) { signal_.write(static_cast<Value>(value)); }
  std::uint64_t get() const { return static_cast<std::uint64_t>(signal_.read()); }

  /// The lowest bits from little-endian bytes; the others 0.
  void set_bytes(const std::vector<std::uint8_t>& bytes) { write(bytes, Value{}); }
  std::vector<std::uint8_t> bytes(std::size_t count) const {
    std::vector<std::uint8_t> out((count + 7) / 8 * 8);
    read(signal_.read(), out);
    out.resize(count);
    return out;
  }

 private:
  using Value = typename Port::data_type;

  template <class Number>
  void write(const std::vector<std::uint8_t>& bytes, Number) {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data(), std::min(bytes.size(), sizeof value));
    signal_.write(static_cast<Number>(value));
  }
  template <int bits>
  void write(const std::vector<std::uint8_t>& bytes, sc_dt::sc_bv<bits> value) {
    for (std::size_t i = 0; i < bytes.size(); i += 4) {
      std::uint32_t word = 0;
      std::memcpy(&word, bytes.data() + i, std::min<std::size_t>(4, bytes.size() - i));
      value.set_word(static_cast<int>(i / 4), word);
    }
    signal_.write(value);
  }
  template <class Number>
  static void read(const Number& number, std::vector<std::uint8_t>& out) {
    const auto value = static_cast<std::uint64_t>(number);
    std::memcpy(out.data(), &value, std::min(out.size(), sizeof value));
  }
  template <int bits>
  static void read(const sc_dt::sc_bv<bits>& value, std::vector<std::uint8_t>& out) {
    for (std::size_t i = 0; i < std::min(out.size() / 4, static_cast<std::size_t>(value.size())); ++i) {
      const auto word = static_cast<std::uint32_t>(value.get_word(static_cast<int>(i)));
      std::memcpy(out.data() + 4 * i, &word, sizeof word);
    }
  }

  sc_core::sc_signal<Value> signal_;
};

/// The wire of a port that is a reference member of a Verilated module.
template <class Reference>
using WireOf = Wire<std::remove_reference_t<Reference>>;

/// `count` fields of `width` bits, the first one lowest.
inline std::vector<std::uint16_t> fields(const std::vector<std::uint8_t>& bytes, std::size_t count, std::size_t width) {
  std::vector<std::uint16_t> values(count);
  for (std::size_t bit = 0; bit < count * width; ++bit)
    values[bit / width] |= static_cast<std::uint16_t>((bytes[bit / 8] >> bit % 8 & 1U) << bit % width);
  return values;
}

}  // namespace ernsim::rtl

#include "check/instruction.h"

#include <fmt/format.h>

#include "check/semaphores.h"

namespace ernsim::check {

namespace {

/// The 16 little-endian words of an instruction, and fields of them by word and bit.
class Words {
 public:
  explicit Words(const std::uint8_t* bytes) : bytes_(bytes) {}

  std::uint32_t word(std::size_t w) const {
    const std::uint8_t* at = bytes_ + 4 * w;
    return at[0] | std::uint32_t{at[1]} << 8 | std::uint32_t{at[2]} << 16 | std::uint32_t{at[3]} << 24;
  }
  std::uint32_t bits(std::size_t w, unsigned high, unsigned low) const {
    return static_cast<std::uint32_t>((word(w) >> low) & ((std::uint64_t{1} << (high - low + 1)) - 1));
  }
  bool bit(std::size_t w, unsigned number) const { return bits(w, number, number) != 0; }
  int low(std::size_t w) const { return static_cast<int>(bits(w, 15, 0)); }
  int high(std::size_t w) const { return static_cast<int>(bits(w, 31, 16)); }

 private:
  const std::uint8_t* bytes_;
};

int signed_half(int half) { return half < 0x8000 ? half : half - 0x10000; }

Transfer transfer_of(const Words& w, int unit) {
  Transfer t{w.word(7),  w.word(8),  w.word(9), w.word(10), w.word(11), w.word(12),
             w.word(13), w.word(14), false,     false,      16};
  if (unit == load_activations) t.image = w.bit(15, 0);
  if (unit == store) t.from_results = w.bit(15, 1);
  if (unit == store || unit == load_residuals) t.sum_bits = w.bits(15, 6, 2);
  return t;
}

Convolution convolution_of(const Words& w) {
  return {w.low(7),
          w.high(7),
          w.low(8),
          w.high(8),
          signed_half(w.low(9)),
          signed_half(w.high(9)),
          w.low(10),
          w.high(10),
          w.low(11),
          w.high(11),
          w.low(12),
          static_cast<int>(w.bits(12, 23, 16)),
          static_cast<int>(w.bits(12, 31, 24)),
          w.bit(13, 0)};
}

Quantization quantization_of(const Words& w) {
  return {w.low(7),  w.high(7),  w.low(8),     w.high(8),    w.low(9),    w.high(9),
          w.low(10), w.high(10), w.bit(11, 0), w.bit(11, 1), w.bit(11, 2)};
}

std::string fault_of(const Words& w, const Instruction& i) {
  std::uint32_t parity = 0;
  for (std::size_t n = 0; n < 16; ++n) parity ^= w.word(n);
  if (((parity ^ parity >> 8 ^ parity >> 16 ^ parity >> 24) & 0xFF) != 0) return "its parity is wrong";
  if (w.bits(0, 7, 0) != 0xE5) return fmt::format("its first byte is {:#04x}, not 0xe5", w.bits(0, 7, 0));
  if (i.unit >= unit_count) return fmt::format("unit {} is not known", i.unit);
  if (i.waits.size() > 6) return fmt::format("it has {} waits, at most 6", i.waits.size());
  for (const Wait& wait : i.waits)
    if (wait.semaphore >= semaphore_count || wait.count == 0)
      return fmt::format("it waits for {} credits of semaphore {}", wait.count, wait.semaphore);
  if (i.posts >> semaphore_count != 0) return fmt::format("it posts {:#x}, there are 19 semaphores", i.posts);
  return "";
}

}  // namespace

Instruction decode(const std::uint8_t* bytes, std::string& fault) {
  const Words w(bytes);
  Instruction i;
  i.unit = static_cast<int>(w.bits(0, 15, 8));
  i.last = w.bit(0, 19);
  for (unsigned n = 0; n < w.bits(0, 18, 16); ++n) {
    const unsigned shift = n % 2 * 16;
    i.waits.push_back({w.bits(1 + n / 2, shift + 4, shift), w.bits(1 + n / 2, shift + 15, shift + 5)});
    if (n == 5) break;
  }
  i.posts = w.word(4);
  i.at = {static_cast<std::uint16_t>(w.low(5)), static_cast<std::uint16_t>(w.high(5)),
          static_cast<std::uint16_t>(w.low(6)), static_cast<std::uint16_t>(w.high(6))};
  if (i.unit == convolution)
    i.convolution = convolution_of(w);
  else if (i.unit == quantization)
    i.quantization = quantization_of(w);
  else
    i.transfer = transfer_of(w, i.unit);
  fault = w.bits(0, 18, 16) > 6 ? "it has 7 waits, at most 6" : fault_of(w, i);
  return i;
}

}  // namespace ernsim::check

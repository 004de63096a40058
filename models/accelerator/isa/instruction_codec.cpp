#include "models/accelerator/isa/instruction_codec.h"

#include <fmt/format.h>

#include <cstring>
#include <stdexcept>
#include <string>

namespace ernsim {
namespace {

constexpr std::size_t word_count = instruction_bytes / 4;
constexpr std::size_t first_operand_word = 7;
constexpr std::uint32_t magic = 0xE5;
constexpr std::uint32_t all_posts = (std::uint32_t{1} << semaphore_count) - 1;

using Words = std::array<std::uint32_t, word_count>;

/// Packs fields into consecutive bits, least significant first. No field crosses a word.
class Writer {
 public:
  explicit Writer(Words& words) : words_(words) {}

  template <class Value>
  void field(const Value& value, unsigned bits) {
    const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
    words_[bit_ / 32] |= static_cast<std::uint32_t>((static_cast<std::uint64_t>(value) & mask) << (bit_ % 32));
    bit_ += bits;
  }
  void reserved(unsigned bits) { bit_ += bits; }
  void go_to_word(std::size_t word) { bit_ = word * 32; }

 private:
  Words& words_;
  std::size_t bit_ = 0;
};

/// The inverse of Writer; throws when a reserved bit is set.
class Reader {
 public:
  explicit Reader(const Words& words) : words_(words) {}

  template <class Value>
  void field(Value& value, unsigned bits) {
    value = static_cast<Value>(take(bits));
  }
  void reserved(unsigned bits) {
    const std::size_t word = bit_ / 32;
    if (take(bits) != 0) throw std::runtime_error(fmt::format("instruction: reserved bits of word {} are not 0", word));
  }
  void go_to_word(std::size_t word) {
    while (bit_ < word * 32) reserved(static_cast<unsigned>(32 - bit_ % 32));
  }

 private:
  std::uint32_t take(unsigned bits) {
    const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
    const std::uint64_t value = (words_[bit_ / 32] >> (bit_ % 32)) & mask;
    bit_ += bits;
    return static_cast<std::uint32_t>(value);
  }

  const Words& words_;
  std::size_t bit_ = 0;
};

/// Word 0 apart from the parity byte, which is 0 while the words are packed and once it has been checked.
struct Head {
  std::uint32_t magic_byte = magic;
  std::uint32_t unit = 0;
};

template <class Coder, class HeadType, class Instr>
void code_control(Coder& coder, HeadType& head, Instr& i) {
  coder.field(head.magic_byte, 8);
  coder.field(head.unit, 8);
  coder.field(i.wait_count, 3);
  coder.field(i.last, 1);
  coder.go_to_word(1);
  for (auto& wait : i.waits) {
    coder.field(wait.semaphore, 5);
    coder.field(wait.count, 11);
  }
  coder.field(i.posts, semaphore_count);
  coder.go_to_word(5);
  coder.field(i.at.layer, 16);
  coder.field(i.at.block, 16);
  coder.field(i.at.row, 16);
  coder.field(i.at.column, 16);
}

template <class Coder, class Operands>
void code_transfer(Coder& coder, UnitId unit, Operands& o) {
  for (auto* word : {&o.external_address, &o.run_bytes, &o.inner_count, &o.outer_count, &o.inner_stride_bytes,
                     &o.outer_stride_bytes, &o.memory_address, &o.memory_stride_words})
    coder.field(*word, 32);
  if (unit == UnitId::load_activations) coder.field(o.image, 1);
  if (unit == UnitId::store) {
    coder.reserved(1);
    coder.field(o.from_results, 1);
    coder.field(o.sum_bits, 5);
  }
  if (unit == UnitId::load_residuals) {
    coder.reserved(2);
    coder.field(o.sum_bits, 5);
  }
}

template <class Coder, class Operands>
void code_convolution(Coder& coder, Operands& o) {
  for (auto* half : {&o.input_address, &o.input_row_stride, &o.in_rows, &o.in_columns}) coder.field(*half, 16);
  for (auto* half : {&o.row_offset, &o.column_offset}) coder.field(*half, 16);
  for (auto* half : {&o.in_blocks, &o.out_rows, &o.out_columns, &o.weight_address, &o.output_address})
    coder.field(*half, 16);
  coder.field(o.kernel, 8);
  coder.field(o.stride, 8);
  coder.field(o.accumulate, 1);
}

template <class Coder, class Operands>
void code_quantization(Coder& coder, Operands& o) {
  for (auto* half : {&o.accumulator_address, &o.rows, &o.columns, &o.threshold_entry, &o.residual_address,
                     &o.result_address, &o.code_address, &o.code_row_stride})
    coder.field(*half, 16);
  for (auto* flag : {&o.add_residual, &o.emit_codes, &o.emit_sums}) coder.field(*flag, 1);
}

template <class Coder, class Instr>
void code_operands(Coder& coder, Instr& i) {
  coder.go_to_word(first_operand_word);
  switch (i.unit) {
    case UnitId::convolution:
      code_convolution(coder, i.convolution);
      break;
    case UnitId::quantization:
      code_quantization(coder, i.quantization);
      break;
    default:
      code_transfer(coder, i.unit, i.transfer);
      break;
  }
  coder.go_to_word(word_count);
}

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "words are little-endian in external memory");

void store_words(const Words& words, std::uint8_t* bytes) { std::memcpy(bytes, words.data(), instruction_bytes); }

Words load_words(const std::uint8_t* bytes) {
  Words words{};
  std::memcpy(words.data(), bytes, instruction_bytes);
  return words;
}

std::uint32_t parity_of(const Words& words) {
  std::uint32_t fold = 0;
  for (const std::uint32_t word : words) fold ^= word;
  fold ^= fold >> 16;
  return (fold ^ fold >> 8) & 0xFF;
}

/// What is wrong with the control fields, empty if nothing.
std::string control_fault(const Instruction& i) {
  if (i.wait_count > max_waits) return fmt::format("wait_count is {}; at most {}", i.wait_count, max_waits);
  for (std::size_t w = 0; w < max_waits; ++w) {
    const auto& wait = i.waits[w];
    if (w >= i.wait_count && (wait.semaphore != 0 || wait.count != 0))
      return fmt::format("wait {} is not 0, but wait_count is {}", w, i.wait_count);
    if (wait.semaphore >= semaphore_count)
      return fmt::format("semaphore of wait {} is {}; there are {}", w, wait.semaphore, semaphore_count);
    if (w < i.wait_count && (wait.count == 0 || wait.count > max_wait_count))
      return fmt::format("count of wait {} is {}; 1 to {}", w, wait.count, max_wait_count);
  }
  if (i.posts > all_posts) return fmt::format("posts is {:#x}; there are {} semaphores", i.posts, semaphore_count);
  return {};
}

}  // namespace

void encode(const Instruction& instruction, std::uint8_t* out64) {
  if (const auto fault = control_fault(instruction); !fault.empty())
    throw std::invalid_argument("instruction cannot be encoded: " + fault);
  Words words{};
  Writer writer(words);
  const Head head{magic, static_cast<std::uint32_t>(instruction.unit)};
  code_control(writer, head, instruction);
  code_operands(writer, instruction);
  words[0] |= parity_of(words) << 24;
  store_words(words, out64);
}

bool parity_holds(const std::uint8_t* in64) { return parity_of(load_words(in64)) == 0; }

Instruction decode(UnitId unit, const std::uint8_t* in64) {
  Words words = load_words(in64);
  if (parity_of(words) != 0) throw std::runtime_error("instruction: parity is wrong");
  words[0] &= 0x00FFFFFF;
  Reader reader(words);
  Head head;
  Instruction instruction;
  code_control(reader, head, instruction);
  if (head.magic_byte != magic)
    throw std::runtime_error(fmt::format("instruction: magic is {:#04x}; {:#04x} expected", head.magic_byte, magic));
  if (head.unit != static_cast<std::uint32_t>(unit))
    throw std::runtime_error(fmt::format("instruction: unit is {}; {} ({}) expected", head.unit,
                                         static_cast<std::uint32_t>(unit), name_of(unit)));
  if (const auto fault = control_fault(instruction); !fault.empty()) throw std::runtime_error("instruction: " + fault);
  instruction.unit = unit;
  code_operands(reader, instruction);
  return instruction;
}

}  // namespace ernsim

#include "tests/rtl/bench/beats.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "tests/rtl/bench/bank_reads.h"
#include "tests/rtl/bench/pane_times.h"

namespace ernsim::rtl {

namespace {

using Values = std::vector<std::int32_t>;

bool bit(const std::uint8_t* bytes, std::size_t index) { return (bytes[index / 8] >> index % 8 & 1U) != 0; }

std::int32_t wrap(std::int64_t value, int bits) {
  const auto shift = static_cast<unsigned>(64 - bits);
  return static_cast<std::int32_t>(static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << shift) >> shift);
}

Values values_of(const std::uint8_t* word, std::size_t channels) {
  Values values(channels);
  for (std::size_t i = 0; i < channels; ++i) values[i] = static_cast<std::int16_t>(word[2 * i] | word[2 * i + 1] << 8);
  return values;
}

Bytes word_of(const Values& values) {
  Bytes bytes;
  for (const std::int32_t value : values) {
    bytes.push_back(static_cast<std::uint8_t>(value & 0xFF));
    bytes.push_back(static_cast<std::uint8_t>(value >> 8 & 0xFF));
  }
  return bytes;
}

/// Accesses in the order of cycles; in one cycle reads come first.
class Expansion {
 public:
  Expansion(const Stimulus& stimulus, Recording& expected)
      : shape_(stimulus.shape),
        channels_(static_cast<std::size_t>(stimulus.shape.channels)),
        expected_(expected),
        memories_(stimulus.initial) {}

  void convolve(const PaneTimes& times, const ConvolutionOperands& operands);
  void quantize(const InstructionTimes& times);
  void run();

 private:
  struct Access {
    Cycle cycle;
    bool is_write;
    std::function<void(Cycle)> act;
  };
  using Signs = std::shared_ptr<const std::vector<std::int8_t>>;
  struct Step {
    int row, column, first_column, block;  ///< input row and column of lane 0's tap; its kernel column
    std::uint32_t accumulator;
    bool overwrite;
  };

  void at(Cycle cycle, bool is_write, std::function<void(Cycle)> act) {
    accesses_.push_back({cycle, is_write, std::move(act)});
  }
  Signs signs_of(const ConvolutionOperands& operands, int pane) const;
  void step(Cycle cycle, const Step& step, const ConvolutionOperands& operands, const Signs& signs);
  Values sums_of(const Step& step, const ConvolutionOperands& operands, const Signs& signs);
  void pixel(Cycle cycle, const QuantizationOperands& operands, std::uint32_t index, std::uint32_t code_address);
  Bytes codes_of(const Values& values, std::size_t entry) const;

  Shape shape_;
  std::size_t channels_;
  Recording& expected_;
  Memories memories_;
  std::vector<Access> accesses_;
};

/// +1 or -1 per lane, output channel and input channel: rows of B bits, one matrix after the other.
Expansion::Signs Expansion::signs_of(const ConvolutionOperands& operands, int pane) const {
  const std::size_t count = channels_ * channels_ * static_cast<std::size_t>(shape_.lanes);
  std::vector<std::int8_t> signs(count);
  const auto first_word = static_cast<std::size_t>(operands.weight_address + pane * shape_.channels);
  const std::uint8_t* bytes = memories_.w.word(first_word);
  for (std::size_t i = 0; i < count; ++i) signs[i] = bit(bytes, i) ? std::int8_t{-1} : std::int8_t{1};
  return std::make_shared<const std::vector<std::int8_t>>(std::move(signs));
}

void Expansion::convolve(const PaneTimes& times, const ConvolutionOperands& operands) {
  const int matrices = std::min<int>(shape_.lanes, operands.kernel);
  const int groups = (operands.kernel + matrices - 1) / matrices;
  const int group = times.pane % groups, kernel_row = times.pane / groups % operands.kernel;
  const int block = times.pane / groups / operands.kernel;
  for (int row = 0; row < shape_.channels; ++row)
    expected_.add(times.load + row, Channel::w_read, 0,
                  static_cast<std::uint32_t>(operands.weight_address + times.pane * shape_.channels + row));
  const SweepReads sweep = sweep_reads(shape_, operands, times.pane);
  for (const BankRead& read : sweep.reads)
    expected_.add(times.sweep + read.cycle, Channel::convolution_a_read, read.bank, read.address);
  const Signs signs = signs_of(operands, times.pane);
  for (int y = 0, i = 0; y < operands.out_rows; ++y)
    for (int x = 0; x < operands.out_columns; ++x, ++i)
      step(times.sweep + sweep.steps[static_cast<std::size_t>(i)],
           {y * operands.stride + kernel_row + operands.row_offset,
            x * operands.stride + group * matrices + operands.column_offset, group * matrices, block,
            static_cast<std::uint32_t>(operands.output_address + i), times.pane == 0 && !operands.accumulate},
           operands, signs);
}

void Expansion::step(Cycle cycle, const Step& step, const ConvolutionOperands& operands, const Signs& signs) {
  expected_.add(cycle, Channel::convolution_busy, 0, 0);
  auto held = std::make_shared<Values>(channels_), sums = std::make_shared<Values>();
  at(cycle, false, [=, this_operands = operands](Cycle now) { *sums = sums_of(step, this_operands, signs); });
  if (!step.overwrite)
    at(cycle + shape_.pipeline - 1, false, [=](Cycle now) {
      expected_.add(now, Channel::f_read, 0, step.accumulator);
      *held = values_of(memories_.f.word(step.accumulator), channels_);
    });
  at(cycle + shape_.pipeline, true, [=](Cycle now) {
    for (std::size_t o = 0; o < channels_; ++o)
      (*held)[o] = wrap(std::int64_t{(*held)[o]} + (*sums)[o], shape_.accumulator_bits);
    memories_.f.write(step.accumulator, word_of(*held));
    expected_.add(now, Channel::f_write, 0, step.accumulator, word_of(*held));
  });
}

Values Expansion::sums_of(const Step& step, const ConvolutionOperands& operands, const Signs& signs) {
  Values sums(channels_), codes(channels_);
  for (int m = 0; m < std::min<int>(shape_.lanes, operands.kernel); ++m) {
    const int column = step.column + m;
    if (step.first_column + m >= operands.kernel || step.row < 0 || step.row >= operands.in_rows || column < 0 ||
        column >= operands.in_columns)
      continue;
    const int address =
        operands.input_address + step.row * operands.input_row_stride + step.block * operands.in_columns + column;
    const std::uint8_t* word = memories_.a.word(static_cast<std::size_t>(address));
    for (std::size_t i = 0; i < channels_; ++i) codes[i] = bit(word, i) + 2 * bit(word, channels_ + i);
    const std::int8_t* sign = signs->data() + static_cast<std::size_t>(m) * channels_ * channels_;
    for (std::size_t o = 0; o < channels_; ++o)
      for (std::size_t i = 0; i < channels_; ++i) sums[o] += *sign++ * codes[i];
  }
  return sums;
}

void Expansion::quantize(const InstructionTimes& times) {
  const QuantizationOperands& operands = times.instruction.quantization;
  const Cycle first = times.start + shape_.quantization_issue;
  if (operands.emit_codes) expected_.add(first, Channel::q_read, 0, operands.threshold_entry);
  for (std::uint32_t y = 0, i = 0; y < operands.rows; ++y)
    for (std::uint32_t x = 0; x < operands.columns; ++x, ++i)
      pixel(first + i, operands, i, operands.code_address + y * operands.code_row_stride + x);
}

void Expansion::pixel(Cycle cycle, const QuantizationOperands& operands, std::uint32_t index,
                      std::uint32_t code_address) {
  auto values = std::make_shared<Values>();
  at(cycle, false, [=](Cycle now) {
    expected_.add(now, Channel::quantization_f_read, 0, operands.accumulator_address + index);
    *values = values_of(memories_.f.word(operands.accumulator_address + index), channels_);
    if (!operands.add_residual) return;
    expected_.add(now, Channel::r_read, 0, operands.residual_address + index);
    const Values residuals = values_of(memories_.r.word(operands.residual_address + index), channels_);
    for (std::size_t i = 0; i < channels_; ++i)
      (*values)[i] = wrap(std::int64_t{(*values)[i]} + residuals[i], shape_.accumulator_bits);
  });
  at(cycle + shape_.quantization_pipeline, true, [=](Cycle now) {
    const auto write = [&](Memory& memory, Channel channel, std::uint32_t address, const Bytes& word) {
      memory.write(address, word);
      expected_.add(now, channel, 0, address, word);
    };
    if (operands.emit_codes)
      write(memories_.a, Channel::a_write, code_address, codes_of(*values, operands.threshold_entry));
    if (operands.emit_sums) write(memories_.s, Channel::s_write, operands.result_address + index, word_of(*values));
  });
}

Bytes Expansion::codes_of(const Values& values, std::size_t entry) const {
  Bytes word(channels_ / 4);
  for (std::size_t i = 0; i < channels_; ++i) {
    std::uint64_t packed = 0;
    std::memcpy(&packed, memories_.q.word(entry) + 8 * i, sizeof packed);
    unsigned code = 0;
    for (int t = 0; t < 3; ++t) {
      const std::int32_t threshold = wrap(static_cast<std::int64_t>(packed >> 17 * t), 17);
      code += ((packed >> 51 & 1U) != 0 ? values[i] <= threshold : values[i] >= threshold) ? 1U : 0U;
    }
    word[i / 8] = static_cast<std::uint8_t>(word[i / 8] | (code & 1U) << i % 8);
    word[(channels_ + i) / 8] = static_cast<std::uint8_t>(word[(channels_ + i) / 8] | code >> 1 << i % 8);
  }
  return word;
}

void Expansion::run() {
  std::stable_sort(accesses_.begin(), accesses_.end(), [](const Access& a, const Access& b) {
    return a.cycle != b.cycle ? a.cycle < b.cycle : a.is_write < b.is_write;
  });
  for (const Access& access : accesses_) access.act(access.cycle);
  expected_.final = memories_;
}

/// The weights' credits are taken when the first pane is loaded, all others when the instruction starts.
void expect_takes(const InstructionTimes& times, Cycle load, Recording& expected) {
  for (std::size_t i = 0; i < times.instruction.wait_count; ++i) {
    const SemaphoreWait& wait = times.instruction.waits[i];
    expected.add(wait.semaphore == weight_semaphore ? load : times.start, Channel::takes, wait.semaphore, wait.count);
  }
}

}  // namespace

std::string expand_beats(const Stimulus& stimulus, const ModelSide& model, Recording& expected) {
  std::string fault;
  Expansion expansion(stimulus, expected);
  const auto& convolutions = model.times(Unit::convolution);
  for (const PaneTimes& pane : pane_times(stimulus.shape, convolutions, model.credits(), fault)) {
    expansion.convolve(pane, convolutions[pane.instruction].instruction.convolution);
    if (stimulus.is_of_one_unit() && pane.pane == 0) expect_takes(convolutions[pane.instruction], pane.load, expected);
  }
  for (const InstructionTimes& times : model.times(Unit::quantization)) {
    expansion.quantize(times);
    if (stimulus.is_of_one_unit()) expect_takes(times, times.start, expected);
  }
  expansion.run();
  return fault;
}

}  // namespace ernsim::rtl

#include "check/load_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace ernsim::check {

namespace {

constexpr std::uint32_t embedding_codes = 2,
                        embedding_thresholds = 49;  // registers, models/accelerator/control/README.md

std::size_t word_bytes_of(const Trace& trace, int unit) {
  const auto block = static_cast<std::size_t>(trace.parameter("convolution.block_channels"));
  switch (unit) {
    case load_activations:
      return block / 4;
    case load_weights:
      return block / 8 * static_cast<std::size_t>(trace.parameter("convolution.lanes"));
    case load_thresholds:
      return 8 * block;
    default:
      return 2 * block;
  }
}

/// Value `index` of `bits` bits, two's complement, in bytes of which the first ones are the lowest.
std::int16_t packed_value(const std::uint8_t* bytes, std::size_t index, unsigned bits) {
  std::uint32_t value = 0;
  for (unsigned b = 0; b < bits; ++b) {
    const std::size_t at = index * bits + b;
    value |= static_cast<std::uint32_t>(bytes[at / 8] >> at % 8 & 1) << b;
  }
  if ((value >> (bits - 1) & 1U) != 0) value |= ~0U << bits;
  return static_cast<std::int16_t>(value);
}

}  // namespace

LoadWords::LoadWords(const Trace& trace, const Executions& executions, Report& report, int unit,
                     std::uint64_t width_bytes)
    : executions_(executions),
      report_(report),
      name_(unit_names[static_cast<std::size_t>(unit)]),
      image_unit_(unit == load_activations),
      width_bytes_(width_bytes),
      word_bytes_(word_bytes_of(trace, unit)),
      written_(trace, name_ + ".writes"),
      has_writes_(trace.has(name_ + ".writes")),
      whole_(trace.whole_until({name_ + ".writes"})),
      free_(trace.from_start() ? 0 : unknown),
      fresh_(!trace.from_start()) {
  if (word_bytes_ == 0) throw Missing("a block without channels");
  if (!has_writes_)
    for (const char* contract : {"dma.writes", "dma.write_time"})
      report.lacks(contract, "no channel " + name_ + ".writes");
  if (!image_unit_) return;
  pixels_per_cycle_ = std::max<Cycle>(1, trace.parameter("pixel_embedding.pixels_per_cycle"));
  if (trace.parameter("memory.activations_write_ports") != 1) return;
  if (trace.from_start() && trace.has("quantization.start") && trace.has("control.instructions"))
    shared_.emplace(trace, executions);
  else
    untimed_ = true;
  if (untimed_)
    for (const char* contract : {"dma.writes", "dma.write_time", "dma.end", "dma.issue"})
      report.lacks(contract, "A has one write port, and when the quantization unit has it is not known");
}

void LoadWords::begin(const Execution& e, Cycle before) {
  run_.clear();
  fresh_ = fresh_ || lost_;
  lost_ = false;
  if (free_ == unknown) free_ = before;
  if (!image_unit_ || e.op == nullptr || !e.op->transfer.image) return;
  const auto& registers = executions_.frames()[static_cast<std::size_t>(e.frame)].registers;
  const auto codes = registers.find(embedding_codes);
  thresholds_.clear();
  if (codes == registers.end()) {
    lost_ = true;
    report_.lacks("dma.writes", "the embedding's registers are not known");
  }
  for (std::uint32_t i = 0; codes != registers.end() && i < std::min(codes->second, 32U); ++i) {
    const auto found = registers.find(embedding_thresholds + i);
    const std::uint32_t three = found == registers.end() ? 0xFFFFFF : found->second;
    thresholds_.push_back({three & 0xFF, three >> 8 & 0xFF, three >> 16 & 0xFF});
  }
  const auto block = static_cast<std::uint32_t>(4 * word_bytes_);
  blocks_ = (3 * static_cast<std::uint32_t>(thresholds_.size()) + block - 1) / block;
}

/// As many whole beats as a word has, in the way it comes; one at least.
Cycle LoadWords::beats_per_step(const Transfer& t) const {
  return std::max<Cycle>(1, static_cast<Cycle>(word_bytes_ * (t.image ? 16U : t.sum_bits) / 16 / width_bytes_));
}

/// The step, counted from 0, that takes the run's byte `offset`; 0 for those of earlier bursts.
Cycle LoadWords::step_of(const Transfer& t, const Brought& b, std::uint32_t offset) const {
  if (offset < b.offset) return 0;
  return static_cast<Cycle>((b.cut.address % width_bytes_ + offset - b.offset) / width_bytes_) / beats_per_step(t);
}

Cycle LoadWords::steps_of(const Transfer& t, const Brought& b) const {
  const Cycle pixels = (Cycle{b.cut.bytes} + 2) / 3, at_once = beats_per_step(t);
  const Cycle steps = (static_cast<Cycle>(b.beats.size()) + at_once - 1) / at_once;
  return t.image ? std::max<Cycle>(steps, (pixels + pixels_per_cycle_ - 1) / pixels_per_cycle_) : steps;
}

std::vector<LoadWords::Write> LoadWords::plain_writes(const Transfer& t, const Brought& b) const {
  const auto bytes = static_cast<std::uint32_t>(word_bytes_ * t.sum_bits / 16);  // of one word, as it comes
  std::vector<Write> writes;
  if (bytes == 0) return writes;
  const auto first = static_cast<std::uint32_t>(t.memory_address + b.run * t.memory_stride_words);
  const std::uint32_t end = b.offset + b.cut.bytes;
  for (std::uint32_t word = b.offset / bytes; word * bytes < end; ++word) {
    const std::uint32_t last = std::min((word + 1) * bytes, t.run_bytes);
    if (last <= end) writes.push_back({step_of(t, b, last - 1), first + word, word * bytes, last});
  }
  return writes;
}

/// Up to the end of step s those pixels whose last byte has come, at most (s + 1) x pixels_per_cycle of the burst's.
std::vector<LoadWords::Write> LoadWords::image_writes(const Transfer& t, const Brought& b) const {
  std::vector<Write> writes;
  const auto first_word = static_cast<std::uint32_t>(t.memory_address + b.run * t.memory_stride_words);
  const std::uint32_t first = b.offset / 3;
  for (std::uint32_t pixel = first; pixel < (b.offset + b.cut.bytes) / 3; ++pixel) {
    const Cycle step = std::max<Cycle>((pixel - first) / pixels_per_cycle_, step_of(t, b, 3 * pixel + 2));
    for (std::uint32_t block = 0; block < blocks_; ++block)
      writes.push_back({step, first_word + block * (t.run_bytes / 3) + pixel, 3 * pixel, 3 * pixel + 3, block});
  }
  return writes;
}

std::vector<std::uint8_t> LoadWords::word_of(const Transfer& t, const Write& w) const {
  if (t.image) return embedded(w);
  const std::uint8_t* bytes = run_.data() + w.first_byte;
  if (t.sum_bits == 16) return {bytes, run_.data() + w.end_byte};
  std::vector<std::uint8_t> word(std::min<std::size_t>(word_bytes_, 16 * (w.end_byte - w.first_byte) / t.sum_bits));
  for (std::size_t i = 0; i < word.size() / 2; ++i) {
    const std::int16_t value = packed_value(bytes, i, t.sum_bits);
    std::memcpy(word.data() + 2 * i, &value, sizeof value);
  }
  return word;
}

/// Channel colour x codes + i is the number of code i's thresholds that the colour is greater than.
std::vector<std::uint8_t> LoadWords::embedded(const Write& w) const {
  std::vector<std::uint8_t> word(word_bytes_);
  const std::size_t block = 4 * word_bytes_, codes = thresholds_.size();
  for (std::size_t c = 0; c < block; ++c) {
    const std::size_t channel = w.block * block + c;
    if (channel >= 3 * codes) continue;
    unsigned code = 0;
    for (const std::uint32_t threshold : thresholds_[channel % codes])
      code += run_[w.first_byte + channel / codes] > threshold ? 1 : 0;
    word[c / 8] = static_cast<std::uint8_t>(word[c / 8] | (code & 1) << c % 8);
    std::uint8_t& high = word[word_bytes_ / 2 + c / 8];
    high = static_cast<std::uint8_t>(high | code >> 1 << c % 8);
  }
  return word;
}

Cycle LoadWords::burst(const Execution& e, const Brought& b) {
  const Transfer& t = e.op->transfer;
  if (t.sum_bits < 8 || t.sum_bits > 16) lost_ = true;
  if (untimed_ || free_ == unknown || b.beats.empty()) return unknown;
  // Steps follow each other without a gap, so the first one waits until none of them will want a beat.
  const Cycle last = b.beats.back() + 1, at_once = beats_per_step(t);
  Cycle start = free_;
  for (std::size_t i = 0; i < b.beats.size(); ++i)
    start = std::max(start, b.beats[i] - static_cast<Cycle>(i) / at_once);
  auto after = [&](Cycle steps) { return shared_ ? shared_->after(steps, start, last) : start + steps; };
  if (b.offset == 0) run_.clear();
  if (run_.size() != b.offset) lost_ = true;  // its first bytes came before the trace
  if (!lost_) run_.insert(run_.end(), b.bytes.begin(), b.bytes.end());
  const bool whole = b.bytes.size() == b.cut.bytes;
  if (has_writes_ && !lost_ && whole)
    for (const Write& write : t.image ? image_writes(t, b) : plain_writes(t, b))
      compare(e, write, after(write.step + 1) - 1);
  free_ = std::max(last, after(steps_of(t, b)));
  return free_;
}

void LoadWords::compare(const Execution& e, const Write& w, Cycle cycle) {
  if (lost_ || cycle > whole_) return;
  if (fresh_) {
    written_.skip_to(cycle);
    fresh_ = false;
  }
  const Place place{cycle, name_, e.layer()};
  const bool there = written_.more() && written_.address() == w.address;
  const auto word = word_of(e.op->transfer, w);
  const bool same =
      there && written_.word_bytes() >= word.size() && std::equal(word.begin(), word.end(), written_.data());
  report_.expect("dma.writes", same, place, [&] {
    return !written_.more() ? fmt::format("word {} is not written", w.address)
           : !there         ? fmt::format("word {} is written in cycle {}, word {} is next", written_.address(),
                                          written_.cycle(), w.address)
                            : fmt::format("word {} is not written as its bytes came", w.address);
  });
  if (!there) {
    lost_ = true;
    return;
  }
  report_.expect("dma.write_time", written_.cycle() == cycle, place, [&] {
    return fmt::format("word {} is written in cycle {}, {} expected", w.address, written_.cycle(), cycle);
  });
  written_.next();
}

}  // namespace ernsim::check

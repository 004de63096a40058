#include "traces/run_codec.h"

#include <cstring>
#include <utility>

namespace ernsim::traces {

namespace {

enum Flag : std::uint8_t {
  consecutive_cycles = 1,
  consecutive_addresses = 2,
  has_context = 4,
  has_hashes = 8,
  all_flags = 15,
};

/// Beats a run may claim to have: more than any instruction can make.
constexpr std::uint64_t most_beats = std::uint64_t{1} << 20;

std::uint16_t tile_columns(const PortBeats& beats) {
  switch (beats.port) {
    case Port::convolution_accumulators_in:
    case Port::convolution_accumulators_out:
      return beats.instruction->convolution.out_columns;
    case Port::quantization_accumulators_in:
    case Port::quantization_residuals_in:
    case Port::quantization_codes_out:
    case Port::quantization_sums_out:
      return beats.instruction->quantization.columns;
    default:
      return 0;
  }
}

Cycle cycle_of(const PortBeats& beats, std::size_t i) {
  return beats.cycles != nullptr ? beats.cycles[i] : beats.first_cycle + static_cast<Cycle>(i);
}

std::uint32_t address_of(const PortBeats& beats, std::size_t i) {
  return beats.addresses != nullptr ? beats.addresses[i] : beats.first_address + static_cast<std::uint32_t>(i);
}

template <class Value>
bool consecutive(const Value* values, std::size_t count) {
  for (std::size_t i = 1; values != nullptr && i < count; ++i)
    if (values[i] != values[i - 1] + 1) return false;
  return true;
}

/// The same beats in the same words, however they were handed over.
PortBeats canonical(PortBeats beats) {
  if (beats.cycles != nullptr && consecutive(beats.cycles, beats.count))
    beats.first_cycle = *std::exchange(beats.cycles, nullptr);
  if (beats.addresses != nullptr && consecutive(beats.addresses, beats.count))
    beats.first_address = *std::exchange(beats.addresses, nullptr);
  return beats;
}

/// Cycles a beat may lie at: hours of simulated time, and far from where arithmetic overflows.
constexpr Cycle most_cycles = Cycle{1} << 40;

template <class Value>
void append(std::vector<std::uint8_t>& bytes, Value value) {
  const auto* from = reinterpret_cast<const std::uint8_t*>(&value);
  bytes.insert(bytes.end(), from, from + sizeof value);
}

}  // namespace

void RunEncoder::clear() {
  bytes_.clear();
  last_cycle_ = 0;
}

void RunEncoder::unsigned_value(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<std::uint8_t>(value | 0x80));
  bytes_.push_back(static_cast<std::uint8_t>(value));
}

void RunEncoder::signed_value(std::int64_t value) {
  unsigned_value(static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63));
}

void RunEncoder::add(const PortBeats& given, const RunHash* hash, bool whole) {
  const PortBeats beats = canonical(given);
  unsigned flags = hash != nullptr ? has_hashes : 0;
  if (beats.cycles == nullptr) flags |= consecutive_cycles;
  if (beats.addresses == nullptr) flags |= consecutive_addresses;
  if (beats.instruction != nullptr) flags |= has_context;
  unsigned_value(beats.count);
  bytes_.push_back(static_cast<std::uint8_t>(flags));
  if (beats.instruction != nullptr) {
    context(beats.instruction);
    unsigned_value(whole ? tile_columns(beats) : 0);
  }
  const Cycle first = cycle_of(beats, 0);
  signed_value(first - last_cycle_);
  last_cycle_ = first;
  unsigned_value(address_of(beats, 0));
  if (hash != nullptr) return hashes(beats, *hash);
  cycles(beats);
  addresses(beats);
  const auto* data = static_cast<const std::uint8_t*>(beats.data);
  if (data != nullptr) bytes_.insert(bytes_.end(), data, data + beats.count * beats.word_bytes);
}

void RunEncoder::context(const Instruction* instruction) {
  for (const std::uint16_t part :
       {instruction->at.layer, instruction->at.block, instruction->at.row, instruction->at.column})
    unsigned_value(part);
}

void RunEncoder::cycles(const PortBeats& beats) {
  if (beats.cycles == nullptr) return;
  for (std::size_t i = 1; i < beats.count; ++i)
    unsigned_value(static_cast<std::uint64_t>(beats.cycles[i] - beats.cycles[i - 1]));
}

void RunEncoder::addresses(const PortBeats& beats) {
  if (beats.addresses == nullptr) return;
  for (std::size_t i = 1; i < beats.count; ++i)
    signed_value(std::int64_t{beats.addresses[i]} - std::int64_t{beats.addresses[i - 1]});
}

void RunEncoder::hashes(const PortBeats& beats, const RunHash& hash) {
  unsigned_value(static_cast<std::uint64_t>(cycle_of(beats, beats.count - 1) - cycle_of(beats, 0)));
  append(bytes_, hash.values);
  append(bytes_, hash.cycles);
}

std::uint8_t RunDecoder::byte() {
  if (at_ >= bytes_.size()) throw CodecError("a run ends too early");
  return bytes_[at_++];
}

std::uint64_t RunDecoder::unsigned_value() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const std::uint8_t part = byte();
    value |= std::uint64_t{part & 0x7FU} << shift;
    if (part < 0x80) return value;
  }
  throw CodecError("a number has more than 64 bits");
}

std::int64_t RunDecoder::signed_value() {
  const std::uint64_t value = unsigned_value();
  return static_cast<std::int64_t>(value >> 1 ^ (~(value & 1) + 1));
}

/// `cycle` plus `by`, which wraps around if it stands for a negative number.
Cycle RunDecoder::moved(Cycle cycle, std::uint64_t by) {
  const auto sum = static_cast<Cycle>(static_cast<std::uint64_t>(cycle) + by);
  if (sum < 0 || sum > most_cycles) throw CodecError("a beat's cycle is negative or too large");
  return sum;
}

Run RunDecoder::next() {
  Run run;
  run.count = unsigned_value();
  const std::uint8_t flags = byte();
  if (run.count == 0 || run.count > most_beats || flags > all_flags) throw CodecError("a run's head makes no sense");
  if ((flags & has_context) != 0) {
    run.context.known = true;
    for (auto* part :
         {&run.context.layer, &run.context.block, &run.context.row, &run.context.column, &run.context.tile_columns})
      *part = static_cast<std::uint16_t>(unsigned_value());
  }
  last_cycle_ =
      static_cast<Cycle>(static_cast<std::uint64_t>(last_cycle_) + static_cast<std::uint64_t>(signed_value()));
  run.cycles.push_back(last_cycle_);
  run.addresses.push_back(static_cast<std::uint32_t>(unsigned_value()));
  if ((flags & has_hashes) != 0) {
    run.hashed = true;
    run.cycles.push_back(moved(last_cycle_, unsigned_value()));
    for (auto* hash : {&run.hash.values, &run.hash.cycles}) {
      if (bytes_.size() - at_ < sizeof *hash) throw CodecError("a run ends too early");
      std::memcpy(hash, bytes_.data() + at_, sizeof *hash);
      at_ += sizeof *hash;
    }
    return run;
  }
  // Every beat takes a byte of the chunk unless cycles and addresses are consecutive and words empty.
  const bool costs = word_bytes_ > 0 || (flags & (consecutive_cycles | consecutive_addresses)) != 3;
  if (costs && run.count - 1 > bytes_.size() - at_) throw CodecError("a run ends too early");
  for (std::uint64_t i = 1; i < run.count; ++i)
    run.cycles.push_back(moved(run.cycles.back(), (flags & consecutive_cycles) != 0 ? 1 : unsigned_value()));
  for (std::uint64_t i = 1; i < run.count; ++i) {
    const std::int64_t step = (flags & consecutive_addresses) != 0 ? 1 : signed_value();
    run.addresses.push_back(static_cast<std::uint32_t>(run.addresses.back() + static_cast<std::uint64_t>(step)));
  }
  const std::uint64_t size = run.count * word_bytes_;
  if (size > bytes_.size() - at_) throw CodecError("a run ends too early");
  const auto from = bytes_.begin() + static_cast<std::ptrdiff_t>(at_);
  run.data.assign(from, from + static_cast<std::ptrdiff_t>(size));
  at_ += static_cast<std::size_t>(size);
  return run;
}

}  // namespace ernsim::traces

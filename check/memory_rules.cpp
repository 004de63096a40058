#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "check/array_values.h"
#include "check/bursts.h"
#include "check/rules.h"

namespace ernsim::check {

namespace {

/// An on-chip memory as its writers leave it, cycle by cycle.
class Contents {
 public:
  Contents(const Trace& trace, const std::vector<std::string>& writers) {
    for (const auto& writer : writers) writers_.emplace_back(trace, writer);
  }

  /// Everything written before `cycle` is in it; cycles never go back.
  void advance(Cycle cycle) {
    while (true) {
      Walk* first = nullptr;
      for (Walk& writer : writers_)
        if (writer.more() && writer.cycle() < cycle && (first == nullptr || writer.cycle() < first->cycle()))
          first = &writer;
      if (first == nullptr) return;
      words_[first->address()].assign(first->data(), first->data() + first->word_bytes());
      first->next();
    }
  }
  /// The word, if it was written.
  const std::vector<std::uint8_t>* word(std::uint32_t address) const {
    const auto found = words_.find(address);
    return found == words_.end() ? nullptr : &found->second;
  }

 private:
  std::vector<Walk> writers_;
  std::unordered_map<std::uint32_t, std::vector<std::uint8_t>> words_;
};

struct Memory {
  const char* contract;
  std::vector<std::string> writers, readers;
};

const std::vector<Memory>& memories() {
  static const std::vector<Memory> all{
      {"memory.activations", {"load_activations.writes", "quantization.codes_out"}, {"convolution.activations_in"}},
      {"memory.weights", {"load_weights.writes"}, {"convolution.weights_in"}},
      {"memory.thresholds", {"load_thresholds.writes"}, {"quantization.thresholds_in"}},
      {"memory.accumulators",
       {"convolution.accumulators_out"},
       {"convolution.accumulators_in", "quantization.accumulators_in"}},
      {"memory.residuals", {"load_residuals.writes"}, {"quantization.residuals_in"}},
  };
  return all;
}

/// Bytes of a word of W that no array uses are not looked at: a pane of fewer matrices than M leaves them as they are.
void check_reads(const Subject& s, const Memory& memory, const std::string& reader) {
  std::vector<std::string> used = memory.writers;
  used.push_back(reader);
  for (const auto& channel : used) s.trace.require({channel});
  const Cycle whole = s.trace.whole_until(used);
  // The adder passes on what it writes in the cycle in which a sweep of one step reads it again.
  const bool own = reader == "convolution.accumulators_in";
  Contents contents(s.trace, memory.writers);
  for (Walk walk(s.trace, reader); walk.more() && walk.cycle() <= whole; walk.next()) {
    contents.advance(walk.cycle() + (own ? 1 : 0));
    const auto* word = contents.word(walk.address());
    if (word == nullptr) continue;
    const bool same = word->size() == walk.word_bytes() && std::equal(word->begin(), word->end(), walk.data());
    const std::string unit = reader.substr(0, reader.find('.'));
    s.report.expect(memory.contract, same, {walk.cycle(), unit, walk.layer()}, [&] {
      return fmt::format("{} reads word {} otherwise than it was written", reader, walk.address());
    });
  }
}

/// Byte `index` of a run as the store sends it: B values of 16 bits a word, packed to `bits` each.
int packed_byte(const Contents& sums, std::uint32_t first_word, std::size_t word_bytes, unsigned bits,
                std::size_t index) {
  int byte = 0;
  for (unsigned b = 0; b < 8; ++b) {
    const std::size_t at = 8 * index + b, value = at / bits, values = word_bytes / 2;
    const auto* word = sums.word(first_word + static_cast<std::uint32_t>(value / values));
    if (word == nullptr) return -1;
    const int bit = half_word(word->data(), static_cast<int>(value % values)) >> at % bits & 1;
    byte |= bit << b;
  }
  return byte;
}

/// What the store sends is what A or S holds when the burst is issued.
class StoreData {
 public:
  explicit StoreData(const Subject& subject)
      : s_(subject),
        width_(static_cast<std::uint64_t>(s_.trace.parameter("interconnect.port_width_bytes"))),
        beats_(static_cast<std::uint64_t>(s_.trace.parameter("dma.max_burst_beats"))),
        block_(static_cast<std::size_t>(s_.trace.parameter("convolution.block_channels"))),
        codes_(s_.trace, {"load_activations.writes", "quantization.codes_out"}),
        sums_(s_.trace, {"quantization.sums_out"}),
        data_(s_.trace, "store.data"),
        whole_(s_.trace.whole_until({"store.data", "store.start", "load_activations.writes", "quantization.codes_out",
                                     "quantization.sums_out"})) {
    if (width_ == 0 || beats_ == 0 || block_ < 8) throw Missing("a parameter is 0 that cannot be");
  }

  void check() {
    for (const Execution& e : s_.executions.of(store)) {
      if (e.op == nullptr || e.start == unknown || e.op->transfer.inner_count == 0) continue;
      data_.skip_to(e.start);
      const unsigned bits = e.op->transfer.sum_bits;
      if (bits < 8 || bits > 16) continue;
      for (Nest nest(e.op->transfer, width_, beats_); !nest.done();) {
        const auto first =
            static_cast<std::uint32_t>(e.op->transfer.memory_address + nest.run() * e.op->transfer.memory_stride_words);
        const std::uint32_t offset = nest.offset();
        if (!burst(e, nest.next(), first, offset)) break;
      }
    }
  }

 private:
  bool burst(const Execution& e, const Cut& cut, std::uint32_t first_word, std::uint32_t offset) {
    const std::uint64_t aligned = cut.address - cut.address % width_;
    if (!data_.more() || data_.cycle() > whole_ || data_.address() != aligned || data_.word_bytes() != width_)
      return false;
    const Cycle cycle = data_.cycle();
    const Transfer& t = e.op->transfer;
    Contents& memory = t.from_results ? sums_ : codes_;
    memory.advance(cycle);
    const std::size_t word_bytes = t.from_results ? 2 * block_ : block_ / 4;
    std::uint64_t wrong = cut.bytes;
    for (std::uint32_t b = 0; b < beats_of(cut, width_) && data_.more(); ++b, data_.next())
      for (std::uint64_t lane = 0; lane < width_; ++lane) {
        const std::uint64_t at = aligned + b * width_ + lane;
        if (at < cut.address || at >= cut.address + cut.bytes) continue;
        const std::size_t index = offset + (at - cut.address);
        const int byte = t.from_results && t.sum_bits != 16
                             ? packed_byte(memory, first_word, word_bytes, t.sum_bits, index)
                             : plain_byte(memory, first_word, word_bytes, index);
        if (byte >= 0 && byte != data_.data()[lane]) wrong = std::min<std::uint64_t>(wrong, at - cut.address);
      }
    s_.report.expect(t.from_results ? "memory.results" : "memory.activations", wrong == cut.bytes,
                     {cycle, "store", e.layer()}, [&] {
                       return fmt::format("byte {:#x} of the burst at {:#x} is not what the memory holds",
                                          cut.address + wrong, cut.address);
                     });
    return true;
  }
  static int plain_byte(const Contents& memory, std::uint32_t first_word, std::size_t word_bytes, std::size_t index) {
    const auto* word = memory.word(first_word + static_cast<std::uint32_t>(index / word_bytes));
    return word == nullptr || word->size() != word_bytes ? -1 : (*word)[index % word_bytes];
  }

  const Subject& s_;
  std::uint64_t width_, beats_;
  std::size_t block_;
  Contents codes_, sums_;
  Walk data_;
  Cycle whole_;
};

/// Words of a channel in one cycle, at most.
void count_words(const Subject& s, const std::string& channel, std::int64_t most) {
  if (!s.trace.has(channel)) {
    s.report.lacks("memory.words", "no beats of " + channel);
    return;
  }
  Cycle cycle = unknown;
  std::int64_t words = 0;
  for (Walk walk(s.trace, channel); walk.more(); walk.next()) {
    words = walk.cycle() == cycle ? words + 1 : 1;
    cycle = walk.cycle();
    s.report.expect("memory.words", words <= most, {cycle, channel.substr(0, channel.find('.')), walk.layer()},
                    [&] { return fmt::format("{} words on {}, at most {}", words, channel, most); });
  }
}

}  // namespace

void check_memories(const Subject& s) {
  for (const Memory& memory : memories())
    for (const auto& reader : memory.readers) try {
        if (!s.trace.all_layers()) throw Missing("the trace has not all layers");
        check_reads(s, memory, reader);
      } catch (const Missing& missing) {
        s.report.lacks(memory.contract, missing.what());
      }
}

void check_store_data(const Subject& s) {
  if (!s.trace.all_layers()) throw Missing("the trace has not all layers");
  s.trace.require(
      {"store.data", "store.start", "load_activations.writes", "quantization.codes_out", "quantization.sums_out"});
  StoreData(s).check();
}

void check_words_per_cycle(const Subject& s) {
  const std::int64_t cores = s.trace.parameter("convolution.cores"), lanes = s.trace.parameter("convolution.lanes");
  const std::int64_t block = s.trace.parameter("convolution.block_channels");
  const std::int64_t load = s.trace.parameter("convolution.pane_load_cycles");
  const std::int64_t pixels = s.trace.text("convolution.lane_mapping") == "pixels" ? lanes * cores : cores;
  count_words(s, "convolution.activations_in", std::min(lanes, s.trace.parameter("memory.activations_banks")) * cores);
  count_words(s, "convolution.weights_in", load == 0 ? 1 : (block + load - 1) / load);
  count_words(s, "convolution.accumulators_in", pixels);
  count_words(s, "convolution.accumulators_out", pixels);
  for (const char* port : {"accumulators_in", "residuals_in", "codes_out", "sums_out"})
    count_words(s, std::string("quantization.") + port, cores);
  count_words(s, "quantization.thresholds_in", 1);
}

}  // namespace ernsim::check

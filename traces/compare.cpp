#include "traces/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <numeric>

#include "traces/beat_stream.h"
#include "traces/coordinates.h"

namespace ernsim::traces {

namespace {

constexpr std::size_t shown_before = 3, shown_after = 3;  ///< beats around a divergence

std::string line(const char* whose, const Beat& beat, const char* mark = "") {
  return fmt::format("{:<9} cycle {:>9}  address {:#07x}  {}{}", whose, beat.cycle, beat.address,
                     hexadecimal(beat.data.data(), beat.data.size()), mark);
}

/// One channel of both traces, run by run of the golden one.
class ChannelComparison {
 public:
  ChannelComparison(const Reader& golden, const Reader& candidate, std::size_t in_golden, std::size_t in_candidate,
                    const CompareOptions& options)
      : header_(golden.header()),
        channel_(header_.channels[in_golden]),
        golden_(golden, in_golden),
        candidate_(candidate, in_candidate),
        options_(options) {}

  /// Returns whether there is a divergence.
  bool find(Divergence& divergence) {
    divergence.channel = channel_.name;
    while (true) {
      const Run expected = golden_.next();
      if (expected.count == 0) return find_extra(divergence);
      const Run found = candidate_.take(expected.count);
      beats_ += expected.count;
      if (differ(expected, found, divergence)) return true;
      last_expected_ = expected;
      last_found_ = found;
    }
  }

  std::uint64_t beats() const { return beats_; }

 private:
  bool find_extra(Divergence& divergence) {
    const Run more = candidate_.next();
    if (more.count == 0) return false;
    divergence.what = "extra";
    divergence.cycle = more.first_cycle();
    divergence.expected = "no more beats";
    divergence.found = fmt::format("address {:#x}", more.addresses[0]);
    return true;
  }

  bool differ(const Run& expected, const Run& found, Divergence& divergence) {
    if (expected.hashed || found.hashed) return differ_in_hash(expected, found, divergence);
    if (options_.mode == Mode::values) return differ_in_values(expected, found, divergence);
    for (std::size_t i = 0; i < expected.count; ++i) {
      const char* what = i >= found.count ? "missing" : difference(expected, i, found, i);
      if (what == nullptr) continue;
      describe(what, expected, i, found, i, divergence);
      return true;
    }
    return false;
  }

  /// What differs between two beats; null if nothing that counts.
  const char* difference(const Run& expected, std::size_t i, const Run& found, std::size_t j) const {
    const std::size_t bytes = channel_.word_bytes;
    if (expected.addresses[i] != found.addresses[j]) return "address";
    if (bytes > 0 && std::memcmp(&expected.data[i * bytes], &found.data[j * bytes], bytes) != 0) return "data";
    if (options_.mode != Mode::cycles) return nullptr;
    return std::abs(expected.cycles[i] - found.cycles[j]) > options_.slack_cycles ? "cycle" : nullptr;
  }

  /// Beats of a run sorted by address and data.
  std::vector<std::size_t> sorted(const Run& run) const {
    std::vector<std::size_t> order(run.count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const std::size_t bytes = channel_.word_bytes;
    std::stable_sort(order.begin(), order.end(), [&run, bytes](std::size_t a, std::size_t b) {
      if (run.addresses[a] != run.addresses[b]) return run.addresses[a] < run.addresses[b];
      return bytes > 0 && std::memcmp(&run.data[a * bytes], &run.data[b * bytes], bytes) < 0;
    });
    return order;
  }

  bool differ_in_values(const Run& expected, const Run& found, Divergence& divergence) {
    const auto of_expected = sorted(expected), of_found = sorted(found);
    for (std::size_t i = 0; i < of_expected.size(); ++i) {
      const std::size_t e = of_expected[i], f = i < of_found.size() ? of_found[i] : 0;
      const char* what = i >= of_found.size() ? "missing" : difference(expected, e, found, f);
      if (what == nullptr) continue;
      describe(what, expected, e, found, f, divergence);
      return true;
    }
    return false;
  }

  bool differ_in_hash(const Run& expected, const Run& found, Divergence& divergence) {
    const auto values = [](const Run& run) { return run.hashed ? run.value_hash : value_hash(run); };
    const auto cycles = [](const Run& run) { return run.hashed ? run.cycle_hash : cycle_hash(run); };
    const bool timed = options_.mode == Mode::cycles;
    const bool differ_cycles = timed && found.count > 0 && cycles(expected) != cycles(found) &&
                               !(options_.slack_cycles > 0 && close(expected, found));
    if (expected.count == found.count && values(expected) == values(found) && !differ_cycles) return false;
    divergence.what = found.count < expected.count ? "missing" : "hash";
    divergence.cycle = expected.first_cycle();
    divergence.where = coordinates(header_, channel_, expected, 0, 0);
    divergence.expected =
        fmt::format("{} beats with other values or cycles; one trace has only hashes", expected.count);
    divergence.found = fmt::format("{} beats", found.count);
    return true;
  }

  bool close(const Run& a, const Run& b) const {
    return std::abs(a.first_cycle() - b.first_cycle()) <= options_.slack_cycles &&
           std::abs(a.last_cycle() - b.last_cycle()) <= options_.slack_cycles;
  }

  void describe(const char* what, const Run& expected, std::size_t i, const Run& found, std::size_t j,
                Divergence& divergence) {
    const Beat golden = golden_.beat_of(expected, i);
    const Beat other = j < found.count ? candidate_.beat_of(found, j) : Beat{};
    divergence.what = what;
    divergence.cycle = golden.cycle;
    std::size_t element = 0;
    divergence.expected = fmt::format("address {:#x} in cycle {}", golden.address, golden.cycle);
    divergence.found = fmt::format("address {:#x} in cycle {}", other.address, other.cycle);
    if (divergence.what == "missing") divergence.found = "no more beats";
    if (divergence.what == "data") {
      const auto difference = first_difference(channel_, golden.data.data(), other.data.data());
      element = difference.element;
      divergence.expected = difference.expected;
      divergence.found = difference.found;
    }
    divergence.where = coordinates(header_, channel_, expected, i, element);
    add_around("golden", golden_, last_expected_, expected, i, divergence.around);
    add_around("candidate", candidate_, last_found_, found, j, divergence.around);
  }

  static void add_around(const char* whose, BeatStream& stream, const Run& before, const Run& run, std::size_t at,
                         std::vector<std::string>& lines) {
    std::vector<std::string> earlier;
    for (std::size_t i = 0; i < before.count && !before.hashed; ++i)
      if (before.count - i + at <= shown_before) earlier.push_back(line(whose, stream.beat_of(before, i)));
    lines.insert(lines.end(), earlier.begin(), earlier.end());
    std::size_t shown = 0;
    for (std::size_t i = at > shown_before ? at - shown_before : 0; i < run.count && i <= at + shown_after; ++i) {
      lines.push_back(line(whose, stream.beat_of(run, i), i == at ? "  <" : ""));
      shown += i > at ? 1 : 0;
    }
    for (const Beat& beat : stream.peek(shown_after - shown)) lines.push_back(line(whose, beat));
  }

  const Header& header_;
  const Channel& channel_;
  BeatStream golden_, candidate_;
  CompareOptions options_;
  std::uint64_t beats_ = 0;
  Run last_expected_, last_found_;
};

}  // namespace

Comparison compare(const Reader& golden, const Reader& candidate, const CompareOptions& options) {
  Comparison made;
  const auto selection = [](const Reader& of) {
    return of.header().selection.empty() ? "everything" : of.header().selection;
  };
  if (selection(golden) != selection(candidate))
    throw TraceError(fmt::format("{}: holds {}, but {} holds {}", candidate.file(), selection(candidate), golden.file(),
                                 selection(golden)));
  for (std::size_t i = 0; i < golden.header().channels.size(); ++i) {
    const Channel& channel = golden.header().channels[i];
    const auto other = candidate.channel(channel.name);
    if (!other || (channel.timing && options.mode != Mode::cycles)) {
      made.skipped.push_back(channel.name);
      continue;
    }
    const std::size_t width = candidate.header().channels[*other].word_bytes;
    if (width != channel.word_bytes)
      throw TraceError(fmt::format("{}: words of {} have {} bytes, {} in {}", candidate.file(), channel.name, width,
                                   channel.word_bytes, golden.file()));
    ChannelComparison comparison(golden, candidate, i, *other, options);
    Divergence divergence;
    if (comparison.find(divergence)) made.divergences.push_back(divergence);
    made.beats += comparison.beats();
    made.compared.push_back(channel.name);
  }
  std::stable_sort(made.divergences.begin(), made.divergences.end(),
                   [](const Divergence& a, const Divergence& b) { return a.cycle < b.cycle; });
  return made;
}

}  // namespace ernsim::traces

#include "traces/compare_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "traces/coordinates.h"
#include "traces/run_hash.h"

namespace ernsim::traces {

namespace {

/// Lines for the beats around one of a run, from the run before it to what the stream has next.
void add_around(const char* whose, BeatStream& stream, const Run& before, const Run& run, std::size_t at,
                std::vector<std::string>& lines) {
  for (std::size_t i = 0; i < before.count && !before.hashed; ++i)
    if (before.count - i + at <= shown_before) lines.push_back(line_of(whose, beat_of(before, i)));
  std::size_t shown = 0;
  for (std::size_t i = at > shown_before ? at - shown_before : 0; i < run.count && i <= at + shown_after; ++i) {
    lines.push_back(line_of(whose, beat_of(run, i), i == at ? "  <" : ""));
    shown += i > at ? 1 : 0;
  }
  for (const Beat& beat : stream.peek(shown_after - shown)) lines.push_back(line_of(whose, beat));
}

}  // namespace

OrderComparison::OrderComparison(const Reader& golden, const Reader& candidate, std::size_t in_golden,
                                 std::size_t in_candidate, const CompareOptions& options, Cycle shift_cycles)
    : header_(golden.header()),
      channel_(header_.channels[in_golden]),
      golden_(golden, in_golden),
      candidate_(candidate, in_candidate, shift_cycles),
      options_(options),
      golden_whole_(golden.damage().empty()),
      candidate_whole_(candidate.damage().empty()) {}

std::optional<Divergence> OrderComparison::find() {
  while (true) {
    const Run expected = golden_.next();
    if (expected.count == 0) {
      const Run more = candidate_.next();
      if (more.count == 0 || !golden_whole_) return std::nullopt;
      Divergence made = extra_beat(header_, channel_, more, 0);
      add_around("golden", golden_, last_expected_, {}, 0, made.around);
      add_around("candidate", candidate_, last_found_, more, 0, made.around);
      return made;
    }
    const Run found = candidate_.take(expected.count);
    const bool cut_off = found.count < expected.count && !candidate_whole_;
    if (cut_off && (expected.hashed || found.count == 0)) return std::nullopt;
    beats_ += cut_off ? found.count : expected.count;
    if (auto divergence = differ(expected, found)) return divergence;
    if (cut_off) return std::nullopt;
    last_expected_ = expected;
    last_found_ = found;
  }
}

std::optional<Divergence> OrderComparison::differ(const Run& expected, const Run& found) {
  if (expected.hashed || found.hashed) return differ_in_hash(expected, found);
  const std::uint64_t count = candidate_whole_ ? expected.count : std::min(expected.count, found.count);
  for (std::size_t i = 0; i < count; ++i) {
    const bool there = i < found.count;
    const char* what = there ? difference(expected, found, i) : "missing";
    if (what == nullptr) continue;
    Divergence made = divergence_between(header_, channel_, what, expected, i, there ? &found : nullptr, i);
    if (there) made.cycle = cycle_of_difference(expected, found, i);
    add_around("golden", golden_, last_expected_, expected, i, made.around);
    add_around("candidate", candidate_, last_found_, found, i, made.around);
    return made;
  }
  return std::nullopt;
}

/// What differs between two beats at the same place; null if nothing that counts.
const char* OrderComparison::difference(const Run& expected, const Run& found, std::size_t beat) const {
  const std::size_t bytes = channel_.word_bytes;
  if (expected.addresses[beat] != found.addresses[beat]) return "address";
  if (bytes > 0 && std::memcmp(&expected.data[beat * bytes], &found.data[beat * bytes], bytes) != 0)
    return channel_.kind == WordKind::cycles ? "cycle" : "data";
  if (options_.mode != Mode::cycles) return nullptr;
  return std::abs(expected.cycles[beat] - found.cycles[beat]) > options_.slack_cycles ? "cycle" : nullptr;
}

/// The golden beat's cycle; of what lasts for a while, when the two first are not the same.
Cycle OrderComparison::cycle_of_difference(const Run& expected, const Run& found, std::size_t beat) const {
  const Cycle golden = expected.cycles[beat], other = found.cycles[beat];
  if (channel_.kind != WordKind::cycles) return golden;
  if (golden != other || expected.addresses[beat] != found.addresses[beat]) return std::min(golden, other);
  std::uint32_t lasts = 0, other_lasts = 0;
  const std::size_t bytes = std::min(channel_.word_bytes, sizeof lasts);
  std::memcpy(&lasts, &expected.data[beat * channel_.word_bytes], bytes);
  std::memcpy(&other_lasts, &found.data[beat * channel_.word_bytes], bytes);
  return golden + std::min(lasts, other_lasts);
}

std::optional<Divergence> OrderComparison::differ_in_hash(const Run& expected, const Run& found) const {
  const RunHash of_expected = hash_of(expected), of_found = hash_of(found);
  const bool differ_cycles = options_.mode == Mode::cycles && found.count > 0 && of_expected.cycles != of_found.cycles;
  if (expected.count == found.count && of_expected.values == of_found.values && !differ_cycles) return std::nullopt;
  Divergence made;
  made.channel = channel_.name;
  made.what = found.count < expected.count ? "missing" : "hash";
  made.cycle = expected.first_cycle();
  made.where = coordinates(header_, channel_, expected, 0, 0);
  made.expected = fmt::format("{} beats with other values or cycles; one trace has only hashes", expected.count);
  made.found = fmt::format("{} beats", found.count);
  return made;
}

}  // namespace ernsim::traces

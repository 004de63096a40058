#include "traces/compare_values.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

#include "traces/coordinates.h"
#include "traces/run_hash.h"

namespace ernsim::traces {

namespace {

std::uint64_t hash_of_beat(const Run& run, std::size_t beat, std::size_t word_bytes) {
  const auto* data = word_bytes == 0 ? nullptr : &run.data[beat * word_bytes];
  return XXH3_64bits_withSeed(data, word_bytes, run.addresses[beat]);
}

void add_around(const char* whose, const Run& run, std::size_t at, std::vector<std::string>& lines) {
  const std::size_t end = std::min<std::size_t>(run.count, at + shown_after + 1);
  for (std::size_t i = at > shown_before ? at - shown_before : 0; i < end; ++i)
    lines.push_back(line_of(whose, beat_of(run, i), i == at ? "  <" : ""));
}

}  // namespace

ValueComparison::ValueComparison(const Reader& golden, const Reader& candidate, std::size_t in_golden,
                                 std::size_t in_candidate)
    : header_(golden.header()),
      channel_(header_.channels[in_golden]),
      golden_(golden, in_golden),
      candidate_(candidate, in_candidate),
      golden_whole_(golden.damage().empty()),
      candidate_whole_(candidate.damage().empty()) {}

std::optional<Divergence> ValueComparison::find() {
  while (expected_.count <= most_unmatched && found_.count <= most_unmatched) {
    const Run expected = golden_.next();
    const Run found = expected.count > 0 ? candidate_.take(expected.count) : candidate_.next();
    if (expected.count == 0 && found.count == 0) break;
    beats_ += expected.count;
    const bool whole = expected.hashed || found.hashed;
    add(expected_, found_, expected, whole);
    add(found_, expected_, found, whole);
  }
  if (expected_.count == 0 && found_.count == 0) return std::nullopt;
  if ((!candidate_whole_ && found_.count == 0) || (!golden_whole_ && expected_.count == 0)) return std::nullopt;
  return describe();
}

void ValueComparison::add(Side& side, Side& other, const Run& run, bool whole) const {
  if (run.count == 0) return;
  const auto kept = std::make_shared<const Run>(run);
  if (whole) return meet(side, other, hash_of(run).values ^ run.count, {side.seen++, kept, 0});
  for (std::size_t i = 0; i < run.count; ++i)
    meet(side, other, hash_of_beat(run, i, channel_.word_bytes), {side.seen++, kept, i});
}

/// Takes out the other side's oldest item with that hash, or keeps this one until its partner comes.
void ValueComparison::meet(Side& side, Side& other, std::uint64_t hash, Item item) {
  const auto partner = other.unmatched.find(hash);
  if (partner == other.unmatched.end()) {
    side.unmatched[hash].push_back(std::move(item));
    ++side.count;
    return;
  }
  partner->second.pop_front();
  if (partner->second.empty()) other.unmatched.erase(partner);
  --other.count;
}

/// The side's first unmatched item, of that address if one is given; null if there is none.
const ValueComparison::Item* ValueComparison::earliest(const Side& side, const std::uint32_t* address) {
  const Item* first = nullptr;
  for (const auto& [hash, items] : side.unmatched)
    for (const Item& item : items)
      if ((first == nullptr || item.number < first->number) &&
          (address == nullptr || item.run->addresses[item.beat] == *address))
        first = &item;
  return first;
}

Divergence ValueComparison::describe() const {
  const Item* golden = earliest(expected_, nullptr);
  if (golden == nullptr) {
    const Item* more = earliest(found_, nullptr);
    Divergence made = extra_beat(header_, channel_, *more->run, more->beat);
    if (!more->run->hashed) add_around("candidate", *more->run, more->beat, made.around);
    return made;
  }
  const Run& expected = *golden->run;
  const Item* same = earliest(found_, &expected.addresses[golden->beat]);
  const Item* other = same != nullptr ? same : earliest(found_, nullptr);
  if (expected.hashed || (other != nullptr && other->run->hashed)) {
    Divergence made;
    made.channel = channel_.name;
    made.what = other == nullptr ? "missing" : "hash";
    made.cycle = expected.first_cycle();
    made.where = coordinates(header_, channel_, expected, 0, 0);
    made.expected = fmt::format("{} beats with other values; one trace has only hashes", expected.count);
    made.found = other == nullptr ? "no such beats" : "others";
    return made;
  }
  const char* what = other == nullptr ? "missing" : same != nullptr ? "data" : "address";
  Divergence made =
      divergence_between(header_, channel_, what, expected, golden->beat, other == nullptr ? nullptr : other->run.get(),
                         other == nullptr ? 0 : other->beat);
  add_around("golden", expected, golden->beat, made.around);
  if (other != nullptr) add_around("candidate", *other->run, other->beat, made.around);
  return made;
}

}  // namespace ernsim::traces

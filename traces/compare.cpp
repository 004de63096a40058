#include "traces/compare.h"

#include <fmt/format.h>

#include <algorithm>

#include "traces/compare_layers.h"
#include "traces/compare_order.h"
#include "traces/compare_values.h"

namespace ernsim::traces {

namespace {

template <class ChannelComparison>
void run(ChannelComparison comparison, Comparison& made) {
  if (auto divergence = comparison.find()) made.divergences.push_back(std::move(*divergence));
  made.beats += comparison.beats();
}

/// From the candidate's first beat to the golden one's, over the channels of values that both have.
Cycle shift_between(const Reader& golden, const Reader& candidate) {
  Cycle first = never, other_first = never;
  for (std::size_t i = 0; i < golden.header().channels.size(); ++i) {
    const Channel& channel = golden.header().channels[i];
    const auto other = candidate.channel(channel.name);
    if (!other || channel.timing) continue;
    if (const auto run = RunCursor(golden, i).next()) first = std::min(first, run->first_cycle());
    if (const auto run = RunCursor(candidate, *other).next()) other_first = std::min(other_first, run->first_cycle());
  }
  return first == never || other_first == never ? 0 : first - other_first;
}

/// Whether a difference in that channel is one in this mode. Stalls follow from what units do: with a slack, only that
/// counts.
bool counts(const Channel& channel, const CompareOptions& options) {
  if (!channel.timing) return true;
  return options.mode == Mode::cycles && !(options.slack_cycles > 0 && channel.kind == WordKind::cycles);
}

}  // namespace

Comparison compare(const Reader& golden, const Reader& candidate, const CompareOptions& options) {
  Comparison made;
  const auto selection = [](const Reader& of) {
    return of.header().selection.empty() ? "everything" : of.header().selection;
  };
  if (selection(golden) != selection(candidate))
    throw TraceError(fmt::format("{}: holds {}, but {} holds {}", candidate.file(), selection(candidate), golden.file(),
                                 selection(golden)));
  for (const Reader* trace : {&golden, &candidate})
    if (trace->header().hashed && (options.slack_cycles > 0 || options.align))
      throw TraceError(trace->file() + ": holds hashes of cycles; a slack or alignment needs the cycles themselves");
  if (options.align) made.shift_cycles = shift_between(golden, candidate);
  for (std::size_t i = 0; i < golden.header().channels.size(); ++i) {
    const Channel& channel = golden.header().channels[i];
    const auto other = candidate.channel(channel.name);
    if (!other || !counts(channel, options)) {
      made.skipped.push_back(channel.name);
      continue;
    }
    const std::size_t width = candidate.header().channels[*other].word_bytes;
    if (width != channel.word_bytes)
      throw TraceError(fmt::format("{}: words of {} have {} bytes, {} in {}", candidate.file(), channel.name, width,
                                   channel.word_bytes, golden.file()));
    if (options.mode == Mode::values)
      run(ValueComparison(golden, candidate, i, *other), made);
    else
      run(OrderComparison(golden, candidate, i, *other, options, made.shift_cycles), made);
    made.compared.push_back(channel.name);
  }
  for (const Channel& channel : candidate.header().channels)
    if (!golden.channel(channel.name)) made.skipped.push_back(channel.name);
  if (made.compared.empty())
    throw TraceError(fmt::format("{}: has no channel that {} has too", candidate.file(), golden.file()));
  compare_layers(golden, candidate, options, made);
  std::stable_sort(made.divergences.begin(), made.divergences.end(),
                   [](const Divergence& a, const Divergence& b) { return a.cycle < b.cycle; });
  return made;
}

}  // namespace ernsim::traces

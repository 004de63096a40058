#include "check/pane_loader.h"

#include <fmt/format.h>

#include <algorithm>

#include "check/semaphores.h"

namespace ernsim::check {

PaneLoader::PaneLoader(const Subject& subject, const Array& array)
    : s_(subject),
      array_(array),
      signs_(s_.trace, "convolution.weights_in"),
      takes_(s_.trace, "semaphores.take"),
      there_(s_.trace.has("convolution.weights_in")),
      lost_(s_.trace.begin() > 0),
      whole_(s_.trace.whole_until({"convolution.weights_in", "convolution.end"})) {}

Cycle PaneLoader::load(const Execution& e, std::int64_t pane, Cycle sweep) {
  words_.clear();
  if (lost_ && sweep != unknown && pane == 0 && (e.follows || e.start == unknown)) {
    signs_.skip_to(sweep);  // loaded after the last sweep of the one before had begun
    lost_ = false;
  }
  if (!there_ || lost_) return unknown;
  words_.take_before(signs_, never, static_cast<std::size_t>(array_.block));
  if (words_.size() < static_cast<std::size_t>(array_.block)) {
    words_.clear();
    s_.report.expect("convolution.weights_in", e.end == unknown || e.end > whole_, place(e.end, e),
                     [&] { return fmt::format("pane {} of instruction {} is not loaded", pane, e.number); });
    lose();
    return unknown;
  }
  check_words(e, pane);
  check_begin(e, pane, sweep);
  load_ = words_.cycles.front();
  return load_ + array_.pane_load;
}

void PaneLoader::check_words(const Execution& e, std::int64_t pane) {
  const Cycle load = words_.cycles.front();
  bool addresses = true, times = true;
  for (std::size_t r = 0; r < words_.size(); ++r) {
    const auto row = static_cast<Cycle>(r);
    addresses = addresses && words_.addresses[r] == static_cast<std::uint32_t>(e.op->convolution.weight_address +
                                                                               pane * array_.block + row);
    times = times && words_.cycles[r] == load + row * array_.pane_load / array_.block;
  }
  s_.report.expect("convolution.weights_in", addresses, place(load, e), [&] {
    return fmt::format("pane {} of instruction {} is not read from {} on", pane, e.number,
                       e.op->convolution.weight_address + pane * array_.block);
  });
  s_.report.expect("convolution.pane", times, place(load, e),
                   [&] { return fmt::format("pane {} of instruction {} is not loaded row by row", pane, e.number); });
}

/// The shadow is free when the pane in it has moved on, and the loader when it has loaded that. An instruction's first
/// pane also waits for the instruction and its credits.
void PaneLoader::check_begin(const Execution& e, std::int64_t pane, Cycle sweep) {
  const Cycle load = words_.cycles.front();
  const bool after = load_ != unknown && sweep != unknown && (pane > 0 || e.follows || e.start == unknown);
  Cycle earliest = after ? std::max(load_ + array_.pane_load, sweep) : 0;
  bool exact = after;
  if (pane == 0) {
    if (e.fetched != unknown)
      s_.report.expect("control.arrival", load > e.fetched, place(load, e), [&] {
        return fmt::format("instruction {}'s weights are loaded, it was fetched in cycle {}", e.number, e.fetched);
      });
    exact = (after || e.first) && e.fetched != unknown && e.weights != unknown;
    if (exact) earliest = std::max({earliest, e.fetched + 1, e.weights});
    check_credits(e, sweep);
  }
  if (after || exact)
    s_.report.expect("convolution.pane", exact ? load == earliest : load >= earliest, place(load, e), [&] {
      return fmt::format("pane {} of instruction {} is loaded; cycle {} expected", pane, e.number, earliest);
    });
}

void PaneLoader::check_credits(const Execution& e, Cycle sweep) {
  if (!s_.trace.from_start()) return;
  const Cycle load = words_.cycles.front();
  auto is_weights = [this] { return takes_.address() < semaphore_count && semaphores[takes_.address()].weights; };
  for (const Wait& wait : e.op->waits) {
    if (!semaphores[wait.semaphore].weights) continue;
    while (takes_.more() && !is_weights()) takes_.next();
    if (!takes_.more()) return;
    const Cycle taken = takes_.cycle();
    const bool kept = taken <= load && (sweep == unknown || !e.follows || taken >= load_);
    s_.report.expect("semaphores.take", kept, place(load, e), [&] {
      return fmt::format("instruction {}'s first pane is loaded, its credits are taken in cycle {}", e.number, taken);
    });
    takes_.next();
  }
}

}  // namespace ernsim::check

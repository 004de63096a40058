#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "check/rules.h"
#include "check/semaphores.h"

namespace ernsim::check {

namespace {

struct Take {
  Cycle cycle;
  std::uint32_t semaphore, credits;
};

/// Posts and takes of one semaphore in one frame.
struct Ledger {
  std::int64_t initial = unknown;
  std::vector<Cycle> posts;  ///< credits, ascending
  std::vector<Take> takes;
};

/// More credits than a semaphore can hold at any time; what is posted beyond that is not kept.
constexpr std::size_t most_posts = std::size_t{1} << 18;

using Ledgers = std::map<std::pair<int, std::size_t>, Ledger>;  ///< [frame, semaphore]

bool is_weights(const Wait& wait) { return semaphores[wait.semaphore].weights; }

class Credits {
 public:
  explicit Credits(const Subject& subject)
      : s_(subject),
        latency_(subject.trace.parameter("control.semaphore_cycles")),
        whole_(subject.trace.whole_until({"semaphores.take", "semaphores.post"})) {
    for (Walk walk(s_.trace, "semaphores.post"); walk.more(); walk.next())
      if (walk.address() < semaphore_count)
        for (std::uint32_t i = 0; i < walk.value() && ledger(walk).posts.size() < most_posts; ++i)
          ledger(walk).posts.push_back(walk.cycle());
    for (Walk walk(s_.trace, "semaphores.take"); walk.more(); walk.next())
      if (walk.address() < semaphore_count) ledger(walk).takes.push_back({walk.cycle(), walk.address(), walk.value()});
    for (auto& [key, each] : ledgers_) each.initial = s_.executions.initial_credits(key.second, key.first);
  }

  /// When `taken` credits of it could be taken in all.
  Cycle visible(const Ledger& ledger, std::int64_t taken) const {
    const std::int64_t posted = taken - ledger.initial;
    if (posted <= 0) return 0;
    return posted <= static_cast<std::int64_t>(ledger.posts.size())
               ? ledger.posts[static_cast<std::size_t>(posted - 1)] + latency_
               : never;
  }

  void check_takes() {
    for (const auto& [key, each] : ledgers_) {
      if (each.initial == unknown) {
        s_.report.lacks("semaphores.credit", "initial credits are not known");
        continue;
      }
      std::int64_t taken = 0;
      for (const Take& take : each.takes) {
        if (take.cycle > whole_) break;
        taken += take.credits;
        const Cycle from = visible(each, taken);
        s_.report.expect(
            "semaphores.credit", take.cycle >= from, place(take.cycle, key.second, semaphores[key.second].to), [&] {
              return fmt::format(
                  "{} of semaphore {} taken, {}", take.credits, key.second,
                  from == never ? "that were never posted" : fmt::format("which are there from cycle {} on", from));
            });
      }
      check_bound(key.second, each);
    }
  }

  void check_bound(std::size_t semaphore, const Ledger& ledger) {
    std::int64_t credits = ledger.initial;
    auto take = ledger.takes.begin();
    for (const Cycle post : ledger.posts) {
      for (; take != ledger.takes.end() && take->cycle < post; ++take) credits -= take->credits;
      ++credits;
      s_.report.expect("semaphores.bound", credits <= 65535, place(post, semaphore, semaphores[semaphore].from),
                       [&] { return fmt::format("semaphore {} holds {}", semaphore, credits); });
    }
  }

  /// When all credits that the instructions take at their starts are there.
  void fill_in() {
    std::map<std::pair<int, std::size_t>, std::int64_t> taken;
    for (int unit = 0; unit < unit_count; ++unit)
      for (Execution& e : s_.executions.of(unit)) {
        if (e.op == nullptr || e.start == unknown || e.start > whole_) continue;
        e.credits = e.weights = 0;
        for (const Wait& wait : e.op->waits) {
          Cycle& there = is_weights(wait) ? e.weights : e.credits;
          const auto found = ledgers_.find({e.frame, wait.semaphore});
          Ledger none;
          none.initial = s_.executions.initial_credits(wait.semaphore, e.frame);
          const Ledger& ledger = found == ledgers_.end() ? none : found->second;
          const std::int64_t all = taken[{e.frame, wait.semaphore}] += wait.count;
          there = ledger.initial == unknown ? never : std::max(there, visible(ledger, all));
        }
        if (e.weights == never) e.weights = unknown;
        if (e.credits == never) e.credits = unknown;
      }
  }

 private:
  Ledger& ledger(const Walk& walk) { return ledgers_[{s_.executions.frame_of(walk.cycle()), walk.address()}]; }
  static Place place(Cycle cycle, std::size_t, int unit) {
    return {cycle, unit_names[static_cast<std::size_t>(unit)], -1};
  }

  const Subject& s_;
  Cycle latency_, whole_;
  Ledgers ledgers_;
};

/// Every instruction's waits, at its start; those of weights are the loader's.
void check_taken(const Subject& s) {
  const Cycle whole = s.trace.whole_until({"semaphores.take"});
  std::array<std::deque<Take>, unit_count> queues;
  std::deque<Take> loader;
  for (Walk walk(s.trace, "semaphores.take"); walk.more() && walk.cycle() <= whole; walk.next()) {
    const bool known = walk.address() < semaphore_count;
    s.report.expect("semaphores.take", known, {walk.cycle(), "semaphores", walk.layer()},
                    [&] { return fmt::format("semaphore {} is taken, there are 19", walk.address()); });
    if (!known) continue;
    const Semaphore& semaphore = semaphores[walk.address()];
    (semaphore.weights ? loader : queues[static_cast<std::size_t>(semaphore.to)])
        .push_back({walk.cycle(), walk.address(), walk.value()});
  }
  for (int unit = 0; unit < unit_count; ++unit) {
    auto& takes = queues[static_cast<std::size_t>(unit)];
    const auto& list = s.executions.of(unit);
    const Place of_unit{0, unit_names[static_cast<std::size_t>(unit)], -1};
    if (list.empty()) continue;
    while (!takes.empty() && takes.front().cycle < list.front().start && s.trace.begin() > 0) takes.pop_front();
    for (const Execution& e : list) {
      if (e.start == unknown || e.start > whole) break;
      if (e.op == nullptr) {
        while (!takes.empty() && takes.front().cycle <= e.start) takes.pop_front();
        continue;
      }
      bool kept = true;
      for (const Wait& wait : e.op->waits) {
        if (is_weights(wait)) continue;
        kept = kept && !takes.empty() && takes.front().cycle == e.start && takes.front().semaphore == wait.semaphore &&
               takes.front().credits == wait.count;
        if (kept) takes.pop_front();
      }
      kept = kept && (takes.empty() || takes.front().cycle > e.start);
      while (!takes.empty() && takes.front().cycle <= e.start) takes.pop_front();
      s.report.expect("semaphores.take", kept, {e.start, of_unit.unit, e.layer()}, [&] {
        return fmt::format("instruction {} starts without having taken just what it waits for", e.number);
      });
    }
  }
  // The loader's, in the order of instructions; when, the convolution's rules look at.
  if (!s.trace.from_start()) return;
  for (const Execution& e : s.executions.of(convolution)) {
    if (e.op == nullptr || e.start == unknown || e.start > whole) break;
    for (const Wait& wait : e.op->waits) {
      if (!is_weights(wait)) continue;
      const bool kept = !loader.empty() && loader.front().semaphore == wait.semaphore &&
                        loader.front().credits == wait.count && loader.front().cycle <= e.end;
      s.report.expect("semaphores.take", kept || e.end == unknown, {e.start, "convolution", e.layer()},
                      [&] { return fmt::format("instruction {} has not taken its weights' credits", e.number); });
      if (!loader.empty()) loader.pop_front();
    }
  }
}

/// One credit to each semaphore an instruction names, in the cycle of its end.
void check_posted(const Subject& s) {
  std::vector<std::string> used{"semaphores.post"};
  std::map<std::pair<Cycle, std::size_t>, int> expected;
  std::array<bool, unit_count> has{};
  for (int unit = 0; unit < unit_count; ++unit) {
    const std::string channel = std::string(unit_names[static_cast<std::size_t>(unit)]) + ".end";
    has[static_cast<std::size_t>(unit)] = s.trace.has(channel);
    if (!has[static_cast<std::size_t>(unit)]) s.report.lacks("semaphores.post", "no channel " + channel);
    used.push_back(channel);
  }
  const Cycle whole = s.trace.whole_until(used);
  std::array<Cycle, unit_count> known_from{};  // what ended before was not seen to start
  for (int unit = 0; unit < unit_count; ++unit) {
    Cycle& from = known_from[static_cast<std::size_t>(unit)];
    for (const Execution& e : s.executions.of(unit)) {
      if (e.op == nullptr) {
        from = e.end == unknown ? never : e.end + 1;
        continue;
      }
      if (e.end == unknown || e.end > whole) continue;
      if (s.trace.begin() > 0 && from == 0) from = e.end + 1;
      for (std::size_t i = 0; i < semaphore_count; ++i)
        if ((e.op->posts >> i & 1U) != 0 && e.end >= from) ++expected[{e.end, i}];
    }
    if (s.trace.begin() > 0 && from == 0) from = never;
  }
  auto judge = [&](Cycle cycle, std::size_t semaphore, int posted, int wanted) {
    const auto unit = static_cast<std::size_t>(semaphores[semaphore].from);
    if (!has[unit] || cycle < known_from[unit]) return;
    s.report.expect("semaphores.post", posted == wanted, {cycle, unit_names[unit], -1},
                    [&] { return fmt::format("{} credits for semaphore {}, {} expected", posted, semaphore, wanted); });
  };
  std::map<std::pair<Cycle, std::size_t>, int> found;
  for (Walk walk(s.trace, "semaphores.post"); walk.more() && walk.cycle() <= whole; walk.next())
    if (walk.address() < semaphore_count) found[{walk.cycle(), walk.address()}] += static_cast<int>(walk.value());
  for (const auto& [key, posted] : found) {
    const auto wanted = expected.find(key);
    judge(key.first, key.second, posted, wanted == expected.end() ? 0 : wanted->second);
  }
  for (const auto& [key, wanted] : expected)
    if (found.count(key) == 0) judge(key.first, key.second, 0, wanted);
}

}  // namespace

void check_semaphores(const Subject& subject) {
  if (!subject.trace.all_layers()) throw Missing("the trace has not all layers");
  if (subject.trace.has("semaphores.post"))
    check_posted(subject);
  else
    subject.report.lacks("semaphores.post", "no channel semaphores.post");
  subject.trace.require({"semaphores.take"});
  check_taken(subject);
  subject.trace.require({"semaphores.post"});
  if (!subject.trace.from_start()) throw Missing("the trace does not begin with the frame");
  Credits credits(subject);
  credits.check_takes();
  credits.fill_in();
}

}  // namespace ernsim::check

#include "traces/timeline.h"

#include <memory>
#include <queue>

namespace ernsim::traces {

namespace {

/// One channel's next beat.
struct Front {
  Front(const Reader& trace, std::size_t number)
      : cursor(trace, number), channel(number), word_bytes(trace.header().channels[number].word_bytes) {}

  bool advance() {
    if (++at < run.count && !run.hashed) return true;
    auto next = cursor.next();
    if (!next) return false;
    run = std::move(*next);
    at = 0;
    return true;
  }
  Cycle cycle() const { return run.cycles[at]; }

  RunCursor cursor;
  std::size_t channel, word_bytes;
  Run run;
  std::size_t at = 0;
};

struct Later {
  bool operator()(const Front* a, const Front* b) const {
    return a->cycle() != b->cycle() ? a->cycle() > b->cycle() : a->channel > b->channel;
  }
};

}  // namespace

void for_each_beat(const Reader& trace, Cycle first, Cycle last, const std::function<void(const TimedBeat&)>& visit) {
  std::vector<std::unique_ptr<Front>> fronts;
  std::priority_queue<Front*, std::vector<Front*>, Later> queue;
  for (std::size_t i = 0; i < trace.header().channels.size(); ++i) {
    fronts.push_back(std::make_unique<Front>(trace, i));
    if (fronts.back()->advance()) queue.push(fronts.back().get());
  }
  while (!queue.empty()) {
    Front* front = queue.top();
    queue.pop();
    if (front->cycle() > last) continue;
    if (front->cycle() >= first)
      visit({front->channel, front->cycle(), front->run.addresses[front->at],
             front->run.hashed ? nullptr : front->run.data.data() + front->at * front->word_bytes,
             &front->run.context});
    if (front->advance()) queue.push(front);
  }
}

}  // namespace ernsim::traces

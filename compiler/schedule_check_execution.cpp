#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "compiler/schedule_check_parts.h"
#include "compiler/schedule_error.h"
#include "compiler/schedule_text_names.h"

namespace ernsim::compiler {
namespace {

/// What a unit that cannot go on waits for.
struct Blockage {
  InstructionId who;
  std::size_t semaphore = 0;
  std::uint64_t missing = 0;  ///< credits
};

class Player {
 public:
  explicit Player(const Schedule& schedule) : schedule_(schedule) {}

  Execution play();

 private:
  const std::vector<Instruction>& stream(UnitId unit) const { return schedule_.streams[unit]; }
  std::uint64_t credits(std::size_t semaphore) const {
    return schedule_.semaphore_initial[semaphore] + posters_[semaphore].size() - taken_[semaphore];
  }
  bool finished(UnitId unit) const { return next_[unit] == stream(unit).size(); }
  const SemaphoreWait* unmet_wait(UnitId unit) const;
  void step(UnitId unit);
  void take(const SemaphoreWait& wait, VectorClock& known);
  Blockage blockage(UnitId unit) const;
  std::optional<std::uint32_t> poster_of(const Blockage& blockage) const;
  std::vector<Blockage> cycle() const;
  std::string describe_one(const Blockage& blockage) const;
  [[noreturn]] void report_deadlock() const;

  const Schedule& schedule_;
  Execution execution_;
  EnumArray<UnitId, std::uint32_t> next_{};
  std::array<std::vector<std::uint32_t>, semaphore_count> posters_;  ///< instructions that have posted, in order
  std::array<std::uint64_t, semaphore_count> taken_{};
};

Execution Player::play() {
  for (bool progress = true; progress;) {
    progress = false;
    for (const UnitId unit : each<UnitId>())
      for (; !finished(unit) && !unmet_wait(unit); progress = true) step(unit);
  }
  for (const UnitId unit : each<UnitId>())
    if (!finished(unit)) report_deadlock();
  return std::move(execution_);
}

/// The first wait of the unit's next instruction that its semaphore cannot serve. Waits for one semaphore add up.
const SemaphoreWait* Player::unmet_wait(UnitId unit) const {
  const Instruction& i = stream(unit)[next_[unit]];
  for (std::size_t w = 0; w < i.wait_count; ++w) {
    std::uint64_t wanted = 0;
    for (std::size_t v = 0; v <= w; ++v)
      if (i.waits[v].semaphore == i.waits[w].semaphore) wanted += i.waits[v].count;
    if (wanted > credits(i.waits[w].semaphore)) return &i.waits[w];
  }
  return nullptr;
}

void Player::step(UnitId unit) {
  const std::uint32_t index = next_[unit]++;
  const Instruction& i = stream(unit)[index];
  auto& known = execution_.known[unit];
  known.push_back(known.empty() ? VectorClock{} : known.back());
  known.back()[unit] = index;
  for (std::size_t w = 0; w < i.wait_count; ++w) take(i.waits[w], known.back());
  for (std::size_t s = 0; s < semaphore_count; ++s)
    if ((i.posts >> s & 1) != 0) posters_[s].push_back(index);
  execution_.order.push_back({unit, index});
}

/// Posts of one semaphore come from one stream, so the last post taken knows all that the earlier ones know.
void Player::take(const SemaphoreWait& wait, VectorClock& known) {
  taken_[wait.semaphore] += wait.count;
  const std::uint64_t initial = schedule_.semaphore_initial[wait.semaphore];
  if (taken_[wait.semaphore] <= initial) return;
  const UnitId poster = semaphores[wait.semaphore].from;
  const std::uint32_t index = posters_[wait.semaphore][taken_[wait.semaphore] - initial - 1];
  const VectorClock& theirs = execution_.known[poster][index];
  for (const UnitId unit : each<UnitId>()) known[unit] = std::max(known[unit], theirs[unit]);
  known[poster] = std::max(known[poster], index + 1);
}

Blockage Player::blockage(UnitId unit) const {
  const SemaphoreWait& wait = *unmet_wait(unit);
  const Instruction& i = stream(unit)[next_[unit]];
  std::uint64_t wanted = 0;
  for (const SemaphoreWait* other = i.waits.data(); other <= &wait; ++other)
    if (other->semaphore == wait.semaphore) wanted += other->count;
  return {{unit, next_[unit]}, wait.semaphore, wanted - credits(wait.semaphore)};
}

/// The instruction that would post the last of the missing credits; none if the stream has too few posts.
std::optional<std::uint32_t> Player::poster_of(const Blockage& blockage) const {
  const UnitId poster = semaphores[blockage.semaphore].from;
  std::uint64_t missing = blockage.missing;
  for (std::uint32_t index = next_[poster]; index < stream(poster).size(); ++index)
    if ((stream(poster)[index].posts >> blockage.semaphore & 1) != 0 && --missing == 0) return index;
  return std::nullopt;
}

std::string Player::describe_one(const Blockage& blockage) const {
  const char* poster = ernsim::name_of(semaphores[blockage.semaphore].from);
  const auto index = poster_of(blockage);
  return fmt::format("{} waits for {} credit{} of {}, which {}", describe(schedule_, blockage.who), blockage.missing,
                     blockage.missing == 1 ? "" : "s", semaphore_name(blockage.semaphore),
                     index ? fmt::format("{} #{} would post", poster, *index) : fmt::format("{} never posts", poster));
}

/// Follows who waits for whom until a unit comes up again: the cycle; or until nobody would post: that wait alone.
std::vector<Blockage> Player::cycle() const {
  std::vector<Blockage> chain;
  UnitId unit{};
  while (finished(unit)) unit = after(unit);
  const auto is_next = [&](const Blockage& link) { return link.who.unit == unit; };
  while (std::none_of(chain.begin(), chain.end(), is_next)) {
    chain.push_back(blockage(unit));
    if (!poster_of(chain.back())) return {chain.back()};
    unit = semaphores[chain.back().semaphore].from;
  }
  chain.erase(chain.begin(), std::find_if(chain.begin(), chain.end(), is_next));
  return chain;
}

void Player::report_deadlock() const {
  std::string text;
  for (const Blockage& link : cycle()) text += (text.empty() ? "deadlock: " : "; ") + describe_one(link);
  throw ScheduleError(text);
}

}  // namespace

Execution execute(const Schedule& schedule) { return Player(schedule).play(); }

}  // namespace ernsim::compiler

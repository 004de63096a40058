#include "tests/property/random_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "compiler/schedule_check.h"
#include "compiler/schedule_check_access.h"
#include "models/accelerator/convolution/array_geometry.h"
#include "models/accelerator/isa/instruction_codec.h"

namespace ernsim::test {

namespace {

using compiler::Schedule;
using Halves = std::pair<Instruction, Instruction>;

/// Where to cut something of `count` parts: 1 to count - 1.
std::uint32_t cut(std::uint32_t count, Draw& draw) { return static_cast<std::uint32_t>(draw.integer(1, count - 1)); }

bool split_transfer(const Schedule& schedule, Halves& halves, Draw& draw) {
  auto &a = halves.first.transfer, &b = halves.second.transfer;
  const auto granule = static_cast<std::uint32_t>(compiler::granule_bytes(schedule, halves.first));
  const bool whole_runs = a.image || halves.first.unit == UnitId::load_weights;
  if (a.outer_count > 1) {
    a.outer_count = cut(a.outer_count, draw);
    b.outer_count -= a.outer_count;
    b.external_address += a.outer_count * a.outer_stride_bytes;
    b.memory_address += a.outer_count * a.inner_count * a.memory_stride_words;
  } else if (a.inner_count > 1) {
    a.inner_count = cut(a.inner_count, draw);
    b.inner_count -= a.inner_count;
    b.external_address += a.inner_count * a.inner_stride_bytes;
    b.memory_address += a.inner_count * a.memory_stride_words;
  } else if (!whole_runs && a.run_bytes > granule) {
    const std::uint32_t words = cut(a.run_bytes / granule, draw);
    a.run_bytes = words * granule;
    b.run_bytes -= a.run_bytes;
    b.external_address += a.run_bytes;
    b.memory_address += words;
  } else {
    return false;
  }
  return true;
}

bool split_convolution(const PlatformConfig& config, Halves& halves, Draw& draw) {
  auto &a = halves.first.convolution, &b = halves.second.convolution;
  const auto& array = config.accelerator.convolution;
  const auto u16 = [](auto value) { return static_cast<std::uint16_t>(value); };
  if (a.in_blocks > 1 && draw.chance(50)) {
    const ArrayGeometry geometry{static_cast<int>(array.lanes), array.lane_mapping};
    a.in_blocks = u16(cut(a.in_blocks, draw));
    b.in_blocks = u16(b.in_blocks - a.in_blocks);
    b.input_address = u16(b.input_address + a.in_blocks * a.in_columns);
    b.weight_address = u16(b.weight_address + a.in_blocks * geometry.panes_per_pass(a.kernel) * array.block_channels);
    b.accumulate = true;
  } else if (a.out_rows > 1) {
    a.out_rows = u16(cut(a.out_rows, draw));
    b.out_rows = u16(b.out_rows - a.out_rows);
    b.row_offset = static_cast<std::int16_t>(b.row_offset + a.out_rows * a.stride);
    b.output_address = u16(b.output_address + a.out_rows * a.out_columns);
    halves.second.at.row = u16(halves.second.at.row + a.out_rows);
  } else {
    return false;
  }
  return true;
}

bool split_quantization(Halves& halves, Draw& draw) {
  auto &a = halves.first.quantization, &b = halves.second.quantization;
  if (a.rows < 2) return false;
  const auto u16 = [](auto value) { return static_cast<std::uint16_t>(value); };
  a.rows = u16(cut(a.rows, draw));
  b.rows = u16(b.rows - a.rows);
  const int pixels = a.rows * a.columns;
  b.accumulator_address = u16(b.accumulator_address + pixels);
  if (a.add_residual) b.residual_address = u16(b.residual_address + pixels);
  if (a.emit_sums) b.result_address = u16(b.result_address + pixels);
  if (a.emit_codes) b.code_address = u16(b.code_address + a.rows * a.code_row_stride);
  halves.second.at.row = u16(halves.second.at.row + a.rows);
  return true;
}

bool split_operands(const Schedule& schedule, const PlatformConfig& config, Halves& halves, Draw& draw) {
  switch (halves.first.unit) {
    case UnitId::convolution:
      return split_convolution(config, halves, draw);
    case UnitId::quantization:
      return split_quantization(halves, draw);
    default:
      return split_transfer(schedule, halves, draw);
  }
}

/// Semaphores and the end mark change places, operands do not.
void exchange_semaphores(Instruction& a, Instruction& b) {
  std::swap(a.waits, b.waits);
  std::swap(a.wait_count, b.wait_count);
  std::swap(a.posts, b.posts);
  std::swap(a.last, b.last);
}

bool add_wait(Instruction& instruction, std::uint8_t semaphore, std::uint16_t count) {
  for (std::size_t w = 0; w < instruction.wait_count; ++w) {
    if (instruction.waits[w].semaphore != semaphore) continue;
    instruction.waits[w].count = static_cast<std::uint16_t>(instruction.waits[w].count + count);
    return instruction.waits[w].count <= max_wait_count;
  }
  if (instruction.wait_count == max_waits) return false;
  instruction.waits[instruction.wait_count++] = {semaphore, count};
  return true;
}

SemaphoreWait remove_wait(Instruction& instruction, std::size_t index) {
  const SemaphoreWait removed = instruction.waits[index];
  instruction.waits[index] = instruction.waits[--instruction.wait_count];
  instruction.waits[instruction.wait_count] = {};
  return removed;
}

/// Whether the instructions touch the same data, or the same semaphore: another order of posts or waits may hand other
/// data through the same words.
bool depend(const Schedule& schedule, const Instruction& a, const Instruction& b) {
  std::vector<compiler::Access> of_a, of_b;
  compiler::list_accesses(schedule, a, of_a);
  compiler::list_accesses(schedule, b, of_b);
  for (std::size_t v = 0; v < a.wait_count; ++v)
    for (std::size_t w = 0; w < b.wait_count; ++w)
      if (a.waits[v].semaphore == b.waits[w].semaphore) return true;
  if ((a.posts & b.posts) != 0) return true;
  return std::any_of(of_a.begin(), of_a.end(), [&of_b](const compiler::Access& x) {
    return std::any_of(of_b.begin(), of_b.end(), [&x](const compiler::Access& y) {
      return x.memory == y.memory && x.begin < y.end && y.begin < x.end;
    });
  });
}

/// One kind of change each; false if the place drawn does not allow it.
class Changes {
 public:
  Changes(Schedule& schedule, const PlatformConfig& config, Draw& draw, Care care)
      : schedule_(schedule), config_(config), draw_(draw), care_(care) {}

  /// The first part waits, the second posts; either may hold the front of the data.
  bool split() {
    auto& stream = some_stream();
    const std::size_t at = draw_.index(stream.size());
    Halves halves{stream[at], stream[at]};
    auto& [first, second] = halves;
    if (!split_operands(schedule_, config_, halves, draw_)) return false;
    first.posts = 0;
    first.last = false;
    second.waits = {};
    second.wait_count = 0;
    if (draw_.chance(30)) {
      // What begins accumulators must stay in front, unless the parts have different ones.
      if (first.convolution.output_address == second.convolution.output_address)
        std::swap(first.convolution.accumulate, second.convolution.accumulate);
      exchange_semaphores(first, second);
      std::swap(first, second);
    }
    stream[at] = first;
    stream.insert(stream.begin() + static_cast<std::ptrdiff_t>(at) + 1, second);
    return true;
  }

  /// A credit more is posted somewhere and taken somewhere.
  bool post_and_wait() {
    const auto semaphore = static_cast<std::uint8_t>(draw_.index(semaphore_count));
    auto& from = stream_of(semaphores[semaphore].from);
    auto& to = stream_of(semaphores[semaphore].to);
    if (from.empty() || to.empty()) return false;
    const std::size_t waiter = draw_.index(to.size()), poster = place_near(from, to[waiter].at.layer);
    const std::uint32_t bit = std::uint32_t{1} << semaphore;
    if ((from[poster].posts & bit) != 0) return false;
    // Waits in front of the new one must not be served by the new post.
    if (care_ == Care::same_values && taken_before(semaphore, waiter) > posted_before(semaphore, poster)) return false;
    from[poster].posts |= bit;
    return add_wait(to[waiter], semaphore, 1);
  }

  /// A credit more is there from the start and taken somewhere.
  bool initial_and_wait() {
    const auto semaphore = static_cast<std::uint8_t>(draw_.index(semaphore_count));
    auto& to = stream_of(semaphores[semaphore].to);
    if (to.empty()) return false;
    const std::size_t waiter = draw_.index(draw_.chance(50) ? to.size() : 1);
    if (care_ == Care::same_values && taken_before(semaphore, waiter) > 0) return false;
    ++schedule_.semaphore_initial[semaphore];
    return add_wait(to[waiter], semaphore, 1);
  }

  bool wait_earlier() {
    auto& stream = some_stream();
    const std::size_t at = draw_.index(stream.size());
    if (at == 0 || stream[at].wait_count == 0) return false;
    const SemaphoreWait moved = remove_wait(stream[at], draw_.index(stream[at].wait_count));
    return add_wait(stream[at - 1], moved.semaphore, moved.count);
  }

  bool post_later() {
    auto& stream = some_stream();
    const std::size_t at = draw_.index(stream.size());
    if (at + 1 == stream.size()) return false;
    std::uint32_t& here = stream[at].posts;
    const std::uint32_t movable = here & ~stream[at + 1].posts;
    if (movable == 0) return false;
    std::uint32_t bit = 1;
    while ((movable & bit) == 0) bit <<= 1;
    here &= ~bit;
    stream[at + 1].posts |= bit;
    return true;
  }

  /// Semaphores go along or stay.
  bool swap_neighbours() {
    auto& stream = some_stream();
    const std::size_t at = draw_.index(stream.size());
    if (at + 1 == stream.size()) return false;
    Instruction &a = stream[at], &b = stream[at + 1];
    if (care_ == Care::same_values && depend(schedule_, a, b)) return false;
    if (care_ == Care::any_valid && draw_.chance(50)) exchange_semaphores(a, b);
    std::swap(a, b);
    a.last = false;
    b.last = at + 2 == stream.size();
    return true;
  }

 private:
  std::vector<Instruction>& stream_of(UnitId unit) { return schedule_.streams[unit]; }

  std::vector<Instruction>& some_stream() {
    while (true) {
      auto& stream = schedule_.streams[static_cast<UnitId>(draw_.index(unit_count))];
      if (!stream.empty()) return stream;
    }
  }

  /// Mostly an instruction of the same layer or the one before it: a far one rarely keeps the order.
  std::size_t place_near(const std::vector<Instruction>& stream, int layer) {
    std::size_t at = draw_.index(stream.size());
    for (int i = 0; i < 20 && (stream[at].at.layer > layer || stream[at].at.layer + 1 < layer); ++i)
      at = draw_.index(stream.size());
    return at;
  }

  /// Credits that the unit takes in front of the instruction.
  int taken_before(std::uint8_t semaphore, std::size_t index) {
    int taken = 0;
    const auto& stream = stream_of(semaphores[semaphore].to);
    for (std::size_t i = 0; i < index; ++i)
      for (std::size_t w = 0; w < stream[i].wait_count; ++w)
        if (stream[i].waits[w].semaphore == semaphore) taken += stream[i].waits[w].count;
    return taken;
  }

  int posted_before(std::uint8_t semaphore, std::size_t index) {
    int posted = schedule_.semaphore_initial[semaphore];
    const auto& stream = stream_of(semaphores[semaphore].from);
    for (std::size_t i = 0; i < index; ++i) posted += static_cast<int>(stream[i].posts >> semaphore & 1U);
    return posted;
  }

  Schedule& schedule_;
  const PlatformConfig& config_;
  Draw& draw_;
  Care care_;
};

struct Kind {
  const char* name;
  bool (Changes::*change)();
};

constexpr Kind kinds[] = {
    {"split", &Changes::split},
    {"split", &Changes::split},
    {"post and wait", &Changes::post_and_wait},
    {"initial credit and wait", &Changes::initial_and_wait},
    {"wait earlier", &Changes::wait_earlier},
    {"post later", &Changes::post_later},
    {"swap", &Changes::swap_neighbours},
};

bool accepts(const Schedule& schedule, const PlatformConfig& config) try {
  compiler::check(schedule, config);
  return true;
} catch (const compiler::ScheduleError&) {
  return false;
}

/// Regions in another order with gaps between them, those of the instructions as long as the streams are now.
void move_regions(Schedule& schedule, Draw& draw) {
  constexpr std::uint32_t page = 4096;
  std::vector<compiler::Region> moved = schedule.regions;
  const std::int64_t most = draw.one_of<std::int64_t>({0, 1, 7, 60});
  for (std::size_t i = moved.size(); most > 0 && i > 1; --i) std::swap(moved[i - 1], moved[draw.index(i)]);
  std::map<std::pair<std::string, compiler::RegionKind>, std::uint32_t> address_of;
  std::uint32_t next = 0;
  for (auto& region : moved) {
    for (const UnitId unit : each<UnitId>())
      if (region.kind == compiler::RegionKind::instructions && region.name == name_of(unit))
        region.bytes = static_cast<std::uint32_t>(schedule.streams[unit].size() * instruction_bytes);
    region.address = next + page * static_cast<std::uint32_t>(draw.integer(0, most));
    address_of[{region.name, region.kind}] = region.address;
    next = (region.address + region.bytes + page - 1) / page * page;
  }
  for (auto& stream : schedule.streams)
    for (Instruction& instruction : stream) {
      if (instruction.unit == UnitId::convolution || instruction.unit == UnitId::quantization) continue;
      auto& address = instruction.transfer.external_address;
      const auto in = std::find_if(schedule.regions.begin(), schedule.regions.end(), [address](const auto& region) {
        return region.address <= address && address < region.address + region.bytes;
      });
      address = address - in->address + address_of.at({in->name, in->kind});
    }
  schedule.regions = std::move(moved);
  schedule.external_bytes = next;
}

}  // namespace

std::string edit(Schedule& schedule, const PlatformConfig& config, Draw& draw, int attempts, Care care) {
  std::map<std::string, int> kept;
  for (int i = 0; i < attempts; ++i) {
    Schedule changed = schedule;
    Changes changes(changed, config, draw, care);
    const Kind& kind = kinds[draw.index(std::size(kinds))];
    if (!(changes.*kind.change)() || !accepts(changed, config)) continue;
    schedule = std::move(changed);
    ++kept[kind.name];
  }
  move_regions(schedule, draw);
  compiler::check(schedule, config);
  std::string text;
  for (const auto& [name, count] : kept) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, name);
  return text.empty() ? "none" : text;
}

}  // namespace ernsim::test

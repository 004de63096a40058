#include "tests/rtl/bench/draw.h"

#include <algorithm>

namespace ernsim::rtl {

namespace {

std::int32_t draw_sum(const Shape& shape, Draw& draw) {
  const int largest = (1 << (shape.accumulator_bits - 1)) - 1;
  if (draw.one_in(3)) return draw.between(-4, 4);
  if (draw.one_in(4)) return draw.one_in(2) ? largest - draw.between(0, 40) : -largest - 1 + draw.between(0, 40);
  return draw.between(-largest - 1, largest);
}

void fill_sums(const Shape& shape, Draw& draw, std::uint8_t* begin, const std::uint8_t* end) {
  for (; begin != end; begin += 2) {
    const auto value = static_cast<std::int16_t>(draw_sum(shape, draw));
    std::memcpy(begin, &value, sizeof value);
  }
}

std::uint64_t draw_thresholds(const Shape& shape, Draw& draw) {
  std::uint64_t word = std::uint64_t{draw.one_in(2)} << 51;
  for (int i = 0; i < 3; ++i) {
    const int beyond = draw.of({-65536, 65535, -32769, 32768, -32768, 32767});
    const int threshold = draw.one_in(6) ? beyond : draw_sum(shape, draw);
    word |= (static_cast<std::uint64_t>(threshold) & 0x1FFFF) << 17 * i;
  }
  return word;
}

/// What bits of codes or signs are like.
enum class Bias { none, ones, zeros, mostly_ones, mostly_zeros };

Bias draw_bias(Draw& draw) {
  if (!draw.one_in(8)) return Bias::none;
  return static_cast<Bias>(draw.of({1, 1, 1, 2, 3, 4}));
}

std::uint8_t draw_byte(Draw& draw, Bias bias) {
  const std::uint32_t bits = draw.bits(), ones = bits | bits >> 8 | bits >> 16, zeros = bits & bits >> 8 & bits >> 16;
  switch (bias) {
    case Bias::ones:
      return 0xFF;
    case Bias::zeros:
      return 0;
    case Bias::mostly_ones:
      return static_cast<std::uint8_t>(ones);
    case Bias::mostly_zeros:
      return static_cast<std::uint8_t>(zeros);
    case Bias::none:
      break;
  }
  return static_cast<std::uint8_t>(bits >> 8);
}

/// So many words of a region are drawn; the rest repeats them with this period, which is no power of two.
constexpr std::size_t drawn_words = 2047;

template <class Fill>
void fill(Memory& memory, const Region& region, Fill fill_bytes) {
  const auto first = static_cast<std::size_t>(region.first), words = static_cast<std::size_t>(region.words);
  std::uint8_t* const begin = memory.bytes.data() + first * memory.word_bytes;
  const std::size_t drawn = std::min(words, drawn_words) * memory.word_bytes, all = words * memory.word_bytes;
  fill_bytes(begin, begin + drawn);
  for (std::size_t i = drawn; i < all; ++i) begin[i] = begin[i - drawn];
}

}  // namespace

void fill_memories(const Shape& shape, Draw& draw, Memories& memories) {
  // One case of eight goes to an edge of what is counted, with codes and, mostly, signs.
  const Bias codes = draw_bias(draw), signs = draw.one_in(4) ? draw_bias(draw) : codes;
  const auto bits = [&](Bias bias) {
    return [&draw, bias](std::uint8_t* begin, std::uint8_t* end) {
      for (; begin != end; ++begin) *begin = draw_byte(draw, bias);
    };
  };
  const auto sums = [&](std::uint8_t* begin, std::uint8_t* end) { fill_sums(shape, draw, begin, end); };
  const auto thresholds = [&](std::uint8_t* begin, std::uint8_t* end) {
    for (; begin != end; begin += 8) {
      const std::uint64_t word = draw_thresholds(shape, draw);
      std::memcpy(begin, &word, sizeof word);
    }
  };
  fill(memories.a, shape.a, bits(codes));
  fill(memories.w, shape.w, bits(signs));
  fill(memories.q, shape.q, thresholds);
  fill(memories.f, shape.f, sums);
  fill(memories.r, shape.r, sums);
}

std::array<int, semaphore_count> needed_credits(const std::vector<Arrival>& stream) {
  std::array<int, semaphore_count> needed{};
  for (const Arrival& arrival : stream)
    for (const SemaphoreWait& wait : arrival.instruction.waits) needed[wait.semaphore] += wait.count;
  return needed;
}

void draw_arrivals(Draw& draw, std::vector<Arrival>& stream) {
  Cycle at = draw.between(0, 3);
  const int longest_gap = draw.of({1, 30, 400});
  for (Arrival& arrival : stream) {
    arrival.with_previous = draw.one_in(2);
    if (!arrival.with_previous) at += draw.between(0, longest_gap);
    arrival.earliest = at;
  }
  stream.back().instruction.last = true;
}

void draw_credits(Draw& draw, Stimulus& stimulus, std::initializer_list<std::size_t> semaphores, bool many) {
  for (const std::size_t s : semaphores) {
    const int needed = needed_credits(stimulus.streams[0])[s] + needed_credits(stimulus.streams[1])[s];
    const int fewest = many ? std::max(0, needed - 60) : 0;
    const int initial = draw.between(fewest, draw.one_in(3) ? needed : std::min(needed, fewest + 3));
    const int beyond = many && draw.one_in(4) ? draw.of({4096, 8192, 16384, 32768}) : 0;
    stimulus.initial_credits[s] = static_cast<std::uint16_t>(initial + beyond);
    stimulus.outside_posts[s] = std::max(0, needed - initial - beyond) + draw.between(0, 2);
  }
}

}  // namespace ernsim::rtl

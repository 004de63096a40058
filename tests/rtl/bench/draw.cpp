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

void fill_sums(const Shape& shape, Draw& draw, Memory& memory) {
  for (std::size_t i = 0; i < memory.bytes.size(); i += 2) {
    const auto value = static_cast<std::int16_t>(draw_sum(shape, draw));
    std::memcpy(&memory.bytes[i], &value, sizeof value);
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

int panes_of(const Shape& shape, const ConvolutionOperands& o) {
  return o.in_blocks * o.kernel * ((o.kernel + shape.lanes - 1) / std::min<int>(shape.lanes, o.kernel));
}

}  // namespace

void fill_memories(const Shape& shape, Draw& draw, Memories& memories) {
  for (Memory* memory : {&memories.a, &memories.w})
    for (std::uint8_t& byte : memory->bytes) byte = static_cast<std::uint8_t>(draw.bits() >> 8);
  for (Memory* memory : {&memories.f, &memories.r}) fill_sums(shape, draw, *memory);
  for (std::size_t i = 0; i < memories.q.bytes.size(); i += 8) {
    const std::uint64_t word = draw_thresholds(shape, draw);
    std::memcpy(&memories.q.bytes[i], &word, sizeof word);
  }
}

ConvolutionOperands draw_convolution(const Shape& shape, Draw& draw, int input_words, int most_pixels) {
  ConvolutionOperands o;
  for (;;) {
    o.kernel = static_cast<std::uint8_t>(draw.of({3, 3, 3, 3, 1, 1, 2, 5}));
    o.stride = static_cast<std::uint8_t>(draw.of({1, 1, 2, 2, 3}));
    o.in_blocks = draw.word(1, draw.of({1, 1, 2, 3}));
    o.out_rows = draw.word(1, draw.of({1, 4, 8, 13}));
    o.out_columns = draw.word(1, draw.of({1, 4, 8, 13}));
    o.row_offset = static_cast<std::int16_t>(draw.between(-2, 1));
    o.column_offset = static_cast<std::int16_t>(draw.between(-2, 1));
    o.in_rows = static_cast<std::uint16_t>(std::max(1, (o.out_rows - 1) * o.stride + o.kernel + draw.between(-3, 1)));
    o.in_columns =
        static_cast<std::uint16_t>(std::max(1, (o.out_columns - 1) * o.stride + o.kernel + draw.between(-3, 1)));
    o.input_row_stride = static_cast<std::uint16_t>(o.in_blocks * o.in_columns + draw.between(0, 5));
    const int words = o.in_rows * o.input_row_stride, pixels = o.out_rows * o.out_columns;
    const int weight_words = panes_of(shape, o) * shape.channels;
    if (words > input_words || pixels > most_pixels || weight_words > shape.weight_words) continue;
    o.input_address = draw.word(0, input_words - words);
    o.weight_address = draw.word(0, shape.weight_words - weight_words);
    o.output_address = draw.word(0, shape.sum_words - pixels);
    o.accumulate = draw.one_in(2);
    return o;
  }
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

void draw_credits(Draw& draw, Stimulus& stimulus, std::initializer_list<std::size_t> semaphores) {
  for (const std::size_t s : semaphores) {
    const int needed = needed_credits(stimulus.streams[0])[s] + needed_credits(stimulus.streams[1])[s];
    const int initial = draw.between(0, draw.one_in(3) ? needed : std::min(needed, 3));
    stimulus.initial_credits[s] = static_cast<std::uint16_t>(initial);
    stimulus.outside_posts[s] = needed - initial + draw.between(0, 2);
  }
}

}  // namespace ernsim::rtl

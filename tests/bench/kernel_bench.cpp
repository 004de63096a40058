#include "tests/bench/kernel_bench.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "models/accelerator/convolution/tile_kernel.h"
#include "models/accelerator/dma/sum_packing.h"
#include "models/accelerator/quantization/level_kernel.h"
#include "models/accelerator/quantization/residual_kernel.h"

// What moves values, beside what the machine could do at most.

namespace ernsim::bench {

namespace {

std::vector<std::uint64_t> random_words(std::size_t count) {
  std::mt19937_64 random(1);
  std::vector<std::uint64_t> words(count);
  for (auto& word : words) word = random();
  return words;
}

#if defined(__x86_64__)
#define ERNSIM_POPCNT __attribute__((target("popcnt"), noinline))
#else
#define ERNSIM_POPCNT __attribute__((noinline))
#endif

/// Four sums of popcounts from registers: a word of signs with a plane of codes is 32 multiplications of 2 bits.
ERNSIM_POPCNT std::int64_t popcounts(std::size_t rounds, const std::uint64_t* words) {
  std::int64_t sums[4] = {};
  for (std::size_t i = 0; i < rounds; ++i) {
    const std::uint64_t signs = words[i & 255];
    for (std::size_t p = 0; p < 4; ++p) {
      sums[p] += __builtin_popcountll(words[p] & signs);
      asm volatile("" : "+r"(sums[p]));  // or the compiler would vectorise it
    }
  }
  return sums[0] + sums[1] + sums[2] + sums[3];
}

/// Multiplications a second by popcounts alone: the most of several tries.
double popcount_peak() {
  constexpr std::size_t rounds = 1 << 20;
  static const double peak = [] {
    const auto words = random_words(256);
    double best = 0;
    for (int round = 0; round < 20; ++round) {
      const auto begin = std::chrono::steady_clock::now();
      std::int64_t sum = popcounts(rounds, words.data());
      benchmark::DoNotOptimize(sum);
      const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
      best = std::max(best, rounds * 4 * 32 / seconds.count());
    }
    return best;
  }();
  return peak;
}

struct Tile {
  std::size_t side, kernel, stride, blocks;
};

void tile(benchmark::State& state, const Tile& shape) {
  const std::size_t taps = shape.kernel * shape.kernel, in = (shape.side - 1) * shape.stride + shape.kernel;
  const auto planes = random_words(2 * in * in * shape.blocks), signs = random_words(shape.blocks * taps * 64);
  std::vector<std::int16_t> sums(shape.side * shape.side * 64);
  TileKernel kernel;
  std::vector<const std::uint64_t*> rows(taps);
  for (auto _ : state) {
    kernel.start(shape.side * shape.side);
    for (std::size_t block = 0; block < shape.blocks; ++block) {
      for (std::size_t tap = 0; tap < taps; ++tap) rows[tap] = &signs[(block * taps + tap) * 64];
      kernel.add_block({&planes[2 * in * in * block], in, in, shape.kernel, shape.stride, shape.side, shape.side, 64},
                       rows);
    }
    kernel.finish(64, false, sums.data());
    benchmark::DoNotOptimize(sums.data());
  }
  const double macs = static_cast<double>(shape.side * shape.side * taps * shape.blocks * 64 * 64);
  state.counters["macs_per_s"] =
      benchmark::Counter(macs * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
  state.counters["of_popcount_peak"] =
      benchmark::Counter(macs * static_cast<double>(state.iterations()) / popcount_peak(), benchmark::Counter::kIsRate);
}

constexpr std::size_t values = 64 * 64;

void rate(benchmark::State& state) { state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(values)); }

std::vector<std::int16_t> random_sums() {
  const auto words = random_words(values / 4);
  std::vector<std::int16_t> sums(values);
  for (std::size_t i = 0; i < values; ++i)
    sums[i] = static_cast<std::int16_t>(static_cast<std::int16_t>(words[i / 4] >> 16 * (i % 4)) >> 4);
  return sums;
}

void packed(benchmark::State& state, bool back) {
  constexpr unsigned bits = 12;
  const auto sums = random_sums();
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(sums.data());
  std::vector<std::uint8_t> packed_bytes(values * bits / 8), words(2 * values);
  pack_sums(bytes, values, bits, packed_bytes.data());
  for (auto _ : state) {
    if (back)
      unpack_sums(packed_bytes.data(), values, bits, words.data());
    else
      pack_sums(bytes, values, bits, packed_bytes.data());
    benchmark::DoNotOptimize(words.data());
    benchmark::DoNotOptimize(packed_bytes.data());
  }
  rate(state);
}

void quantized(benchmark::State& state) {
  const auto sums = random_sums();
  const std::vector<std::int16_t> flip(64), level(64, 100), enabled(64, -1);
  const Levels levels{
      flip.data(), {level.data(), level.data(), level.data()}, {enabled.data(), enabled.data(), enabled.data()}};
  std::vector<std::int16_t> added(64);
  std::uint8_t planes[16];
  for (auto _ : state) {
    for (std::size_t i = 0; i < values; i += 64) {
      std::int64_t wrapped = add_residuals(&sums[i], &sums[values - 64 - i], 64, 32767, added.data());
      benchmark::DoNotOptimize(wrapped);
      pack_levels(added.data(), levels, 64, planes, planes + 8);
      benchmark::DoNotOptimize(planes);
    }
  }
  rate(state);
}

}  // namespace

void register_kernels() {
  if (TileKernel::available())
    for (const Tile& shape :
         {Tile{16, 3, 1, 1}, Tile{8, 3, 1, 8}, Tile{8, 3, 2, 1}, Tile{16, 1, 1, 1}, Tile{8, 1, 1, 8}})
      benchmark::RegisterBenchmark(("convolution/" + std::to_string(shape.kernel) + "x" + std::to_string(shape.kernel) +
                                    "/side_" + std::to_string(shape.side) + "/stride_" + std::to_string(shape.stride) +
                                    "/blocks_" + std::to_string(shape.blocks))
                                       .c_str(),
                                   tile, shape);
  benchmark::RegisterBenchmark("sums/pack", packed, false);
  benchmark::RegisterBenchmark("sums/unpack", packed, true);
  benchmark::RegisterBenchmark("quantization", quantized);
}

}  // namespace ernsim::bench

#include "tests/support/small_schedule.h"

#include <initializer_list>
#include <stdexcept>

#include "compiler/schedule_check.h"

namespace ernsim::test {
namespace {

using compiler::Schedule;

constexpr std::uint32_t image_address = 0;
constexpr std::uint32_t weights_address = 4096;
constexpr std::uint32_t thresholds_address = 8192;
constexpr std::uint32_t codes_address = 12288;
constexpr std::uint32_t stem_sums_address = 16384;
constexpr std::uint32_t head_sums_address = 20480;
constexpr std::uint32_t sums_bytes = 16 * 128;

Instruction make(UnitId unit, std::uint16_t layer, std::initializer_list<std::uint8_t> waits,
                 std::initializer_list<std::uint8_t> posts) {
  Instruction i;
  i.unit = unit;
  i.at.layer = layer;
  for (const auto s : waits) i.waits[i.wait_count++] = {s, 1};
  for (const auto s : posts) i.posts |= std::uint32_t{1} << s;
  return i;
}

Instruction with_run(Instruction i, std::uint32_t address, std::uint32_t bytes, std::uint32_t memory_address) {
  i.transfer.external_address = address;
  i.transfer.run_bytes = bytes;
  i.transfer.memory_address = memory_address;
  return i;
}

Instruction convolve(Instruction i, std::uint16_t input, std::uint16_t weights) {
  auto& o = i.convolution;
  o.input_address = input;
  o.input_row_stride = o.in_rows = o.in_columns = o.out_rows = o.out_columns = 4;
  o.weight_address = weights;
  return i;
}

Instruction quantize(Instruction i, bool codes, bool residual) {
  auto& o = i.quantization;
  o.rows = o.columns = o.code_row_stride = 4;
  o.code_address = 16;
  o.emit_codes = codes;
  o.emit_sums = true;
  o.add_residual = residual;
  return i;
}

Instruction load_image(Instruction i) {
  i = with_run(i, image_address, 12, 0);
  i.transfer.inner_count = 4;
  i.transfer.inner_stride_bytes = 12;
  i.transfer.memory_stride_words = 4;
  i.transfer.image = true;
  return i;
}

Instruction from_results(Instruction i) {
  i.transfer.from_results = true;
  return i;
}

void add_tables(Schedule& s) {
  using compiler::RegionKind;
  s.network = "small";
  s.external_bytes = 24576;
  s.regions = {{"image", RegionKind::image, image_address, 48, 3, 4, 4},
               {"weights", RegionKind::weights, weights_address, 1024, 0, 0, 0},
               {"thresholds", RegionKind::thresholds, thresholds_address, 512, 0, 0, 0},
               {"stem.codes", RegionKind::codes, codes_address, 256, 64, 4, 4},
               {"stem.sums", RegionKind::sums, stem_sums_address, sums_bytes, 64, 4, 4},
               {"head.sums", RegionKind::sums, head_sums_address, sums_bytes, 64, 4, 4}};
  s.layers = {
      {"stem", "image", "", "stem.codes", "stem.sums", 1, 1, 1, 1, 30, 64, 4, 4, 30720, "one tile, \"in order\""},
      {"head", "stem.codes", "stem.sums", "", "head.sums", 1, 1, 1, 1, 64, 64, 4, 4, 65536, ""}};
}

}  // namespace

Instruction& instruction(Schedule& schedule, UnitId unit, std::size_t index) {
  return schedule.streams[unit].at(index);
}

std::uint8_t semaphore(MemoryId memory, UnitId from, UnitId to) {
  for (std::uint8_t s = 0; s < semaphore_count; ++s)
    if (semaphores[s].memory == memory && semaphores[s].from == from && semaphores[s].to == to) return s;
  throw std::logic_error("no such semaphore");
}

void remove_waits(Instruction& instruction) {
  instruction.waits = {};
  instruction.wait_count = 0;
}

Schedule small_schedule() {
  using U = UnitId;
  using M = MemoryId;
  const auto activations = semaphore(M::activations, U::load_activations, U::convolution);
  const auto codes = semaphore(M::activations, U::quantization, U::store);
  const auto weights = semaphore(M::weights, U::load_weights, U::convolution);
  const auto thresholds = semaphore(M::thresholds, U::load_thresholds, U::quantization);
  const auto accumulators = semaphore(M::accumulators, U::convolution, U::quantization);
  const auto free_accumulators = semaphore(M::accumulators, U::quantization, U::convolution);
  const auto residuals = semaphore(M::residuals, U::load_residuals, U::quantization);
  const auto results = semaphore(M::results, U::quantization, U::store);
  const auto free_results = semaphore(M::results, U::store, U::quantization);
  const auto stored_codes = semaphore(M::external, U::store, U::load_activations);
  const auto stored_sums = semaphore(M::external, U::store, U::load_residuals);

  Schedule s;
  add_tables(s);
  s.semaphore_initial[free_accumulators] = 1;
  s.semaphore_initial[free_results] = 1;
  s.streams = {{{
      {load_image(make(U::load_activations, 0, {}, {activations})),
       with_run(make(U::load_activations, 1, {stored_codes}, {activations}), codes_address, 256, 32)},
      {with_run(make(U::load_weights, 0, {}, {weights}), weights_address, 512, 0),
       with_run(make(U::load_weights, 1, {}, {weights}), weights_address + 512, 512, 64)},
      {with_run(make(U::load_thresholds, 0, {}, {thresholds}), thresholds_address, 512, 0)},
      {with_run(make(U::load_residuals, 1, {stored_sums}, {residuals}), stem_sums_address, sums_bytes, 0)},
      {convolve(make(U::convolution, 0, {activations, weights, free_accumulators}, {accumulators}), 0, 0),
       convolve(make(U::convolution, 1, {activations, weights, free_accumulators}, {accumulators}), 32, 64)},
      {quantize(make(U::quantization, 0, {accumulators, thresholds, free_results}, {free_accumulators, codes, results}),
                true, false),
       quantize(make(U::quantization, 1, {accumulators, residuals, free_results}, {free_accumulators, results}), false,
                true)},
      {with_run(make(U::store, 0, {codes}, {stored_codes}), codes_address, 256, 16),
       from_results(
           with_run(make(U::store, 0, {results}, {stored_sums, free_results}), stem_sums_address, sums_bytes, 0)),
       from_results(with_run(make(U::store, 1, {results}, {free_results}), head_sums_address, sums_bytes, 0))},
  }}};
  for (auto& stream : s.streams) stream.back().last = true;
  return s;
}

std::string refusal(const Schedule& schedule, const PlatformConfig& platform) {
  try {
    compiler::check(schedule, platform);
  } catch (const compiler::ScheduleError& error) {
    return error.what();
  }
  return {};
}

}  // namespace ernsim::test

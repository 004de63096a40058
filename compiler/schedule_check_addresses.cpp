#include <fmt/format.h>

#include <algorithm>

#include "compiler/schedule_check_access.h"
#include "compiler/schedule_check_parts.h"
#include "compiler/schedule_error.h"
#include "compiler/schedule_text_names.h"
#include "models/accelerator/control/instruction_bounds.h"

namespace ernsim::compiler {
namespace {

constexpr std::uint32_t page_bytes = 4096;

std::uint64_t end_of(const Region& region) { return std::uint64_t{region.address} + region.bytes; }

/// Checks one instruction's operands against the memories and regions.
class AddressCheck {
 public:
  AddressCheck(const Schedule& schedule, const MemoryConfig& memories, const std::vector<const Region*>& regions)
      : schedule_(schedule), memories_(memories), regions_(regions) {}

  void check(InstructionId id) {
    id_ = id;
    const Instruction& i = instruction_of(schedule_, id);
    switch (id.unit) {
      case UnitId::convolution:
        return convolution(i.convolution);
      case UnitId::quantization:
        return quantization(i.quantization);
      default:
        return transfer(i);
    }
  }

 private:
  std::uint64_t words_of(MemoryId memory) const;
  void require(bool good, const std::string& what) const {
    if (!good) refuse(schedule_, id_, what);
  }
  void at_least_one(const char* operand, std::uint64_t value) const {
    if (value == 0) refuse(schedule_, id_, fmt::format("{} is 0; at least 1 is allowed", operand));
  }
  /// `what` is the operand that gives the address.
  void in_memory(const char* what, MemoryId memory, std::uint64_t begin, std::uint64_t length) const;
  void convolution(const ConvolutionOperands& o) const;
  void quantization(const QuantizationOperands& o) const;
  void transfer(const Instruction& i) const;
  void run_length(const Instruction& i) const;
  void on_chip_runs(const Instruction& i) const;
  void external_runs(const Instruction& i) const;

  const Schedule& schedule_;
  const MemoryConfig& memories_;
  const std::vector<const Region*>& regions_;  ///< by address
  InstructionId id_;
};

std::uint64_t AddressCheck::words_of(MemoryId memory) const {
  switch (memory) {
    case MemoryId::activations:
      return static_cast<std::uint64_t>(memories_.activations_words);
    case MemoryId::weights:
      return static_cast<std::uint64_t>(memories_.weights_words);
    case MemoryId::thresholds:
      return static_cast<std::uint64_t>(memories_.thresholds_entries);
    case MemoryId::accumulators:
      return static_cast<std::uint64_t>(memories_.accumulators_words);
    case MemoryId::residuals:
      return static_cast<std::uint64_t>(memories_.residuals_words);
    case MemoryId::results:
      return static_cast<std::uint64_t>(memories_.results_words);
    default:
      return schedule_.external_bytes;
  }
}

void AddressCheck::in_memory(const char* what, MemoryId memory, std::uint64_t begin, std::uint64_t length) const {
  if (begin + length > words_of(memory))
    refuse(schedule_, id_,
           fmt::format("{} {} needs {} words {} to {}; the memory has {}", what, begin, ernsim::name_of(memory), begin,
                       begin + length - 1, words_of(memory)));
}

void AddressCheck::convolution(const ConvolutionOperands& o) const {
  at_least_one("in_rows", o.in_rows);
  at_least_one("in_columns", o.in_columns);
  at_least_one("in_blocks", o.in_blocks);
  at_least_one("out_rows", o.out_rows);
  at_least_one("out_columns", o.out_columns);
  at_least_one("kernel", o.kernel);
  at_least_one("stride", o.stride);
  const std::uint64_t last_row = (o.in_rows - std::uint64_t{1}) * o.input_row_stride;
  in_memory("input_address", MemoryId::activations, o.input_address,
            last_row + std::uint64_t{o.in_blocks} * o.in_columns);
  in_memory("weight_address", MemoryId::weights, o.weight_address, weight_words(schedule_, o));
  in_memory("output_address", MemoryId::accumulators, o.output_address, std::uint64_t{o.out_rows} * o.out_columns);
}

void AddressCheck::quantization(const QuantizationOperands& o) const {
  at_least_one("rows", o.rows);
  at_least_one("columns", o.columns);
  require(o.emit_codes || o.emit_sums, "emits neither codes nor sums; at least one is expected");
  const std::uint64_t pixels = std::uint64_t{o.rows} * o.columns;
  in_memory("accumulator_address", MemoryId::accumulators, o.accumulator_address, pixels);
  if (o.add_residual) in_memory("residual_address", MemoryId::residuals, o.residual_address, pixels);
  if (o.emit_sums) in_memory("result_address", MemoryId::results, o.result_address, pixels);
  if (!o.emit_codes) return;
  in_memory("threshold_entry", MemoryId::thresholds, o.threshold_entry, 1);
  require(o.rows == 1 || o.code_row_stride >= o.columns, "rows of codes overlap; code_row_stride is less than columns");
  in_memory("code_address", MemoryId::activations, o.code_address,
            (o.rows - std::uint64_t{1}) * o.code_row_stride + o.columns);
}

void AddressCheck::transfer(const Instruction& i) const {
  at_least_one("run_bytes", i.transfer.run_bytes);
  at_least_one("inner_count", i.transfer.inner_count);
  at_least_one("outer_count", i.transfer.outer_count);
  require(!i.transfer.image || i.unit == UnitId::load_activations, "image is set; only load_activations has it");
  require(!i.transfer.from_results || i.unit == UnitId::store, "from_results is set; only store has it");
  if (i.transfer.sum_bits < 8 || i.transfer.sum_bits > 16)
    refuse(schedule_, id_, fmt::format("sum_bits is {}; 8 to 16 are allowed", i.transfer.sum_bits));
  require(i.transfer.sum_bits == 16 || region_kind_of(i) == RegionKind::sums,
          "sum_bits is not 16; only sums are packed");
  run_length(i);
  on_chip_runs(i);
  external_runs(i);
}

void AddressCheck::run_length(const Instruction& i) const {
  const std::uint64_t granule = granule_bytes(schedule_, i);
  if (i.transfer.run_bytes % granule != 0)
    refuse(schedule_, id_,
           fmt::format("run_bytes is {}; a multiple of {} is expected for {}", i.transfer.run_bytes, granule,
                       name_of(region_kind_of(i))));
  if (i.unit == UnitId::load_weights && i.transfer.run_bytes / granule > static_cast<std::uint64_t>(schedule_.lanes))
    refuse(schedule_, id_,
           fmt::format("run_bytes is {}, which is {} matrices; a run is one pane of at most {}", i.transfer.run_bytes,
                       i.transfer.run_bytes / granule, schedule_.lanes));
}

void AddressCheck::on_chip_runs(const Instruction& i) const {
  const auto& o = i.transfer;
  const MemoryId memory = memory_of_transfer(i.unit, i.transfer);
  const std::uint64_t words = words_per_run(schedule_, i);
  const std::uint64_t runs = std::uint64_t{o.inner_count} * o.outer_count;
  if (runs > 1 && o.memory_stride_words < words)
    refuse(schedule_, id_,
           fmt::format("memory_stride_words is {}; runs of {} words overlap", o.memory_stride_words, words));
  if (runs > words_of(memory))
    refuse(schedule_, id_, fmt::format("{} runs; {} has {} words", runs, ernsim::name_of(memory), words_of(memory)));
  in_memory("memory_address", memory, o.memory_address, (runs - 1) * o.memory_stride_words + words);
}

/// Size of a region of sums whose channels are padded to whole blocks.
std::uint64_t packed_bytes(const Region& region, const Schedule& schedule, std::uint64_t bits) {
  const auto block = static_cast<std::uint64_t>(schedule.block_channels);
  const std::uint64_t blocks = (static_cast<std::uint64_t>(region.channels) + block - 1) / block;
  return static_cast<std::uint64_t>(region.height) * static_cast<std::uint64_t>(region.width) * blocks * block * bits /
         8;
}

void AddressCheck::external_runs(const Instruction& i) const {
  const auto& o = i.transfer;
  const std::uint64_t begin = o.external_address;
  const std::uint64_t end = begin + (o.outer_count - std::uint64_t{1}) * o.outer_stride_bytes +
                            (o.inner_count - std::uint64_t{1}) * o.inner_stride_bytes + o.run_bytes;
  const auto after =
      std::upper_bound(regions_.begin(), regions_.end(), begin,
                       [](std::uint64_t address, const Region* region) { return address < region->address; });
  if (after == regions_.begin() || begin >= end_of(**(after - 1)))
    refuse(schedule_, id_, fmt::format("external_address {} is in no region", begin));
  const Region& region = **(after - 1);
  const bool input_codes = region.kind == RegionKind::input && i.unit == UnitId::load_activations && !i.transfer.image;
  if (region.kind != region_kind_of(i) && !input_codes)
    refuse(schedule_, id_,
           fmt::format("external_address {} is in region {} of {}; {} is expected", begin, region.name,
                       name_of(region.kind), name_of(region_kind_of(i))));
  if (region.kind == RegionKind::sums && region.bytes != packed_bytes(region, schedule_, i.transfer.sum_bits))
    refuse(schedule_, id_,
           fmt::format("sum_bits is {}; region {} of {} bytes was made with another", i.transfer.sum_bits, region.name,
                       region.bytes));
  if (end > end_of(region))
    refuse(schedule_, id_,
           fmt::format("external bytes {} to {} run out of region {}, which ends at {}", begin, end - 1, region.name,
                       end_of(region)));
}

std::vector<const Region*> by_address(const Schedule& schedule) {
  std::vector<const Region*> regions;
  for (const auto& region : schedule.regions)
    if (region.bytes != 0) regions.push_back(&region);
  std::sort(regions.begin(), regions.end(), [](const Region* a, const Region* b) { return a->address < b->address; });
  return regions;
}

}  // namespace

void check_regions(const Schedule& schedule) {
  const Region* before = nullptr;
  for (const Region* region : by_address(schedule)) {
    if (region->address % page_bytes != 0)
      throw ScheduleError(fmt::format("region {}: address is {}; a multiple of {} is expected", region->name,
                                      region->address, page_bytes));
    if (end_of(*region) > schedule.external_bytes)
      throw ScheduleError(fmt::format("region {}: ends at {}; the external memory map has {} bytes", region->name,
                                      end_of(*region), schedule.external_bytes));
    if (before && region->address < end_of(*before))
      throw ScheduleError(fmt::format("region {}: overlaps region {}", region->name, before->name));
    before = region;
  }
}

void check_addresses(const Schedule& schedule, const MemoryConfig& memories) {
  const auto regions = by_address(schedule);
  AddressCheck addresses(schedule, memories, regions);
  for (const UnitId unit : each<UnitId>())
    for (std::uint32_t index = 0; index < schedule.streams[unit].size(); ++index) addresses.check({unit, index});
}

}  // namespace ernsim::compiler

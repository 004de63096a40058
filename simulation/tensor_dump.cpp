#include "simulation/tensor_dump.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "models/accelerator/dma/sum_packing.h"
#include "simulation/tensor_layout.h"

namespace ernsim {

namespace {

constexpr const char* embedding_name = "pixel_embedding";

bool is_stored(const compiler::Schedule& schedule, const std::string& tensor, compiler::RegionKind kind) {
  return std::any_of(schedule.regions.begin(), schedule.regions.end(),
                     [&](const auto& region) { return region.kind == kind && region.name == tensor; });
}

std::size_t size(int value) { return static_cast<std::size_t>(value); }

template <class Value>
Tensor<Value> output_of(const compiler::Layer& layer) {
  return {size(layer.out_channels), size(layer.out_height), size(layer.out_width)};
}

/// All words of a region of sums, unpacked to 16 bits each.
std::vector<std::int16_t> unpacked(const compiler::Region& region, const std::uint8_t* bytes,
                                   std::size_t block_channels) {
  const std::size_t blocks = (size(region.channels) + block_channels - 1) / block_channels;
  std::vector<std::int16_t> values(size(region.height) * size(region.width) * blocks * block_channels);
  const auto bits = static_cast<unsigned>(std::size_t{region.bytes} * 8 / values.size());
  unpack_sums(bytes, values.size(), bits, reinterpret_cast<std::uint8_t*>(values.data()));
  return values;
}

/// Calls visit(value, group, channel in block) for every element of a tensor stored as [H][block][W][channel].
template <class Value, class Visit>
Tensor<Value> decode(const compiler::Region& region, std::size_t block_channels, Visit&& visit) {
  Tensor<Value> tensor(size(region.channels), size(region.height), size(region.width));
  const BlockedLayout layout{block_channels, tensor.channels, tensor.width};
  for (std::size_t c = 0; c < tensor.channels; ++c)
    for (std::size_t y = 0; y < tensor.height; ++y)
      for (std::size_t x = 0; x < tensor.width; ++x)
        tensor.at(c, y, x) = visit(layout.group(c, y, x), c % block_channels);
  return tensor;
}

}  // namespace

TensorDump::TensorDump(const compiler::Schedule& schedule, int image_height, int image_width, bool accumulators,
                       int colours)
    : schedule_(schedule), block_channels_(size(schedule.block_channels)) {
  using compiler::RegionKind;
  const bool pictures = std::none_of(schedule.regions.begin(), schedule.regions.end(),
                                     [](const auto& region) { return region.kind == RegionKind::input; });
  if (pictures)
    codes_[embedding_name] = Codes(size(colours) * size(schedule.thermometer), size(image_height), size(image_width));
  bool on_shortcut = false;
  for (const auto& layer : schedule.layers) {
    if (!layer.codes.empty() && !is_stored(schedule, layer.codes, RegionKind::codes))
      codes_[layer.codes] = output_of<std::uint8_t>(layer);
    if (!layer.sums.empty() && !is_stored(schedule, layer.sums, RegionKind::sums))
      sums_[layer.sums] = output_of<std::int16_t>(layer);
    const bool apart = !on_shortcut && !compiler::stays_in_accumulators(layer);
    on_shortcut = compiler::stays_in_accumulators(layer);
    if (accumulators && apart && !compiler::is_further_activation(layer))
      accumulators_[layer.name] = output_of<std::int16_t>(layer);
  }
}

void TensorDump::embedded(int row, int column, int count, int blocks, const std::uint8_t* words) {
  auto& tensor = codes_.at(embedding_name);
  embedded_.resize(tensor.height * tensor.width);
  for (std::size_t x = 0; x < size(count); ++x) embedded_[size(row) * tensor.width + size(column) + x] = true;
  for (std::size_t c = 0; c < std::min(tensor.channels, size(blocks) * block_channels_); ++c)
    for (std::size_t x = 0; x < size(count); ++x) {
      const auto* word = words + (c / block_channels_ * size(count) + x) * word_bytes(block_channels_);
      tensor.at(c, size(row), size(column) + x) = code_in_word(word, block_channels_, c % block_channels_);
    }
}

template <class Value>
void TensorDump::place(Tensor<Value>& tensor, const Instruction& instruction, const Value* values) const {
  const auto& tile = instruction.quantization;
  const std::size_t first = instruction.at.block * block_channels_;
  if (first >= tensor.channels || instruction.at.row + std::size_t{tile.rows} > tensor.height ||
      instruction.at.column + std::size_t{tile.columns} > tensor.width)
    throw std::logic_error(
        fmt::format("tile of {} lies outside its tensor", schedule_.layers.at(instruction.at.layer).name));
  const std::size_t count = std::min(block_channels_, tensor.channels - first);
  for (std::size_t y = 0; y < tile.rows; ++y)
    for (std::size_t x = 0; x < tile.columns; ++x)
      for (std::size_t c = 0; c < count; ++c)
        tensor.at(first + c, instruction.at.row + y, instruction.at.column + x) =
            values[(y * tile.columns + x) * block_channels_ + c];
}

std::size_t TensorDump::pixels_not_embedded() const {
  const auto found = codes_.find(embedding_name);
  if (found == codes_.end()) return 0;
  const auto& tensor = found->second;
  const auto done = std::count(embedded_.begin(), embedded_.end(), true);
  return tensor.height * tensor.width - static_cast<std::size_t>(done);
}

void TensorDump::accumulators(const Instruction& instruction, const std::int16_t* values) {
  const auto found = accumulators_.find(schedule_.layers.at(instruction.at.layer).name);
  if (found != accumulators_.end()) place(found->second, instruction, values);
}

void TensorDump::sums(const Instruction& instruction, const std::int16_t* values) {
  const auto found = sums_.find(schedule_.layers.at(instruction.at.layer).sums);
  if (found != sums_.end()) place(found->second, instruction, values);
}

void TensorDump::codes(const Instruction& instruction, const std::uint8_t* values) {
  const auto found = codes_.find(schedule_.layers.at(instruction.at.layer).codes);
  if (found != codes_.end()) place(found->second, instruction, values);
}

void TensorDump::read_back(const std::vector<std::uint8_t>& external_memory) {
  for (const auto& region : schedule_.regions) {
    if (std::size_t{region.address} + region.bytes > external_memory.size())
      throw std::logic_error(fmt::format("region {} lies outside external memory", region.name));
    const std::uint8_t* bytes = external_memory.data() + region.address;
    if (region.kind == compiler::RegionKind::codes || region.kind == compiler::RegionKind::input)
      codes_[region.name] = decode<std::uint8_t>(region, block_channels_, [&](std::size_t group, std::size_t channel) {
        return code_in_word(bytes + group * word_bytes(block_channels_), block_channels_, channel);
      });
    else if (region.kind == compiler::RegionKind::sums) {
      const auto values = unpacked(region, bytes, block_channels_);
      sums_[region.name] = decode<std::int16_t>(region, block_channels_, [&](std::size_t group, std::size_t channel) {
        return values[group * block_channels_ + channel];
      });
    }
  }
}

}  // namespace ernsim

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/accelerator/isa/instruction.h"

namespace ernsim::compiler {

/// What the bytes of a region of external memory are.
enum class RegionKind {
  image,         ///< RGB, 3 bytes per pixel, rows top to bottom
  weights,       ///< sign bits of one layer, see compiler/README.md
  thresholds,    ///< thresholds and directions of one layer
  codes,         ///< 2-bit activations, layout H, block, W, channel-in-block
  sums,          ///< 16-bit residual sums or accumulators, same layout
  instructions,  ///< one unit's encoded stream
  input          ///< 2-bit codes that the host writes, layout as codes
};

/// One named region of external memory. Regions do not overlap; addresses are multiples of 4096.
struct Region {
  std::string name;  ///< tensor, layer or unit name
  RegionKind kind = RegionKind::codes;
  std::uint32_t address = 0;
  std::uint32_t bytes = 0;
  int channels = 0;  ///< of image, codes and sums; 0 otherwise
  int height = 0;
  int width = 0;
};

/// One convolution with the quantization behind it, or a further activation of the one before: what a line of the layer
/// table shows.
struct Layer {
  std::string name;  ///< official name of the convolution, or of the further activation
  std::string
      reads;  ///< codes that it convolves, an activation's or repeated ones, or the image; empty: further activation
  std::string adds;   ///< residual sum that is added, empty if none
  std::string codes;  ///< activation it emits, empty if none
  std::string sums;   ///< residual sum (or raw accumulators) it emits, empty if none
  int kernel = 1;     ///< 0: no convolution, a further activation
  int stride = 1;
  int dilation_down = 1, dilation_across = 1;
  int in_channels = 0;
  int out_channels = 0;
  int out_height = 0;
  int out_width = 0;
  std::int64_t macs = 0;  ///< multiply-accumulates of the network, padding of channels not counted
  std::string choice;     ///< what the compiler chose: tile, loop order, where input and output live
};

/// Codes or sums that are stored with every pixel `times` times down and across.
struct Repetition {
  std::string name;  ///< of the region
  std::string of;    ///< codes or sums of a layer
  int times = 2;
};

/// A shortcut whose sums stay in F: the next layer in the table adds up on them.
inline bool stays_in_accumulators(const Layer& layer) { return layer.codes.empty() && layer.sums.empty(); }

/// A further activation, which makes other codes of what the layer before has in F.
inline bool is_further_activation(const Layer& layer) { return layer.kernel == 0; }

/// Everything the accelerator needs for a frame, except the bytes of image, weights and thresholds.
struct Schedule {
  std::string network;
  int block_channels = 64;  ///< B the schedule was made for
  int lanes = 3;            ///< M
  std::string lane_mapping = "kernel_columns";
  int thermometer = 10;
  std::uint32_t external_bytes = 0;  ///< size of the external memory map
  std::vector<Region> regions;
  std::vector<Layer> layers;
  std::vector<Repetition> repetitions;
  std::array<std::uint16_t, semaphore_count> semaphore_initial{};
  EnumArray<UnitId, std::vector<Instruction>> streams;
};

}  // namespace ernsim::compiler

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "compiler/schedule.h"
#include "models/accelerator/unit/observer.h"

namespace ernsim {

/// Values of one tensor, C order [channels][height][width].
template <class Value>
struct Tensor {
  std::size_t channels = 0;
  std::size_t height = 0;
  std::size_t width = 0;
  std::vector<Value> values;

  Tensor() = default;
  Tensor(std::size_t c, std::size_t h, std::size_t w) : channels(c), height(h), width(w), values(c * h * w) {}
  Value& at(std::size_t c, std::size_t y, std::size_t x) { return values[(c * height + y) * width + x]; }
};

using Codes = Tensor<std::uint8_t>;
using Sums = Tensor<std::int16_t>;

/// Collects the tensors of a run: from external memory where the hardware stores them, and from the output of the unit
/// that makes them otherwise.
class TensorDump : public Observer {
 public:
  /// Memory is taken for the tensors the schedule does not store. `accumulators`: collect those of every layer too.
  /// `colours` of the picture that are the network's.
  TensorDump(const compiler::Schedule& schedule, int image_height, int image_width, bool accumulators, int colours = 3);

  void embedded(int row, int column, int count, int blocks, const std::uint8_t* words) override;
  void accumulators(const Instruction& instruction, const std::int16_t* values) override;
  void sums(const Instruction& instruction, const std::int16_t* values) override;
  void codes(const Instruction& instruction, const std::uint8_t* values) override;

  /// Adds the tensors that the schedule stores, from the final contents of external memory.
  void read_back(const std::vector<std::uint8_t>& external_memory);

  /// Pixels that no instruction loads, because a strided 1x1 convolution needs none of them: in the dump of the
  /// embedding they are 0.
  std::size_t pixels_not_embedded() const;

  /// By tensor name.
  const std::map<std::string, Codes>& code_tensors() const { return codes_; }
  const std::map<std::string, Sums>& sum_tensors() const { return sums_; }
  /// By convolution.
  const std::map<std::string, Sums>& accumulator_tensors() const { return accumulators_; }

 private:
  template <class Value>
  void place(Tensor<Value>& tensor, const Instruction& instruction, const Value* values) const;

  const compiler::Schedule& schedule_;
  std::size_t block_channels_;
  std::map<std::string, Codes> codes_;
  std::vector<bool> embedded_;  ///< [row][column]
  std::map<std::string, Sums> sums_, accumulators_;
};

}  // namespace ernsim

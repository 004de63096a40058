#pragma once

#include <vector>

#include "workloads/parameters.h"

namespace ernsim::workloads {

/// y = gain[c] * x + shift[c] for every channel; empty ones are 1 and 0. What biases, scales and batch normalisations
/// that stand between integers and their activation make of them.
struct Affine {
  std::vector<double> gain, shift;

  bool is_identity() const { return gain.empty() && shift.empty(); }
  double gain_of(std::size_t channel) const { return gain.empty() ? 1 : gain[channel]; }
  double shift_of(std::size_t channel) const { return shift.empty() ? 0 : shift[channel]; }
};

/// The same and then a factor, or a summand, by channel.
Affine scaled(Affine affine, const std::vector<double>& factors);
Affine shifted(Affine affine, const std::vector<double>& summands);

/// What a batch normalisation does in one step.
Affine affine_of(const BatchNorm& norm);

/// One that does to x what the affine and then `norm` do. Its numbers are those of `norm` where the affine changes
/// nothing.
BatchNorm behind(const Affine& affine, BatchNorm norm);

/// One that does to x what `norm` and then the affine do.
BatchNorm before(const Affine& affine, BatchNorm norm);

/// Whether all its numbers are.
bool is_finite(const Affine& affine);
bool is_finite(const BatchNorm& norm);

/// One that changes nothing, of so many channels.
BatchNorm no_batch_norm(std::size_t channels);

}  // namespace ernsim::workloads

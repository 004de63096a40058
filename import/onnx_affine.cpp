#include "import/onnx_affine.h"

#include <algorithm>
#include <cmath>

namespace ernsim::workloads {

namespace {

bool are_finite(const std::vector<double>& numbers) {
  return std::all_of(numbers.begin(), numbers.end(), [](double each) { return std::isfinite(each); });
}

}  // namespace

Affine scaled(Affine affine, const std::vector<double>& factors) {
  if (affine.gain.empty()) affine.gain.assign(factors.size(), 1);
  for (std::size_t c = 0; c < factors.size(); ++c) affine.gain[c] *= factors[c];
  for (std::size_t c = 0; c < affine.shift.size(); ++c) affine.shift[c] *= factors[c];
  return affine;
}

Affine shifted(Affine affine, const std::vector<double>& summands) {
  if (affine.shift.empty()) affine.shift.assign(summands.size(), 0);
  for (std::size_t c = 0; c < summands.size(); ++c) affine.shift[c] += summands[c];
  return affine;
}

Affine affine_of(const BatchNorm& norm) {
  Affine made;
  for (std::size_t c = 0; c < norm.gamma.size(); ++c) {
    made.gain.push_back(norm.gamma[c] / std::sqrt(norm.variance[c] + norm.epsilon));
    made.shift.push_back(norm.beta[c] - norm.mean[c] * made.gain[c]);
  }
  return made;
}

BatchNorm behind(const Affine& affine, BatchNorm norm) {
  if (affine.is_identity()) return norm;
  for (std::size_t c = 0; c < norm.gamma.size(); ++c) {
    const double gain = affine.gain_of(c), shift = affine.shift_of(c);
    if (gain == 0) {
      norm.beta[c] += (shift - norm.mean[c]) * norm.gamma[c] / std::sqrt(norm.variance[c] + norm.epsilon);
      norm.gamma[c] = 0;
    } else {
      norm.mean[c] = (norm.mean[c] - shift) / gain;
      norm.gamma[c] *= gain;
    }
  }
  return norm;
}

BatchNorm before(const Affine& affine, BatchNorm norm) {
  for (std::size_t c = 0; c < norm.gamma.size(); ++c) {
    norm.gamma[c] *= affine.gain_of(c);
    norm.beta[c] = norm.beta[c] * affine.gain_of(c) + affine.shift_of(c);
  }
  return norm;
}

bool is_finite(const Affine& affine) { return are_finite(affine.gain) && are_finite(affine.shift); }

bool is_finite(const BatchNorm& norm) {
  return are_finite(norm.gamma) && are_finite(norm.beta) && are_finite(norm.mean) && are_finite(norm.variance) &&
         std::isfinite(norm.epsilon);
}

BatchNorm no_batch_norm(std::size_t channels) {
  const std::vector<double> ones(channels, 1), zeros(channels, 0);
  return {ones, zeros, zeros, ones, 0};
}

}  // namespace ernsim::workloads

#include "import/qonnx_constant.h"

#include <algorithm>
#include <cmath>

namespace ernsim::workloads {

namespace {

std::vector<std::size_t> strides_of(const std::vector<std::int64_t>& dims) {
  std::vector<std::size_t> strides(dims.size(), 1);
  for (std::size_t i = dims.size(); i-- > 1;) strides[i - 1] = strides[i] * static_cast<std::size_t>(dims[i]);
  return strides;
}

/// Calls visit(offset) for each element of a tensor of shape `dims`, C order, whose axes have these strides.
template <class Visit>
void walk(const std::vector<std::int64_t>& dims, const std::vector<std::size_t>& strides, std::size_t count,
          const Visit& visit) {
  std::vector<std::int64_t> at(dims.size(), 0);
  std::size_t offset = 0;
  for (std::size_t i = 0; i < count; ++i) {
    visit(offset);
    for (std::size_t axis = dims.size(); axis-- > 0;) {
      offset += strides[axis];
      if (++at[axis] < dims[axis]) break;
      offset -= strides[axis] * static_cast<std::size_t>(dims[axis]);
      at[axis] = 0;
    }
  }
}

constexpr std::int64_t most_elements = std::int64_t{1} << 31;

/// None if there are too many.
std::optional<std::int64_t> product(const std::vector<std::int64_t>& dims) {
  std::int64_t count = 1;
  for (const std::int64_t side : dims) {
    if (side < 0 || side > most_elements || count * side > most_elements) return std::nullopt;
    count *= side;
  }
  return count;
}

/// As whole numbers, with -1 for a side that is left over; none if one is no side.
std::optional<std::vector<std::int64_t>> sides(const std::vector<std::int64_t>& dims,
                                               const std::vector<double>& wanted) {
  std::vector<std::int64_t> made;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const double side = wanted[i];
    if (!(side >= -1) || side > static_cast<double>(most_elements) || side != std::floor(side)) return std::nullopt;
    if (side == 0 && i >= dims.size()) return std::nullopt;
    made.push_back(side == 0 ? dims[i] : static_cast<std::int64_t>(side));
  }
  return made;
}

}  // namespace

std::optional<std::vector<std::int64_t>> reshaped(const std::vector<std::int64_t>& dims,
                                                  const std::vector<double>& wanted) {
  const auto elements = product(dims);
  auto made = sides(dims, wanted);
  if (!elements || !made) return std::nullopt;
  const auto open = std::find(made->begin(), made->end(), -1);
  if (open != made->end()) {
    *open = 1;
    const auto others = product(*made);
    if (!others || *others == 0 || *elements % *others != 0) return std::nullopt;
    *open = *elements / *others;
  }
  return product(*made) == elements ? made : std::nullopt;
}

bool is_permutation(const std::vector<std::int64_t>& permutation, std::size_t axes) {
  auto sorted = permutation;
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t i = 0; i < sorted.size(); ++i)
    if (sorted[i] != static_cast<std::int64_t>(i)) return false;
  return sorted.size() == axes;
}

Constant transposed(const Constant& constant, const std::vector<std::int64_t>& permutation) {
  const auto old = strides_of(constant.dims);
  Constant made;
  std::vector<std::size_t> strides;
  for (const std::int64_t axis : permutation) {
    made.dims.push_back(constant.dims[static_cast<std::size_t>(axis)]);
    strides.push_back(old[static_cast<std::size_t>(axis)]);
  }
  walk(made.dims, strides, constant.values.size(),
       [&](std::size_t offset) { made.values.push_back(constant.values[offset]); });
  return made;
}

Constant combined(const Constant& a, const Constant& b, const std::function<double(double, double)>& operation) {
  const auto own = strides_of(b.dims);
  std::vector<std::size_t> strides(a.dims.size(), 0);
  if (b.dims.size() > a.dims.size() || b.values.empty()) return {};
  for (std::size_t i = 0; i < b.dims.size(); ++i) {
    const std::size_t axis = a.dims.size() - b.dims.size() + i;
    if (b.dims[i] != 1 && b.dims[i] != a.dims[axis]) return {};
    if (b.dims[i] != 1) strides[axis] = own[i];
  }
  Constant made{a.dims, {}};
  walk(a.dims, strides, a.values.size(),
       [&](std::size_t offset) { made.values.push_back(operation(a.values[made.values.size()], b.values[offset])); });
  return made;
}

std::vector<double> by_channel(const Constant& constant, std::size_t channels, Layout layout) {
  if (constant.values.size() == 1) return std::vector<double>(channels, constant.values[0]);
  const std::size_t axes = layout == Layout::flat ? 2 : 4, behind = layout == Layout::nchw ? 2 : 0;
  if (constant.values.size() != channels || constant.dims.size() > axes || constant.dims.size() <= behind) return {};
  const auto axis = constant.dims.size() - 1 - behind;
  return constant.dims[axis] == static_cast<std::int64_t>(channels) ? constant.values : std::vector<double>{};
}

}  // namespace ernsim::workloads

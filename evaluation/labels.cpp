#include "evaluation/labels.h"

#include <fmt/format.h>

#include <algorithm>

#include "workloads/error.h"

namespace ernsim::evaluation {

namespace {

bool are_labels(const Array& array) { return array.shape.size() == 1 && array.type[1] != 'f'; }

std::string list_of(const std::vector<Array>& arrays) {
  std::string text;
  for (const Array& array : arrays)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", array.name, array.shape_text());
  return text;
}

}  // namespace

Array only(const std::vector<Array>& arrays, bool (*is)(const Array&), const char* what, const char* wanted) {
  std::vector<Array> found;
  std::copy_if(arrays.begin(), arrays.end(), std::back_inserter(found), is);
  if (found.size() != 1)
    throw workloads::WorkloadError(fmt::format("{} must be one array, {}; there are: {}", what, wanted,
                                               arrays.empty() ? "none" : list_of(arrays)));
  return found[0];
}

std::vector<int> labels_of(std::vector<Array> arrays, const std::string& path, const std::string& labels,
                           const Array& pictures) {
  if (!labels.empty()) arrays = load_arrays(labels);
  if (labels.empty() && arrays.size() == 1)
    throw workloads::WorkloadError(fmt::format("{}: holds pictures alone; --labels FILE.npy has theirs", path));
  const Array numbers = only(arrays, are_labels, "labels", "whole numbers [N]");
  if (numbers.size() != pictures.shape[0])
    throw workloads::WorkloadError(fmt::format("{}: {} labels for {} pictures of {}", numbers.name, numbers.size(),
                                               pictures.shape[0], pictures.name));
  std::vector<int> made;
  for (std::size_t i = 0; i < numbers.size(); ++i)
    made.push_back(static_cast<int>(std::clamp(numbers.number(i), -1.0, 1e9)));
  return made;
}

}  // namespace ernsim::evaluation

#pragma once

#include "evaluation/array_file.h"

namespace ernsim::evaluation {

/// Of `pictures`, an array of the file `path` that has `arrays`: the one array of N whole numbers beside it, or in the
/// file `labels` if that is named. Throws WorkloadError if there is none, or one of another length.
std::vector<int> labels_of(std::vector<Array> arrays, const std::string& path, const std::string& labels,
                           const Array& pictures);

/// The one array that `is` accepts; `what` and `wanted` say which it must be.
Array only(const std::vector<Array>& arrays, bool (*is)(const Array&), const char* what, const char* wanted);

}  // namespace ernsim::evaluation

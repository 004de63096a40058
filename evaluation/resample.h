#pragma once

#include <string>
#include <vector>

#include "workloads/graph.h"

namespace ernsim::evaluation {

/// The filters of Pillow's Image.resize(), by its names in small letters.
std::vector<std::string> filter_names();

/// The picture at another size, every byte as Pillow 9 and 10 make it from an RGB picture: along rows, then along
/// columns, each rounded to 8 bits; coefficients are fixed-point numbers of 22 bits behind the point (Pillow's
/// Resample.c). `nearest` takes the pixel that the middle of the new one lies in. `filter` is one of filter_names().
workloads::Image resampled(const workloads::Image& image, int height, int width, const std::string& filter);

}  // namespace ernsim::evaluation

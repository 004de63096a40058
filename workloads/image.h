#pragma once

#include <cstdint>
#include <string>

#include "workloads/graph.h"

namespace ernsim::workloads {

/// Reads a PNG, JPEG or PPM picture as RGB. Throws WorkloadError if the file is missing or is no such picture.
Image load_image(const std::string& path);

/// Scales the picture so that it just covers height x width, and cuts out the middle. A fitting one stays as it is.
Image fit_image(const Image& image, int height, int width);

/// The picture in grey, the same in all three colours: (19595 R + 38470 G + 7471 B + 32768) / 65536, as Pillow's "L".
Image grey_image(Image image);

/// A picture made of a gradient, discs and stripes; the same seed gives the same bytes everywhere.
Image generated_image(int height, int width, std::uint64_t seed);

/// Codes 0 to 3 without a pattern; the same seed gives the same everywhere.
Image generated_codes(const Shape& shape, std::uint64_t seed);

/// What a network reads: a picture or codes, at its input size.
Image generated_input(const Graph& graph, std::uint64_t seed);

}  // namespace ernsim::workloads

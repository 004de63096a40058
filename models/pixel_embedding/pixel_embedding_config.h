#pragma once

#include "timing/parameter.h"

namespace ernsim {

struct PixelEmbeddingConfig {
  std::int64_t pixels_per_cycle = 4;
};

template <class Config, class Visitor>
void visit_pixel_embedding(Config& c, Visitor&& visit) {
  visit(ParameterInfo{"pixels_per_cycle", "pixels", 1, 16, "pixels embedded and written to A per cycle",
                      "guess: keeps up with a 16-byte port"},
        c.pixels_per_cycle);
}

}  // namespace ernsim

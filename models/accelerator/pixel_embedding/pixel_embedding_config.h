#pragma once

#include "config/parameter.h"

namespace ernsim {

struct PixelEmbeddingConfig {
  std::int64_t pixels_per_cycle = 4;
  std::int64_t buffer_beats = 512;
};

template <class Config, class Visitor>
void visit_pixel_embedding(Config& c, Visitor&& visit) {
  visit(ParameterInfo{"pixels_per_cycle", "pixels", 1, 16, "pixels embedded and written to A per cycle",
                      "guess: 12 of a 16-byte port's bytes"},
        c.pixels_per_cycle);
  visit(ParameterInfo{"buffer_beats", "beats", 1, 4096,
                      "buffer between the port of load_activations and the embedding, which a burst needs room in",
                      "guess: the depth of a block RAM at its widest, 512x36 (UG573)"},
        c.buffer_beats);
}

}  // namespace ernsim

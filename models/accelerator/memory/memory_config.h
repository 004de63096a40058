#pragma once

#include "config/parameter.h"

namespace ernsim {

/// Depths of the on-chip memories, in words, and the widths of their number formats.
struct MemoryConfig {
  std::int64_t activations_words = 4096;
  std::int64_t weights_words = 1024;
  std::int64_t thresholds_entries = 32;
  std::int64_t accumulators_words = 2048;
  std::int64_t residuals_words = 1024;
  std::int64_t results_words = 1024;
  std::int64_t activations_banks = 4;
  std::int64_t activations_write_ports = 2;
  std::int64_t accumulator_bits = 16;
};

template <class Config, class Visitor>
void visit_memory(Config& c, Visitor&& visit) {
  visit(ParameterInfo{"activations_words", "words", 16, 65535, "A: words of one pixel x B channels x 2 bit",
                      "BxB RTL: 4096"},
        c.activations_words);
  visit(ParameterInfo{"weights_words", "words", 8, 65535, "W: words of M x B bits; B words hold one pane",
                      "BxB RTL: 1024"},
        c.weights_words);
  visit(ParameterInfo{"thresholds_entries", "blocks", 1, 4096, "Q: thresholds and directions of one channel block each",
                      "guess"},
        c.thresholds_entries);
  visit(ParameterInfo{"accumulators_words", "words", 4, 65535, "F: words of one pixel x B accumulators",
                      "guess: BxB has 4096, which the 280 BRAM18 of Table 6 cannot hold"},
        c.accumulators_words);
  visit(ParameterInfo{"residuals_words", "words", 4, 65535, "R: words of one pixel x B residuals of 16 bit", "guess"},
        c.residuals_words);
  visit(ParameterInfo{"results_words", "words", 4, 65535, "S: words of one pixel x B sums of 16 bit", "guess"},
        c.results_words);
  visit(ParameterInfo{"activations_banks", "banks", 1, 16,
                      "of A by word address, each with one read port for the arrays; a power of two",
                      "guess: the fewest that never hold up M = 3 neighbouring pixels"},
        c.activations_banks);
  visit(ParameterInfo{"activations_write_ports", "ports", 1, 2,
                      "2: loads and codes are written to A at the same time; 1: codes first, loads give way",
                      "guess: two banks, as BxB's ping-pong halves"},
        c.activations_write_ports);
  visit(
      ParameterInfo{"accumulator_bits", "bits", 8, 16,
                    "width of accumulators, residuals and sums; beyond it values wrap", "patent US 12,242,950: 16 bit"},
      c.accumulator_bits);
}

}  // namespace ernsim

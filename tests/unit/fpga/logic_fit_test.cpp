#include "models/fpga/logic_fit.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <sstream>
#include <vector>

using namespace ernsim;

namespace {

/// A line of tests/rtl/resources.csv: what Yosys made of a unit.
struct Synthesized {
  std::string unit;
  std::int64_t block_channels = 0, lanes = 0;
  Logic logic;
  int dsp = 0;
  bool held_out = false;
};

std::vector<Synthesized> table(const std::string& unit) {
  std::ifstream file(ERNSIM_SOURCE_DIR "/tests/rtl/resources.csv");
  std::vector<Synthesized> found;
  std::string line;
  for (std::getline(file, line); std::getline(file, line);) {
    std::istringstream in(line);
    Synthesized each;
    char comma = 0;
    std::getline(in, each.unit, ',');
    in >> each.block_channels >> comma >> each.lanes >> comma >> each.logic.lut >> comma >> each.logic.ff >> comma >>
        each.dsp;
    each.held_out = line.find("held_out") != std::string::npos;
    if (each.unit == unit) found.push_back(each);
  }
  return found;
}

using Terms = std::array<double, LogicFit::terms>;

/// The coefficients of the terms `used` that make the sum of squared relative errors smallest, by the normal equations.
Terms fit(const std::vector<Synthesized>& rows, double Logic::*value, const std::vector<std::size_t>& used) {
  const std::size_t n = used.size();
  std::vector<std::vector<double>> m(n, std::vector<double>(n + 1));
  for (const Synthesized& row : rows) {
    if (row.held_out) continue;
    const Terms terms = LogicFit::terms_of(row.block_channels, row.lanes);
    const double y = row.logic.*value;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) m[i][j] += terms[used[i]] * terms[used[j]] / (y * y);
      m[i][n] += terms[used[i]] / y;
    }
  }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t r = 0; r < n; ++r) {
      if (r == i) continue;
      const double factor = m[r][i] / m[i][i];
      for (std::size_t c = 0; c <= n; ++c) m[r][c] -= factor * m[i][c];
    }
  Terms found{};
  for (std::size_t i = 0; i < n; ++i) found[used[i]] = m[i][n] / m[i][i];
  return found;
}

double error_of(double estimate, double is) { return std::abs(estimate / is - 1); }

void check_refitted(const std::string& unit, const LogicFit& logic, const std::vector<std::size_t>& used) {
  const auto rows = table(unit);
  const LogicFit again{fit(rows, &Logic::lut, used), fit(rows, &Logic::ff, used)};
  for (const Synthesized& row : rows) {
    INFO(unit << " B" << row.block_channels << " M" << row.lanes);
    const Logic is = logic.at(row.block_channels, row.lanes), best = again.at(row.block_channels, row.lanes);
    CHECK(error_of(is.lut, best.lut) < 0.001);
    CHECK(error_of(is.ff, best.ff) < 0.001);
  }
}

}  // namespace

TEST_CASE("the coefficients of the convolution unit's logic are the best fit of what Yosys made of it") {
  check_refitted("convolution", convolution_logic, {0, 1, 2, 3, 4});
}

TEST_CASE("the coefficients of the quantization unit's logic are the best fit of what Yosys made of it") {
  check_refitted("quantization", quantization_logic, {0, 1});
}

TEST_CASE("logic is within 10 % of what Yosys made of each unit, and within 5 % where it was held out of the fit") {
  for (const auto& [unit, logic] :
       {std::pair("convolution", &convolution_logic), std::pair("quantization", &quantization_logic)}) {
    const auto rows = table(unit);
    CHECK(rows.size() >= 4);
    for (const Synthesized& row : rows) {
      INFO(unit << " B" << row.block_channels << " M" << row.lanes);
      const Logic estimate = logic->at(row.block_channels, row.lanes);
      CHECK(error_of(estimate.lut, row.logic.lut) < (row.held_out ? 0.05 : 0.1));
      CHECK(error_of(estimate.ff, row.logic.ff) < (row.held_out ? 0.05 : 0.1));
    }
  }
}

TEST_CASE("the units take no DSP block when multipliers become logic") {
  for (const char* unit : {"convolution", "quantization"})
    for (const Synthesized& row : table(unit)) CHECK(row.dsp == 0);
}

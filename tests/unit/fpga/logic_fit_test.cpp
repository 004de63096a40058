#include "models/estimates/fpga/logic_fit.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>
#include <vector>

using namespace ernsim;

namespace {

/// A line of rtl/synthesis/resources.csv: what Yosys made of a unit.
struct Synthesized {
  std::string unit;
  std::int64_t block_channels = 0, lanes = 0;
  Logic logic;
  int dsp = 0;
  bool held_out = false;
};

std::vector<Synthesized> table(const std::string& unit) {
  std::ifstream file(ERNSIM_SOURCE_DIR "/rtl/synthesis/resources.csv");
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

/// What the fit does not have to explain.
using Known = std::function<double(const Synthesized&)>;

/// The coefficients of the first `n` terms that make the sum of squared relative errors smallest, by the normal
/// equations.
Terms fit(const std::vector<Synthesized>& rows, double Logic::*value, std::size_t n, const Known& known) {
  std::vector<std::vector<double>> m(n, std::vector<double>(n + 1));
  for (const Synthesized& row : rows) {
    if (row.held_out) continue;
    const Terms terms = LogicFit::terms_of(row.block_channels, row.lanes);
    const double y = row.logic.*value;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) m[i][j] += terms[i] * terms[j] / (y * y);
      m[i][n] += terms[i] * (y - known(row)) / (y * y);
    }
  }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t r = 0; r < n; ++r) {
      if (r == i) continue;
      const double factor = m[r][i] / m[i][i];
      for (std::size_t c = 0; c <= n; ++c) m[r][c] -= factor * m[i][c];
    }
  Terms found{};
  for (std::size_t i = 0; i < n; ++i) found[i] = m[i][n] / m[i][i];
  return found;
}

double error_of(double estimate, double is) { return std::abs(estimate / is - 1); }

ChannelLogic channel_of(const Synthesized& row) {
  for (const ChannelLogic& channel : channel_logic)
    if (channel.products == row.block_channels * row.lanes) return channel;
  return {};
}

std::int64_t line_lut_of(const Synthesized& row) {
  return line_register_lut.at(static_cast<std::size_t>(row.lanes - 1));
}

void check_refitted(const std::string& unit, const LogicFit& logic, std::size_t n, const Known& lut, const Known& ff) {
  const auto rows = table(unit);
  const LogicFit again{fit(rows, &Logic::lut, n, lut), fit(rows, &Logic::ff, n, ff)};
  for (const Synthesized& row : rows) {
    INFO(unit << " B" << row.block_channels << " M" << row.lanes);
    const Logic is = logic.at(row.block_channels, row.lanes), best = again.at(row.block_channels, row.lanes);
    CHECK(error_of(is.lut, best.lut) < 0.001);
    CHECK(error_of(is.ff, best.ff) < 0.001);
  }
}

void check_error(const Synthesized& row, const Logic& estimate, double most) {
  INFO(row.unit << " B" << row.block_channels << " M" << row.lanes);
  CHECK(error_of(estimate.lut, row.logic.lut) < most);
  CHECK(error_of(estimate.ff, row.logic.ff) < most);
}

}  // namespace

TEST_CASE("the logic of a channel is what Yosys made of it, for every number of products") {
  const auto rows = table("array_channel");
  REQUIRE(rows.size() == channel_logic.size());
  for (const Synthesized& row : rows) {
    CHECK(static_cast<double>(channel_of(row).lut) == row.logic.lut);
    CHECK(static_cast<double>(channel_of(row).ff) == row.logic.ff);
  }
}

TEST_CASE("line registers are so many LUT for each channel and few for a lane, for every M") {
  const auto rows = table("line_registers");
  std::set<std::int64_t> lanes;
  for (const Synthesized& row : rows) {
    INFO("B" << row.block_channels << " M" << row.lanes);
    const double rest = row.logic.lut - static_cast<double>(row.block_channels * line_lut_of(row));
    CHECK((rest >= 0 && rest <= 5 * static_cast<double>(row.lanes)));
    lanes.insert(row.lanes);
  }
  CHECK(lanes.size() == line_register_lut.size());
}

TEST_CASE("every B and M that a configuration may have has its logic") {
  for (const std::int64_t block : {8, 16, 32, 64})
    for (std::int64_t lanes = 1; lanes <= 8; ++lanes) CHECK(convolution_logic(block, lanes).lut > 0);
}

TEST_CASE(
    "the coefficients of the convolution unit's logic are the best fit of what Yosys made of it beside channels and "
    "line registers") {
  check_refitted(
      "convolution", convolution_rest, LogicFit::terms,
      [](const Synthesized& row) {
        return static_cast<double>(row.block_channels * (channel_of(row).lut + line_lut_of(row)));
      },
      [](const Synthesized& row) { return static_cast<double>(row.block_channels * channel_of(row).ff); });
}

TEST_CASE("the coefficients of the quantization unit's logic are the best fit of what Yosys made of it") {
  const Known none = [](const Synthesized&) { return 0.0; };
  check_refitted("quantization", quantization_fit, 2, none, none);
}

TEST_CASE("logic is within 2 % of what Yosys made of each unit, also where it was held out of the fit") {
  const auto convolution = table("convolution"), quantization = table("quantization");
  CHECK(std::count_if(convolution.begin(), convolution.end(), [](const auto& row) { return row.held_out; }) >= 4);
  for (const Synthesized& row : convolution) check_error(row, convolution_logic(row.block_channels, row.lanes), 0.02);
  for (const Synthesized& row : quantization) check_error(row, quantization_logic(row.block_channels), 0.02);
}

TEST_CASE("the units take no DSP block when multipliers become logic") {
  for (const char* unit : {"convolution", "quantization"})
    for (const Synthesized& row : table(unit)) CHECK(row.dsp == 0);
}

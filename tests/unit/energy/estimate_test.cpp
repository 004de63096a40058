#include "models/estimates/energy/energy.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/dram/dram_timing.h"

using namespace ernsim;

namespace {

FrameActivity activity() {
  FrameActivity frame;
  frame.work = {1000, 200, 30, 4000, 500};
  frame.dram.read_bytes = 6400;
  frame.dram.write_bytes = 640;
  frame.dram.activates = 7;
  frame.dram.refreshes = 2;
  frame.latency_ps = 3'000'000;
  frame.clocked_flip_flops = 8000;
  return frame;
}

/// Supply currents of one device in mA, and its supply voltage: DRAMsim3, configs/DDR4_8Gb_x16_2400.ini.
struct Currents {
  double vdd = 1.2, idd0 = 80, idd2n = 34, idd3n = 47, idd4w = 228, idd4r = 243, idd5b = 280;
};
constexpr double devices = 4, device_bytes = 16;  ///< x16, BL8
constexpr double clock_ns = 0.833;

}  // namespace

TEST_CASE("the groups share all of the energy") {
  const Energy energy = estimate_energy({}, activity());
  double sum = 0;
  for (const auto group : {EnergyGroup::logic, EnergyGroup::on_chip_memory, EnergyGroup::dram, EnergyGroup::idle}) {
    CHECK(energy.group_mj(group) > 0);
    sum += energy.group_mj(group);
  }
  CHECK(energy.total_mj() == Approx(sum));
}

TEST_CASE("a frame that does nothing in no time takes no energy") { CHECK(estimate_energy({}, {}).total_mj() == 0); }

TEST_CASE("a milliwatt for a millisecond is a microjoule") {
  FrameActivity frame;
  frame.latency_ps = 1'000'000'000;
  EnergyConfig prices;
  prices.dram_standby_mw = 0;
  prices.static_mw = 1;
  CHECK(estimate_energy(prices, frame).total_mj() == Approx(1e-3));
}

TEST_CASE("dynamic energy leaves out commands and time") {
  FrameActivity frame = activity();
  const double whole = dynamic_energy_mj({}, frame.work, frame.dram.read_bytes, frame.dram.write_bytes);
  frame.latency_ps = 0;
  frame.dram.activates = frame.dram.refreshes = 0;
  frame.clocked_flip_flops = 0;
  CHECK(whole == Approx(estimate_energy({}, frame).total_mj()));
}

TEST_CASE("a clock edge is paid for at each flip-flop, so that a larger array takes more in the same time") {
  FrameActivity frame = activity();
  const double before = estimate_energy({}, frame).total_mj();
  frame.clocked_flip_flops *= 2;
  CHECK(estimate_energy({}, frame).total_mj() - before == Approx(8000 * EnergyConfig{}.clock_pj_per_flip_flop * 1e-9));
}

TEST_CASE("default prices of one memory are not those of another, and given ones are") {
  const EnergyConfig defaults;
  const EnergyConfig same = known_prices(defaults, DramConfig{}, Device::k26);
  CHECK(same.dram_read_pj_per_byte == defaults.dram_read_pj_per_byte);
  CHECK(same.static_mw == defaults.static_mw);
  EnergyConfig given;
  given.dram_activate_pj = 9000;
  DramConfig generic;
  generic.part = dram_part("generic_x8");
  const EnergyConfig other = known_prices(given, generic, Device::k26);
  for (const double price :
       {other.dram_read_pj_per_byte, other.dram_write_pj_per_byte, other.dram_refresh_pj, other.dram_standby_mw})
    CHECK(std::isnan(price));
  CHECK(other.dram_activate_pj == 9000);
  CHECK(other.static_mw == defaults.static_mw);
  CHECK(std::isnan(estimate_energy(other, activity()).total_mj()));
  CHECK_FALSE(std::isnan(estimate_energy(other, activity()).group_mj(EnergyGroup::logic)));
}

TEST_CASE("the leakage of one FPGA is not that of another; what a layer takes is known all the same") {
  const EnergyConfig prices = known_prices({}, DramConfig{}, Device::zu9eg);
  CHECK(std::isnan(estimate_energy(prices, activity()).total_mj()));
  CHECK(dynamic_energy_mj(prices, activity().work, 6400, 640) == dynamic_energy_mj({}, activity().work, 6400, 640));
}

TEST_CASE("the DDR4's default prices follow from its currents as TN-40-07 says") {
  const Currents i;
  const EnergyConfig prices;
  const DramTiming timing = dram_timing(DramConfig{});
  const auto ns = [](Cycle cycles) { return static_cast<double>(cycles) * clock_ns; };
  const double burst_pj_per_ma = i.vdd * ns(timing.burst) / device_bytes;
  CHECK(prices.dram_read_pj_per_byte == Approx((i.idd4r - i.idd3n) * burst_pj_per_ma).epsilon(0.001));
  CHECK(prices.dram_write_pj_per_byte == Approx((i.idd4w - i.idd3n) * burst_pj_per_ma).epsilon(0.001));
  const double row = i.idd0 * ns(timing.activate_to_activate) - i.idd3n * ns(timing.activate_to_precharge) -
                     i.idd2n * ns(timing.activate_to_activate - timing.activate_to_precharge);
  CHECK(prices.dram_activate_pj == Approx(row * i.vdd * devices).epsilon(0.001));
  CHECK(prices.dram_refresh_pj ==
        Approx((i.idd5b - i.idd3n) * i.vdd * ns(timing.refresh_to_activate) * devices).epsilon(0.001));
  CHECK(prices.dram_standby_mw == Approx(i.idd3n * i.vdd * devices));
}

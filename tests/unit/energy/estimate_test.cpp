#include "models/energy/energy.h"

#include <catch2/catch.hpp>

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
  CHECK(whole == Approx(estimate_energy({}, frame).total_mj()));
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
  CHECK(prices.dram_refresh_pj == Approx((i.idd5b - i.idd3n) * i.vdd * ns(timing.refresh_to_activate) * devices).epsilon(0.001));
  CHECK(prices.dram_standby_mw == Approx(i.idd3n * i.vdd * devices));
}

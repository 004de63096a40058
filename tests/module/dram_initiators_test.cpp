#include <catch2/catch.hpp>

#include "models/dram/dram_module.h"
#include "tests/support/checked_binding.h"
#include "tests/support/plain_initiator.h"
#include "timing/annotation.h"

// Several plain initiators with four-phase transport on one memory. Each test elaborates one model.

using namespace ernsim;
using test::Ending;
using test::PlainInitiator;

namespace {

constexpr std::uint64_t range = 1 << 14;
constexpr Picoseconds us = 1'000'000;

struct Bench : sc_core::sc_module {
  Bench(sc_core::sc_module_name name, Ending first, Ending second, LookAhead look_ahead,
        EngineKind kind = EngineKind::leap)
      : sc_module(name),
        memory("memory", DramConfig{}, 2, options(look_ahead, kind)),
        one("one", 1, 0, range, 1500, first),
        other("other", 2, range, range, 1500, second) {
    checked.bind(one.socket, memory.in[0]->socket);
    checked.bind(other.socket, memory.in[1]->socket);
  }
  static DramOptions options(LookAhead look_ahead, EngineKind kind) {
    DramOptions options;
    options.look_ahead = look_ahead;
    options.kind = kind;
    options.bytes = 2 * range;
    return options;
  }
  void require_right() {
    REQUIRE(one.finished());
    REQUIRE(other.finished());
    CHECK(one.wrong == 0);
    CHECK(other.wrong == 0);
    checked.require_kept();
    const DramStatistics all = memory.statistics();
    const PortBytes& a = memory.controller().port_bytes(0);
    const PortBytes& b = memory.controller().port_bytes(1);
    CHECK(all.read_bytes == a.read + b.read);
    CHECK(all.write_bytes == a.write + b.write);
    CHECK(a.read >= one.read);
    CHECK(b.write >= other.written);
  }
  Dram memory;
  PlainInitiator one, other;
  test::CheckedBindings checked;
};

}  // namespace

TEST_CASE("two initiators that complete at once get what they wrote, and bytes add up") {
  Bench bench("bench", Ending::completed, Ending::completed, LookAhead{us});
  sc_core::sc_start();
  bench.require_right();
}

TEST_CASE("two initiators of which one ends its responses late get what they wrote") {
  Bench bench("bench", Ending::later, Ending::completed, LookAhead{us});
  sc_core::sc_start();
  bench.require_right();
}

TEST_CASE("an initiator that ends responses at a later time as return value gets what it wrote") {
  Bench bench("bench", Ending::updated, Ending::later, LookAhead{us});
  sc_core::sc_start();
  bench.require_right();
}

TEST_CASE("responses come at the same times with every bound of look-ahead and with both engines") {
  Bench strict("strict", Ending::completed, Ending::later, LookAhead{0});
  Bench bounded("bounded", Ending::completed, Ending::later, LookAhead{us});
  Bench unbounded("unbounded", Ending::completed, Ending::later, LookAhead{never});
  Bench stepped("stepped", Ending::completed, Ending::later, LookAhead{us}, EngineKind::step);
  sc_core::sc_start();
  for (Bench* each : {&strict, &bounded, &unbounded, &stepped}) {
    each->require_right();
    CHECK(each->one.ends_ps == strict.one.ends_ps);
    CHECK(each->other.ends_ps == strict.other.ends_ps);
  }
}

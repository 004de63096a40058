#include "compiler/schedule_text.h"

#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <tuple>

#include "models/accelerator/isa/instruction_codec.h"
#include "tests/support/random_instruction.h"
#include "tests/support/small_schedule.h"

using namespace ernsim;
using namespace ernsim::compiler;

namespace {

auto fields(const Region& r) { return std::tie(r.name, r.kind, r.address, r.bytes, r.channels, r.height, r.width); }
auto fields(const Layer& l) {
  return std::tie(l.name, l.reads, l.adds, l.codes, l.sums, l.kernel, l.stride, l.dilation_down, l.dilation_across,
                  l.in_channels, l.out_channels, l.out_height, l.out_width, l.macs, l.choice);
}
auto fields(const Repetition& r) { return std::tie(r.name, r.of, r.times); }
auto fields(const Schedule& s) {
  return std::tie(s.network, s.block_channels, s.lanes, s.lane_mapping, s.thermometer, s.external_bytes,
                  s.semaphore_initial);
}
auto fields(const Instruction& i) {
  std::array<std::uint8_t, instruction_bytes> bytes{};
  encode(i, bytes.data());
  return bytes;
}

template <class Item>
void require_same(const std::vector<Item>& a, const std::vector<Item>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) REQUIRE(fields(a[i]) == fields(b[i]));
}

void require_same(const Schedule& a, const Schedule& b) {
  REQUIRE(fields(a) == fields(b));
  require_same(a.regions, b.regions);
  require_same(a.layers, b.layers);
  require_same(a.repetitions, b.repetitions);
  for (const UnitId unit : each<UnitId>()) require_same(a.streams[unit], b.streams[unit]);
}

Schedule random_schedule(std::size_t instructions) {
  std::mt19937 random(3);
  Schedule s = test::small_schedule();
  s.layers[0].dilation_across = 3;
  s.layers[0].reads = "image";
  s.layers[0].adds = "a sum";
  s.repetitions = {{"larger", "stem.codes", 2}, {"largest", "stem.codes", 4}};
  for (std::size_t n = 0; n < instructions; ++n)
    s.streams[after(UnitId{}, n)].push_back(test::random_instruction(after(UnitId{}, n), random));
  return s;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a schedule survives being written and read") {
  const Schedule s = random_schedule(2000);
  require_same(s, from_text(to_text(s), "s"));
}

TEST_CASE("the text survives being read and written") {
  const std::string text = to_text(random_schedule(2000));
  REQUIRE(to_text(from_text(text, "s")) == text);
}

TEST_CASE("an empty schedule survives being written and read") {
  require_same(Schedule{}, from_text(to_text(Schedule{}), "s"));
}

TEST_CASE("strings with spaces, quotes, comments and line breaks survive being written and read") {
  Schedule s;
  s.network = "a \"b\" # c\\d\n\te=f\x7F";
  s.layers.resize(1);
  s.layers[0].choice = "\\x41";
  require_same(s, from_text(to_text(s), "s"));
}

TEST_CASE("comments, blank lines, tabs and carriage returns are ignored") {
  const Schedule s = test::small_schedule();
  std::string text = replaced(to_text(s), "\nunit store\n", "\r\n\n \t# a comment\nunit \tstore  # another\r\n");
  require_same(s, from_text(text, "s"));
}

TEST_CASE("keys may come in any order") {
  const std::string text = replaced(to_text(Schedule{}), "block_channels=64 lanes=3", "lanes=3 block_channels=64");
  REQUIRE(from_text(text, "s").lanes == 3);
}

TEST_CASE("a saved schedule is loaded again") {
  const std::string file = "schedule_text_test.schedule";
  const Schedule s = test::small_schedule();
  save_schedule(s, file);
  require_same(s, load_schedule(file));
  std::remove(file.c_str());
}

TEST_CASE("a file that does not exist is refused by name") {
  REQUIRE_THROWS_WITH(load_schedule("no/such.schedule"), "no/such.schedule: cannot be read");
}

TEST_CASE("a place that cannot be written is refused by name") {
  REQUIRE_THROWS_WITH(save_schedule(Schedule{}, "no/such.schedule"), "no/such.schedule: cannot be written");
}

TEST_CASE("a semaphore that does not exist is not written") {
  Schedule s = test::small_schedule();
  test::instruction(s, UnitId::store, 0).waits[0].semaphore = 19;
  REQUIRE_THROWS_AS(to_text(s), ScheduleError);
}

TEST_CASE("20000 instructions are read in well under a second") {
  const std::string text = to_text(random_schedule(20000));
  const auto start = std::chrono::steady_clock::now();
  from_text(text, "s");
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  INFO(seconds.count() << " s for " << text.size() << " bytes");
  CHECK(seconds.count() < 0.5);  // 0.03 s on an idle machine without sanitizers
}

TEST_CASE("damaged text is read or refused with file and line") {
  std::mt19937 random(4);
  const std::string good = to_text(test::small_schedule());
  const std::string alphabet = "=\"\\#*,:>-/ \n019x\xFFqe";
  for (int n = 0; n < 3000; ++n) {
    std::string text = good;
    for (int change = 0; change < 1 + n % 3; ++change) {
      text[random() % text.size()] = n % 4 == 0 ? static_cast<char>(random()) : alphabet[random() % alphabet.size()];
      if (n % 5 == 0) text.erase(random() % text.size(), random() % 40);
    }
    try {
      to_text(from_text(text, "s"));
    } catch (const ScheduleError& error) {
      const std::string what = error.what();
      REQUIRE(what.rfind("s:", 0) == 0);
      REQUIRE(what.find('\n') == std::string::npos);
    }
  }
}

TEST_CASE("every truncation of a schedule is refused") {
  const std::string text = to_text(test::small_schedule());
  for (std::size_t length = 0; length + 1 < text.size(); ++length)
    REQUIRE_THROWS_AS(from_text(std::string_view(text).substr(0, length), "s"), ScheduleError);
}

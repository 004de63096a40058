#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "compiler/packing.h"
#include "models/accelerator/dma/sum_packing.h"
#include "models/accelerator/isa/instruction_codec.h"
#include "models/accelerator/isa/word_formats.h"
#include "traces/coordinates.h"
#include "traces/words.h"

// The bits of every word as traces/FORMAT.md has them: its sentences are the manifest's, its examples what the model
// makes.

using namespace ernsim;

namespace {

std::string page() {
  std::ifstream file(ERNSIM_SOURCE_DIR "/traces/FORMAT.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string hexadecimal(const std::vector<std::uint8_t>& word) {
  return traces::hexadecimal(word.data(), word.size()).substr(2);
}

/// Requires the page to have a row of the table of examples.
void check_example(const std::string& memory, const std::string& of, const std::string& word) {
  const std::string row = fmt::format("| {} | {} | `{}` |\n", memory, of, word);
  INFO(row);
  CHECK(page().find(row) != std::string::npos);
}

std::vector<std::uint8_t> sums(std::int16_t last) {
  const std::int16_t values[] = {1, -1, 0, 0, 0, 0, 0, last};
  std::vector<std::uint8_t> word(sizeof values);
  std::memcpy(word.data(), values, sizeof values);
  return word;
}

}  // namespace

TEST_CASE("the page has the layout of every kind of word") {
  for (const auto kind : {traces::WordKind::plain, traces::WordKind::sums, traces::WordKind::codes,
                          traces::WordKind::signs, traces::WordKind::thresholds}) {
    INFO(traces::name_of(kind));
    CHECK(page().find(fmt::format("| {} |\n", traces::layout_of(kind))) != std::string::npos);
    CHECK(page().find(fmt::format("| `{}`: ", traces::name_of(kind))) != std::string::npos);
  }
}

TEST_CASE("the page's example of a word of A is what the model writes") {
  const std::uint8_t codes[] = {3, 2, 1, 0, 0, 1, 2, 3};
  std::vector<std::uint8_t> word(2);
  write_codes(codes, 8, word.data());
  check_example("A", "codes 3 2 1 0 0 1 2 3 of channels 0 to 7", hexadecimal(word));
}

TEST_CASE("the page's example of a word of W is what the compiler packs") {
  workloads::SignWeights weights(8, 8, 3);
  weights.set_negative(((1 * 8 + 3) * 3 + 2) * 3 + 1);
  const ArrayGeometry geometry{2, LaneMapping::kernel_columns, 1};
  const auto bytes = compiler::pack_weights(weights, 8, geometry);
  REQUIRE(bytes.size() == 3 * 2 * 8 * 2);  // panes of 8 words
  for (std::size_t word = 0; word < bytes.size() / 2; ++word) {
    INFO("word " << word);
    const std::string text = hexadecimal({bytes[2 * word], bytes[2 * word + 1]});
    CHECK((text == "0000") == (word != 36));
    if (word == 36)
      check_example(
          "W",
          "3x3, all +1 but output channel 1, input channel 3, kernel row 2, column 1: word 36 of the block's panes",
          text);
  }
}

TEST_CASE("the page's examples of a channel of Q are what the model writes") {
  std::vector<std::uint8_t> word(8);
  write_thresholds({{-2, 0, 5}, false}, word.data());
  check_example("Q, one channel", "thresholds -2, 0 and 5, counts sum >= threshold", hexadecimal(word));
  write_thresholds({{-2, 0, 5}, true}, word.data());
  check_example("Q, one channel", "the same, counts sum <= threshold", hexadecimal(word));
}

TEST_CASE("the page's examples of sums are those on chip and packed") {
  check_example("F, R, S", "1, -1, six more: 0 0 0 0 0 -32768", hexadecimal(sums(-32768)));
  std::vector<std::uint8_t> packed(10);
  pack_sums(sums(-512).data(), 8, 10, packed.data());
  check_example("sums of 10 bits in external memory", "1, -1, six more: 0 0 0 0 0 -512", hexadecimal(packed));
}

TEST_CASE("an instruction's number ends with its magic, with the unit before it") {
  Instruction instruction;
  instruction.unit = UnitId::store;
  std::vector<std::uint8_t> bytes(instruction_bytes);
  encode(instruction, bytes.data());
  const std::string text = hexadecimal(bytes);
  CHECK(text.substr(text.size() - 4) == "06e5");
}

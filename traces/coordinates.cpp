#include "traces/coordinates.h"

#include <fmt/format.h>

#include <algorithm>

#include "traces/elements.h"

namespace ernsim::traces {

std::string hexadecimal(const std::uint8_t* word, std::size_t bytes) {
  std::string text = "0x";
  for (std::size_t i = bytes; i > 0; --i) text += fmt::format("{:02x}", word[i - 1]);
  return text;
}

ElementDifference first_difference(const Channel& channel, const std::uint8_t* expected, const std::uint8_t* found) {
  const std::size_t bytes = channel.word_bytes;
  if (channel.kind == WordKind::sums || channel.kind == WordKind::codes)
    for (std::size_t e = 0; e < elements_of(channel); ++e) {
      const int wanted = element_at(channel, expected, e), seen = element_at(channel, found, e);
      if (wanted != seen) return {e, std::to_string(wanted), std::to_string(seen)};
    }
  const std::size_t element =
      static_cast<std::size_t>(std::mismatch(expected, expected + bytes, found).first - expected);
  return {element, hexadecimal(expected, bytes), hexadecimal(found, bytes)};
}

std::string coordinates(const Header& header, const Channel& channel, const Run& run, std::size_t beat,
                        std::size_t element) {
  const RunContext& at = run.context;
  if (!at.known) return "";
  std::string text = at.layer < header.layers.size() ? fmt::format("layer {}", header.layers[at.layer].name)
                                                     : fmt::format("layer {}", at.layer);
  const bool has_elements = channel.kind == WordKind::sums || channel.kind == WordKind::codes;
  if (at.tile_columns == 0 || run.hashed)
    return text + fmt::format(", block {}, tile at row {}, column {}{}", at.block, at.row, at.column,
                              has_elements && !run.hashed ? fmt::format(", element {}", element) : "");
  // A tile's words lie row by row, whatever the order of the beats.
  const std::uint32_t address = run.addresses[beat];
  const auto pixel = std::count_if(run.addresses.begin(), run.addresses.end(),
                                   [address](std::uint32_t other) { return other < address; });
  if (has_elements)
    text += fmt::format(", channel {}", at.block * static_cast<std::size_t>(header.block_channels) + element);
  return text +
         fmt::format(", row {}, column {}", at.row + pixel / at.tile_columns, at.column + pixel % at.tile_columns);
}

}  // namespace ernsim::traces

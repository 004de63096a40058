#pragma once

#include <string>

#include "traces/header.h"
#include "traces/run.h"

namespace ernsim::traces {

/// The first element in which two words of a channel differ: its number, and both values as text.
struct ElementDifference {
  std::size_t element = 0;
  std::string expected, found;
};
ElementDifference first_difference(const Channel& channel, const std::uint8_t* expected, const std::uint8_t* found);

/// "layer L, channel C, row Y, column X" as far as the run says where its beats belong.
std::string coordinates(const Header& header, const Channel& channel, const Run& run, std::size_t beat,
                        std::size_t element);

/// A word's value as text: hexadecimal, highest byte first.
std::string hexadecimal(const std::uint8_t* word, std::size_t bytes);

}  // namespace ernsim::traces

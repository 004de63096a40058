#include "traces/header.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <array>
#include <sstream>

namespace ernsim::traces {

namespace {

WordKind parse_kind(const std::string& text) {
  for (std::size_t i = 0; i < kind_names.size(); ++i)
    if (text == kind_names[i]) return static_cast<WordKind>(i);
  throw TraceError(fmt::format("kind of word '{}' is not known", text));
}

long number(const std::string& text, long most) {
  std::size_t used = 0;
  long value = -1;
  try {
    value = std::stol(text, &used);
  } catch (const std::exception&) {
  }
  if (used != text.size() || value < 0 || value > most)
    throw TraceError(fmt::format("'{}' is no number from 0 to {}", text, most));
  return value;
}

/// Names are written without white space; "-" stands for none.
std::string word(const std::string& name) {
  std::string text = name.empty() ? "-" : name;
  for (char& c : text)
    if (static_cast<unsigned char>(c) <= ' ') c = '_';
  return text;
}

std::string name(const std::string& text) { return text == "-" ? "" : text; }

Channel parse_channel(const std::vector<std::string>& words) {
  Channel channel{words[1], static_cast<std::size_t>(number(words[2], 4096)), parse_kind(words[3]), false};
  channel.timing = words[4] == "timing";
  if (!channel.timing && words[4] != "values") throw TraceError(fmt::format("'{}' is not values or timing", words[4]));
  return channel;
}

void add_channel(const Channel& channel, Header& header) {
  for (const Channel& other : header.channels)
    if (other.name == channel.name) throw TraceError(fmt::format("channel {} is there twice", channel.name));
  header.channels.push_back(channel);
}

/// The header's last line: a sum of those before it.
std::string end_line(const std::string& before) {
  return fmt::format("end {:016x}\n", XXH3_64bits(before.data(), before.size()));
}

void parse_line(const std::vector<std::string>& words, Header& header) {
  const auto is = [&words](const char* key, std::size_t count) { return words[0] == key && words.size() == count; };
  if (is("network", 2))
    header.network = name(words[1]);
  else if (is("platform", 2))
    header.platform = name(words[1]);
  else if (is("block_channels", 2))
    header.block_channels = static_cast<int>(number(words[1], 4096));
  else if (is("clock_period_ps", 2))
    header.clock_period_ps = number(words[1], 1'000'000);
  else if (is("detail", 2) && (words[1] == "data" || words[1] == "hash"))
    header.hashed = words[1] == "hash";
  else if (is("selection", 2))
    header.selection = name(words[1]);
  else if (is("parameter", 3))
    header.parameters.emplace_back(words[1], words[2]);
  else if (is("channel", 5))
    add_channel(parse_channel(words), header);
  else if (is("layer", 4))
    header.layers.push_back({name(words[1]), name(words[2]), name(words[3])});
  else
    throw TraceError(fmt::format("'{}' is no line of a trace's header", words[0]));
}

}  // namespace

std::string to_text(const Header& header) {
  std::string text = fmt::format("ernsim-trace {}\n", format_version);
  text += fmt::format("network {}\nplatform {}\nblock_channels {}\nclock_period_ps {}\ndetail {}\nselection {}\n",
                      word(header.network), word(header.platform), header.block_channels, header.clock_period_ps,
                      header.hashed ? "hash" : "data", word(header.selection));
  for (const auto& [key, value] : header.parameters) text += fmt::format("parameter {} {}\n", word(key), word(value));
  for (const Channel& channel : header.channels)
    text += fmt::format("channel {} {} {} {}\n", word(channel.name), channel.word_bytes,
                        kind_names[static_cast<std::size_t>(channel.kind)], channel.timing ? "timing" : "values");
  for (const TracedLayer& layer : header.layers)
    text += fmt::format("layer {} {} {}\n", word(layer.name), word(layer.codes), word(layer.sums));
  return text + end_line(text);
}

Header parse_header(const std::string& text) {
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  if (line.rfind("ernsim-trace ", 0) != 0) throw TraceError("no trace: it does not begin with 'ernsim-trace'");
  if (line != fmt::format("ernsim-trace {}", format_version))
    throw TraceError(fmt::format("'{}': this program reads version {}", line, format_version));
  Header header;
  for (int at = 2; std::getline(lines, line); ++at) {
    if (line.rfind("end ", 0) == 0) {
      const auto before = static_cast<std::size_t>(lines.tellg()) - line.size() - 1;
      if (line + "\n" != end_line(text.substr(0, before))) throw TraceError("the header is damaged");
      return header;
    }
    std::istringstream parts(line);
    std::vector<std::string> words;
    for (std::string part; parts >> part;) words.push_back(part);
    try {
      if (words.empty()) throw TraceError("empty line");
      parse_line(words, header);
    } catch (const TraceError& error) {
      throw TraceError(fmt::format("line {}: {}", at, error.what()));
    }
  }
  throw TraceError("the header does not end");
}

}  // namespace ernsim::traces

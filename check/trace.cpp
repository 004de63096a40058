#include "check/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace ernsim::check {

namespace {

std::vector<std::string> parts_of(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);) parts.push_back(part);
  return parts;
}

Cycle cycle_of(const std::vector<std::string>& parts, std::size_t at, Cycle otherwise) {
  return at < parts.size() && !parts[at].empty() ? std::stoll(parts[at]) : otherwise;
}

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// Channels whose runs are single beats, which a trace of hashes keeps.
bool beat_by_beat(const traces::Channel& channel) {
  if (channel.timing) return true;
  for (const char* port : {"burst", ".start", ".end", ".response", ".registers", ".interrupt", ".instructions"})
    if (ends_with(channel.name, port)) return true;
  return false;
}

}  // namespace

Trace::Trace(const traces::Reader& reader, const traces::Header* like) : reader_(reader) {
  if (like != nullptr)
    for (const auto& [key, value] : like->parameters) parameters_[key] = value;
  for (const auto& [key, value] : reader.header().parameters) parameters_[key] = value;
  for (const auto& part : parts_of(reader.header().selection, ';')) {
    const auto words = parts_of(part, ':');
    try {
      if (words.at(0) == "cycles") {
        begin_ = cycle_of(words, 1, 0);
        end_ = cycle_of(words, 2, never);
      } else if (words.at(0) == "layers") {
        for (const auto& layer : parts_of(words.at(1), ',')) layers_.push_back(std::stoi(layer));
      } else {
        throw std::invalid_argument(part);
      }
    } catch (const std::logic_error&) {
      throw traces::TraceError(fmt::format("{}: '{}' is no selection of layers or cycles", reader.file(), part));
    }
  }
}

bool Trace::has(const std::string& channel) const {
  const auto number = reader_.channel(channel);
  return number && (!reader_.header().hashed || beat_by_beat(reader_.header().channels[*number]));
}

void Trace::require(std::initializer_list<std::string> channels) const {
  for (const auto& channel : channels)
    if (!has(channel))
      throw Missing(reader_.channel(channel) ? fmt::format("only hashes of {}", channel)
                                             : fmt::format("no channel {}", channel));
}

void Trace::require_words(const std::string& channel, std::int64_t bytes) const {
  const auto number = reader_.channel(channel);
  if (!number) return;
  const auto found = static_cast<std::int64_t>(reader_.header().channels[*number].word_bytes);
  if (found != bytes)
    throw traces::TraceError(
        fmt::format("{}: words of {} have {} bytes; {} with its parameters", reader_.file(), channel, found, bytes));
}

std::string Trace::text(const std::string& key) const {
  const auto found = parameters_.find(key);
  if (found == parameters_.end()) throw Missing(fmt::format("no parameter {}", key));
  return found->second;
}

double Trace::number(const std::string& key) const {
  const std::string value = text(key);
  std::size_t used = 0;
  double read = 0;
  try {
    read = std::stod(value, &used);
  } catch (const std::logic_error&) {
  }
  if (used != value.size() || value.empty() || !(read >= 0 && read < 1e15))
    throw traces::TraceError(fmt::format("{}: parameter {} is '{}', no number", reader_.file(), key, value));
  return read;
}

bool Trace::has_layer(int layer) const {
  return layers_.empty() || std::find(layers_.begin(), layers_.end(), layer) != layers_.end();
}

Cycle Trace::whole_until(const std::vector<std::string>& channels) const {
  if (reader_.damage().empty()) return end_;
  Cycle until = end_;
  for (const auto& channel : channels)
    if (const auto number = reader_.channel(channel)) until = std::min(until, reader_.last_run_cycle(*number) - 1);
  return until;
}

}  // namespace ernsim::check

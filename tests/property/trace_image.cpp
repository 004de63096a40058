#include "tests/property/trace_image.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "tests/unit/traces/sample_trace.h"
#include "traces/chunk_writer.h"

namespace ernsim::test {

TraceImage::TraceImage(const std::string& bytes) {
  const TraceFile file(bytes);
  const traces::Reader reader(file.path());
  header_ = reader.header();
  for (std::size_t c = 0; c < header_.channels.size(); ++c) {
    auto& beats = channels_.emplace_back();
    const auto word = static_cast<std::ptrdiff_t>(header_.channels[c].word_bytes);
    for (const auto& run : runs_of(reader, header_.channels[c].name))
      for (std::size_t i = 0; i < run.count; ++i) {
        const auto data = run.data.begin() + static_cast<std::ptrdiff_t>(i) * word;
        beats.push_back({run.cycles[i], run.addresses[i], {data, data + word}});
      }
  }
}

std::vector<TraceImage::Beat>& TraceImage::of(const std::string& channel) {
  for (std::size_t c = 0; c < header_.channels.size(); ++c)
    if (header_.channels[c].name == channel) return channels_[c];
  throw std::logic_error("no channel " + channel);
}

bool TraceImage::every_channel_has_beats() const {
  return std::none_of(channels_.begin(), channels_.end(), [](const auto& beats) { return beats.empty(); });
}

void TraceImage::keep(const std::vector<std::string>& channels) {
  std::vector<traces::Channel> kept;
  std::vector<std::vector<Beat>> beats;
  for (const auto& name : channels) {
    beats.push_back(std::move(of(name)));
    for (const auto& channel : header_.channels)
      if (channel.name == name) kept.push_back(channel);
  }
  header_.channels = kept;
  channels_ = std::move(beats);
}

std::string TraceImage::bytes() const {
  std::ostringstream out;
  traces::ChunkWriter writer(out, header_);
  for (std::size_t c = 0; c < channels_.size(); ++c) {
    auto beats = channels_[c];
    std::stable_sort(beats.begin(), beats.end(), [](const Beat& a, const Beat& b) { return a.cycle < b.cycle; });
    for (const Beat& beat : beats) {
      PortBeats one{};
      one.first_cycle = beat.cycle;
      one.first_address = beat.address;
      one.data = beat.data.data();
      one.word_bytes = beat.data.size();
      writer.add(c, one);
    }
  }
  writer.finish();
  return out.str();
}

}  // namespace ernsim::test

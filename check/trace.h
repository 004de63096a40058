#pragma once

#include <array>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "traces/reader.h"

namespace ernsim::check {

/// What a trace does not have and a rule needs; the text names it.
class Missing : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A trace as the rules see it: what it has, and from when to when that is all there was.
class Trace {
 public:
  /// Parameters that the trace does not say are those of `like`, which may be null.
  explicit Trace(const traces::Reader& reader, const traces::Header* like = nullptr);

  const traces::Reader& reader() const { return reader_; }
  /// Whether the beats of the channel are there, not only hashes of them.
  bool has(const std::string& channel) const;
  /// Throws Missing if one of them is not there.
  void require(std::initializer_list<std::string> channels) const;

  /// A parameter of the platform, by section and key. Throws Missing if the header has none.
  std::int64_t parameter(const std::string& key) const { return static_cast<std::int64_t>(number(key)); }
  double number(const std::string& key) const;
  std::string text(const std::string& key) const;
  bool has_parameter(const std::string& key) const { return parameters_.count(key) == 1; }

  /// From its first cycle on the trace has everything; earlier beats were left out.
  Cycle begin() const { return begin_; }
  /// Whether it has everything from the start of the simulation on, of every layer.
  bool from_start() const { return begin_ == 0 && layers_.empty(); }
  bool all_layers() const { return layers_.empty(); }
  bool has_layer(int layer) const;
  /// Throws TraceError if the channel is there and its words have another size.
  void require_words(const std::string& channel, std::int64_t bytes) const;
  /// The last cycle up to which each of these channels has all its beats, those that are there at all.
  Cycle whole_until(const std::vector<std::string>& channels) const;

 private:
  const traces::Reader& reader_;
  std::map<std::string, std::string> parameters_;
  Cycle begin_ = 0, end_ = never;
  std::vector<int> layers_;  ///< empty: all
};

}  // namespace ernsim::check

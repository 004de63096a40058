#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sweep/points.h"

namespace ernsim {

/// One of `count` parts of a sweep: the points whose place in the list of points is `index` modulo `count`.
struct SweepShard {
  std::size_t index = 0;
  std::size_t count = 1;

  std::string text() const;       ///< "0/4"
  std::string file_name() const;  ///< "shard-0-of-4.sqlite"
};

/// Reads "I/N". Throws UserError unless 0 <= I < N and N is at most the number of points.
SweepShard parse_shard(const std::string& text, const SweepDefinition& definition);

/// A number of shards for a sweep, given to the option of that name. Throws UserError unless every shard gets a point.
std::size_t parse_shard_count(const std::string& option, const std::string& text, const SweepDefinition& definition);

/// The numbers of the shard's points, ascending.
std::vector<std::size_t> points_of(const SweepDefinition& definition, const SweepShard& shard);

/// The shards whose files are in a directory, by count and index; none if there is no such directory.
std::vector<SweepShard> shards_in(const std::string& directory);

/// Throws UserError if the directory has shards of a sweep that was divided into another number of them.
void require_shards_of(std::size_t count, const std::string& directory);

}  // namespace ernsim

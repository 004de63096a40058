#pragma once

#include <string>

#include "sweep/definition.h"

namespace ernsim {

/// Joins the shards of a sweep that are in a directory into sweep.sqlite there, which appears whole or not at all and
/// has the rows of a sweep that was not divided. Throws UserError if a shard is missing, lacks points, is damaged or
/// was made by another program or from another sweep file, or if there is a sweep.sqlite that is not this sweep's.
void merge_shards(const SweepDefinition& definition, const std::string& directory);

}  // namespace ernsim

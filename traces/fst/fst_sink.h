#pragma once

#include <memory>
#include <string>

#include "traces/waves.h"

namespace ernsim::traces {

/// Whether this program was built with GTKWave's writer.
bool has_fst_writer();

/// A file in GTKWave's format FST, in picoseconds, one scope per unit inside `ernsim`; replaces what is there. Its
/// calls throw std::runtime_error "NAME: cannot be written: why"; `name` is for that. Throws likewise if it cannot be
/// made, std::logic_error without a writer.
std::unique_ptr<WaveSink> make_fst_sink(const std::string& file, const std::string& name);

}  // namespace ernsim::traces

#pragma once

#include <functional>
#include <string>

#include "tests/property/trace_image.h"

// Ways to change a trace. The beat that is changed is the one in the middle of its channel, where nothing else is said.

namespace ernsim::test {

using Change = std::function<void(TraceImage&)>;
using Fits = std::function<bool(const TraceImage::Beat& one, const TraceImage::Beat& next)>;

TraceImage::Beat& middle(TraceImage& trace, const std::string& channel);
/// Of neighbours in the channel for which `fits` holds, those in the middle: the second of them.
TraceImage::Beat& after(TraceImage& trace, const std::string& channel, const Fits& fits);
Cycle gap(const TraceImage::Beat& a, const TraceImage::Beat& b);

Change moved(const std::string& channel, Cycle by);
Change last_moved(const std::string& channel, Cycle by);
Change elsewhere(const std::string& channel, std::uint32_t by = 1);
/// The lowest bit of the beat's data is another.
Change flipped(const std::string& channel);
/// The lowest bit of every byte of every beat.
Change all_flipped(const std::string& channel);
Change number_set(const std::string& channel, std::uint32_t value);
Change left_out(const std::string& channel);
Change twice(const std::string& channel);
/// Of the platform, in the header.
Change parameter(const std::string& key, const std::string& value);
/// The start of an instruction comes just after that of the one before.
Change started_early(const std::string& unit);

/// Fetched instructions of a unit's first burst.
void move_first_fetched(TraceImage& trace, std::uint8_t unit, const std::function<Cycle(Cycle)>& to);
/// From the second sweep on everything the arrays do is a cycle late.
void delay_sweeps(TraceImage& trace);
/// The same bit of two bytes, so that the parity is right.
void change_instruction(TraceImage& trace);
/// Bytes of a burst's beats that are in the burst, changed.
void change_loaded(TraceImage& trace);

}  // namespace ernsim::test

#include "models/accelerator/dma/beat_buffer.h"

namespace ernsim {

Cycle BeatBuffer::room_at(std::int64_t beats, Cycle now) {
  while (!leaving_.empty() && leaving_.front().at <= now) {
    taken_beats_ -= leaving_.front().beats;
    leaving_.pop_front();
  }
  std::int64_t taken = taken_beats_;
  if (taken + beats <= depth_beats_) return now;
  for (std::size_t i = 0; i < leaving_.size(); ++i) {
    taken -= leaving_[i].beats;
    if (taken + beats <= depth_beats_) return leaving_[i].at;
  }
  return never;
}

}  // namespace ernsim

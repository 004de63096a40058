#include "check/contracts.h"

namespace ernsim::check {

const std::vector<Contract>& contracts() {
  static const std::vector<Contract> all{
      // models/accelerator/control
      {"control.instruction",
       "a fetched instruction has its parity, its unit's number, and waits and posts that exist"},
      {"control.schedule", "what is fetched is what the schedule says"},
      {"control.order", "instructions start and end one after the other, each once, under their own coordinates"},
      {"control.arrival", "an instruction starts no earlier than the cycle after its fetch is done"},
      {"control.start",
       "a unit starts its next instruction as soon as that has arrived, its credits are there and the "
       "unit is free for it"},
      {"control.fetch_cut",
       "a fetch burst brings the next instructions of a stream, up to 4, as many as one burst holds"},
      {"control.fetch_room",
       "a unit's instructions are fetched when its queue has room for the whole burst and none is "
       "under way"},
      {"control.fetch_turn", "one fetch burst per cycle, round robin over the units, none later than it may be"},
      {"control.interrupt", "the interrupt comes one cycle after the last unit finished its stream"},
      {"semaphores.take",
       "an instruction's credits are taken in one cycle, that of its start, as many as it says; those "
       "of weights no later than its first pane is loaded"},
      {"semaphores.credit",
       "a credit posted at T can be taken from T + semaphore_cycles on, and none that is not there"},
      {"semaphores.post",
       "an instruction posts one credit to each of its semaphores in the cycle it ends, and nothing "
       "else does"},
      {"semaphores.bound", "a semaphore holds at most 65,535 credits"},
      // models/accelerator/dma
      {"dma.cut",
       "bursts follow the instruction's nest, cut at multiples of the longest burst, at 4 KiB and at a run's "
       "end"},
      {"dma.first", "the first burst is issued issue_cycles after the semaphores are taken, not before"},
      {"dma.rate", "one burst per cycle"},
      {"dma.outstanding", "fewer than max_outstanding bursts are under way, not yet in place, when another is issued"},
      {"dma.issue", "a burst is issued as soon as it may be"},
      {"dma.next", "the next instruction is taken after the last burst of the one before is issued"},
      {"dma.end", "a transfer ends in the cycle its last burst is done and its words are in place, in order"},
      {"dma.writes", "a load writes each word of its runs once, with the bytes that its bursts brought"},
      {"dma.write_time",
       "a word is written in the step that completes it: a beat, or a pixel of the embedding, of the "
       "cycles that the write port leaves"},
      {"pixel_embedding.buffer", "a burst is issued when the buffer in front of the embedding has room for all of it"},
      // tlm
      {"ports.beats",
       "a burst's data beats are its bytes in the lanes of the port, in consecutive AXI cycles, in order"},
      {"ports.latency",
       "data comes after the burst was seen by the port and the port's latency, a write's response after "
       "its beats too"},
      {"ports.one_beat", "one data beat per port, direction and AXI cycle: what passes in a time is no more than that"},
      // models/accelerator/convolution
      {"convolution.first_step",
       "the first step is issue_cycles after the semaphores are taken, or when the first pane "
       "is loaded"},
      {"convolution.sweep",
       "the next sweep starts max(steps, pipeline_cycles) after the one before, or when its pane is "
       "loaded"},
      {"convolution.next", "the next instruction takes its semaphores when the last sweep has ended"},
      {"convolution.end", "an instruction ends pipeline_cycles after its last sweep"},
      {"convolution.pane",
       "a pane is loaded when the one before it has moved on to the arrays, one row every "
       "pane_load_cycles / B"},
      {"convolution.weights_in", "the words of W are those of the instruction's panes, in order"},
      {"convolution.activations_in", "a step reads the words of A that came into view, in the cycles in which the banks give them"},
      {"convolution.accumulators_in", "F is read in the cycle before it is written, unless the sweep overwrites it"},
      {"convolution.accumulators_out", "F is written pipeline_cycles after the step, a word per pixel of the tile"},
      {"convolution.values", "what is written to F is the sum of sign x code, added to what was read, wrapped"},
      // models/accelerator/quantization
      {"quantization.next", "the next instruction takes its semaphores when the last pixel has been read"},
      {"quantization.accumulators_in", "F is read one pixel per cycle and core from T + issue_cycles on"},
      {"quantization.residuals_in", "R is read with the pixel it is added to"},
      {"quantization.thresholds_in", "Q is read with the first pixel, the entry that the instruction names"},
      {"quantization.codes_out", "codes are written to A pipeline_cycles after the pixel is read"},
      {"quantization.sums_out", "sums are written to S pipeline_cycles after the pixel is read"},
      {"quantization.end", "an instruction ends pipeline_cycles after the cycle that follows its last pixel"},
      {"quantization.values", "sums are F + R, wrapped; a code is the number of thresholds that the sum passes"},
      // models/accelerator/memory
      {"memory.activations", "a word read from A is what was last written there"},
      {"memory.weights", "a word read from W is what was last written there"},
      {"memory.thresholds", "a word read from Q is what was last written there"},
      {"memory.accumulators", "a word read from F is what was last written there"},
      {"memory.residuals", "a word read from R is what was last written there"},
      {"memory.results", "a word read from S is what was last written there"},
      {"memory.external", "bytes loaded from external memory are what was last stored there"},
      {"memory.words", "a port passes no more words in a cycle than its lanes and cores have"},
      // accounting
      {"stalls.apart", "a unit is stalled under one cause at a time, and not while it works"},
      {"stalls.whole", "until its last instruction has started a compute unit is stalled whenever it does not work"},
  };
  return all;
}

}  // namespace ernsim::check

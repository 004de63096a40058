// Writes a trace that `ernsim compare` reads from a SystemVerilog test bench. Link with libernsim_trace; traces/ernsim_trace.h says
// what the functions do. A word is passed in the low bits of `data`.
package ernsim_trace_pkg;
  localparam int MOST_BITS = 4096;
  typedef bit [MOST_BITS-1:0] word_t;

  import "DPI-C" function chandle ernsim_trace_open(input string file);
  import "DPI-C" function int ernsim_trace_set(input chandle trace, input string key, input string value);
  import "DPI-C" function int ernsim_trace_channel(input chandle trace, input string name, input int word_bytes);
  import "DPI-C" function int ernsim_trace_beat(
      input chandle trace, input int channel, input longint cycle, input int unsigned address, input word_t data);
  import "DPI-C" function int ernsim_trace_flush(input chandle trace);
  import "DPI-C" function int ernsim_trace_close(input chandle trace);
endpackage

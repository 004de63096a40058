/* Writes a trace that `ernsim compare` reads, from a test bench in C, C++ or, through DPI, SystemVerilog
   (traces/dpi/ernsim_trace_pkg.sv). traces/FORMAT.md has the channels' names and what a beat is. */
#ifndef ERNSIM_TRACE_H
#define ERNSIM_TRACE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A trace being written. First its header, then its channels, then beats; then close it. */
typedef struct ernsim_trace ernsim_trace;

/* Starts a trace; null if the file cannot be written. */
ernsim_trace* ernsim_trace_open(const char* file);

/* Sets a line of the header: network, platform, block_channels, clock_period_ps, selection, or a parameter of the
   platform by section and key, as in "convolution.lanes", which `ernsim check` needs. The selection must be the golden
   trace's, as in "layers:3". Returns 0, or -1 if the key is not known, the value makes no sense or a beat was written.
 */
int ernsim_trace_set(ernsim_trace* trace, const char* key, const char* value);

/* Declares a channel with words of `word_bytes` bytes, 0 to 4096; returns its number, or -1 if a beat was written
 * already, or the name is empty, there already or has a character that is no printable ASCII. */
int ernsim_trace_channel(ernsim_trace* trace, const char* name, int word_bytes);

/* Writes a beat: `data` are the word's bytes, lowest first. Cycles of a channel must not go back. Returns 0, or -1 if
   there is no such channel or the cycle goes back. */
int ernsim_trace_beat(ernsim_trace* trace, int channel, int64_t cycle, uint32_t address, const void* data);

/* Writes everything up to here into the file, where `ernsim compare` can read it even if the trace is never closed.
   This happens by itself every 65,536 cycles. Returns 0, or -1 if something could not be written. */
int ernsim_trace_flush(ernsim_trace* trace);

/* Completes the file and frees the trace. Returns 0, or -1 if something could not be written. */
int ernsim_trace_close(ernsim_trace* trace);

#ifdef __cplusplus
}
#endif

#endif

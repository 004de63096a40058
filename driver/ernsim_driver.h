#ifndef ERNSIM_DRIVER_H
#define ERNSIM_DRIVER_H

#include "driver/ernsim_program.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A driver without an operating system: no allocation, no global state, C99. What it runs on is a table of functions. */

typedef struct {
  void *context; /* handed to each of the functions */
  uint32_t (*read_register)(void *context, uint32_t offset);
  void (*write_register)(void *context, uint32_t offset, uint32_t value);
  /* Memory as the accelerator sees it: caches have been written back, or are passed by. */
  void (*write_memory)(void *context, uint64_t address, const void *bytes, size_t count);
  void (*read_memory)(void *context, uint64_t address, void *bytes, size_t count);
  /* Returns 1 when the interrupt line is high, 0 if that takes longer than the caller would wait. */
  int (*wait_for_interrupt)(void *context);
} ernsim_bus;

typedef enum {
  ERNSIM_OK = 0,
  ERNSIM_NO_ACCELERATOR = 1,    /* nothing with the right identification answers */
  ERNSIM_OTHER_ACCELERATOR = 2, /* the program was compiled for another configuration */
  ERNSIM_TIMEOUT = 3,           /* no interrupt in time, or bursts that never end */
  ERNSIM_FAULT = 4              /* the accelerator stopped with an error, see ernsim_fault; reset it */
} ernsim_result;

typedef struct {
  uint32_t code;        /* error_code, see the register map */
  uint32_t instruction; /* error_instruction */
  uint64_t address;     /* error_address */
} ernsim_fault;

/* One accelerator with one program in memory. */
typedef struct {
  const ernsim_bus *bus;
  const ernsim_program *program;
  uint64_t base; /* where the program lies in memory */
} ernsim_device;

/* Ends what is under way, waits for its bursts and gives every register its reset value. */
ernsim_result ernsim_reset(const ernsim_device *device);

/* Copies the program's regions into memory. */
void ernsim_place(const ernsim_device *device);

/* Checks that this accelerator runs this program; writes base address, program registers and interrupt enables. */
ernsim_result ernsim_configure(const ernsim_device *device);

/* Before `to` is run after `from`, both for this accelerator: writes each register of `to` that does not stand with that value
 * at the same place in `from`. A register that `to` does not write keeps what `from` wrote. */
void ernsim_switch(const ernsim_device *from, const ernsim_device *to);

/* pixels: [height][width][3] of the program's input. */
void ernsim_set_input(const ernsim_device *device, const uint8_t *pixels);

void ernsim_start(const ernsim_device *device);

/* Waits for the interrupt, clears it, and says how the frame ended. `fault` is written for ERNSIM_FAULT only. */
ernsim_result ernsim_wait(const ernsim_device *device, ernsim_fault *fault);

/* Reads one row of the result map at a time into `row` (ernsim_row_values() of them) and pools: logits[c] = scale[c] *
 * sum of the class's accumulators / number of pixels, in double, rounded to float once. `sums`: [classes]. */
size_t ernsim_row_values(const ernsim_program *program);
void ernsim_logits(const ernsim_device *device, int16_t *row, int64_t *sums, float *logits);

#ifdef __cplusplus
}
#endif

#endif

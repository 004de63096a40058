#ifndef ERNSIM_PROGRAM_H
#define ERNSIM_PROGRAM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A program file: a network compiled for one accelerator, as `ernsim program` writes it. All numbers are little endian.
 *
 *   offset  bytes  what
 *   0       4      "ERNP"
 *   4       4      version of this layout, 1
 *   8       4      value that the accelerator's `configuration` register must have
 *   12      4      bytes of external memory that a frame uses, from the base address on
 *   16      4 x 3  input: address, height, width; pixels are R, G, B, one byte each, rows from the top
 *   28      4 x 4  result: address, height, width, channels of a block
 *   44      4      classes
 *   48      4      registers
 *   52      4      regions
 *   56      8 x registers   offset, value
 *           12 x regions    address, bytes, offset in this file
 *           8 x classes     scale, IEEE 754 double
 *           then the bytes of the regions
 *
 * Addresses are relative to the base address. */
typedef struct {
  const uint8_t *file;
  uint32_t configuration;
  uint32_t memory_bytes;
  uint32_t input_address, input_height, input_width;
  uint32_t result_address, result_height, result_width, block_channels;
  uint32_t classes, registers, regions;
} ernsim_program;

typedef struct {
  uint32_t offset, value;
} ernsim_register_write;

typedef struct {
  uint32_t address;
  uint32_t bytes;
  const uint8_t *data;
} ernsim_region;

/* Reads the head of a program file, which has to stay where it is. Returns 0 if it is none, is cut short, or has parts
 * that lie outside the file or the memory it asks for. */
int ernsim_program_open(ernsim_program *program, const void *file, size_t bytes);

ernsim_register_write ernsim_program_register(const ernsim_program *program, uint32_t index);
ernsim_region ernsim_program_region(const ernsim_program *program, uint32_t index);
double ernsim_program_scale(const ernsim_program *program, uint32_t index_of_class);

#ifdef __cplusplus
}
#endif

#endif

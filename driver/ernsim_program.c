#include "driver/ernsim_program.h"

#include <string.h>

enum { head_bytes = 56, register_bytes = 8, region_bytes = 12, scale_bytes = 8 };

static uint32_t word(const uint8_t *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static uint64_t tables_bytes(const ernsim_program *program) {
  return head_bytes + (uint64_t)program->registers * register_bytes + (uint64_t)program->regions * region_bytes +
         (uint64_t)program->classes * scale_bytes;
}

static const uint8_t *region_at(const ernsim_program *program, uint32_t index) {
  return program->file + head_bytes + (size_t)program->registers * register_bytes + (size_t)index * region_bytes;
}

static int inside(uint64_t address, uint64_t bytes, uint64_t limit) { return address + bytes <= limit; }

static int parts_are_inside(const ernsim_program *program, size_t bytes) {
  const uint64_t input = (uint64_t)program->input_height * program->input_width * 3;
  uint32_t i;
  if (!inside(program->input_address, input, program->memory_bytes)) return 0;
  for (i = 0; i < program->regions; ++i) {
    const uint8_t *at = region_at(program, i);
    if (!inside(word(at), word(at + 4), program->memory_bytes) || !inside(word(at + 8), word(at + 4), bytes)) return 0;
  }
  return 1;
}

static int result_is_inside(const ernsim_program *program) {
  uint64_t values = 2;
  if (program->block_channels == 0) return program->classes == 0;
  if (program->result_height > 65535 || program->result_width > 65535 || program->block_channels > 65535) return 0;
  values *= (uint64_t)program->result_height * program->result_width;
  if (values > program->memory_bytes) return 0;
  values *= (program->classes + (uint64_t)program->block_channels - 1) / program->block_channels * program->block_channels;
  return inside(program->result_address, values, program->memory_bytes);
}

int ernsim_program_open(ernsim_program *program, const void *file, size_t bytes) {
  const uint8_t *at = (const uint8_t *)file;
  if (bytes < head_bytes || memcmp(at, "ERNP", 4) != 0 || word(at + 4) != 1) return 0;
  program->file = at;
  program->configuration = word(at + 8);
  program->memory_bytes = word(at + 12);
  program->input_address = word(at + 16);
  program->input_height = word(at + 20);
  program->input_width = word(at + 24);
  program->result_address = word(at + 28);
  program->result_height = word(at + 32);
  program->result_width = word(at + 36);
  program->block_channels = word(at + 40);
  program->classes = word(at + 44);
  program->registers = word(at + 48);
  program->regions = word(at + 52);
  if (program->input_height > 65535 || program->input_width > 65535) return 0;
  return tables_bytes(program) <= bytes && parts_are_inside(program, bytes) && result_is_inside(program);
}

ernsim_register_write ernsim_program_register(const ernsim_program *program, uint32_t index) {
  const uint8_t *at = program->file + head_bytes + (size_t)index * register_bytes;
  const ernsim_register_write write = {word(at), word(at + 4)};
  return write;
}

ernsim_region ernsim_program_region(const ernsim_program *program, uint32_t index) {
  const uint8_t *at = region_at(program, index);
  const ernsim_region region = {word(at), word(at + 4), program->file + word(at + 8)};
  return region;
}

double ernsim_program_scale(const ernsim_program *program, uint32_t index_of_class) {
  const uint8_t *at = region_at(program, program->regions) + (size_t)index_of_class * scale_bytes;
  const uint64_t bits = (uint64_t)word(at) | (uint64_t)word(at + 4) << 32;
  double scale;
  memcpy(&scale, &bits, sizeof scale);
  return scale;
}

#include "driver/ernsim_driver.h"

#include "driver/ernsim_registers.h"

static uint32_t get(const ernsim_device *device, uint32_t offset) {
  return device->bus->read_register(device->bus->context, offset);
}

static void set(const ernsim_device *device, uint32_t offset, uint32_t value) {
  device->bus->write_register(device->bus->context, offset, value);
}

ernsim_result ernsim_reset(const ernsim_device *device) {
  enum { most_polls = 1000000 };
  long poll;
  set(device, ERNSIM_CONTROL, ERNSIM_CONTROL_RESET_MASK);
  for (poll = 0; poll < most_polls; ++poll)
    if ((get(device, ERNSIM_STATUS) & ERNSIM_STATUS_BUSY_MASK) == 0) return ERNSIM_OK;
  return ERNSIM_TIMEOUT;
}

void ernsim_place(const ernsim_device *device) {
  uint32_t i;
  for (i = 0; i < device->program->regions; ++i) {
    const ernsim_region region = ernsim_program_region(device->program, i);
    device->bus->write_memory(device->bus->context, device->base + region.address, region.data, region.bytes);
  }
}

static void set_base_address(const ernsim_device *device) {
  set(device, ERNSIM_BASE_ADDRESS_LOW, (uint32_t)device->base);
  set(device, ERNSIM_BASE_ADDRESS_HIGH, (uint32_t)(device->base >> 32));
}

ernsim_result ernsim_configure(const ernsim_device *device) {
  uint32_t i;
  if (get(device, ERNSIM_IDENTIFICATION) != ERNSIM_IDENTIFICATION_RESET) return ERNSIM_NO_ACCELERATOR;
  if (get(device, ERNSIM_CONFIGURATION) != device->program->configuration) return ERNSIM_OTHER_ACCELERATOR;
  set_base_address(device);
  for (i = 0; i < device->program->registers; ++i) {
    const ernsim_register_write write = ernsim_program_register(device->program, i);
    set(device, write.offset, write.value);
  }
  set(device, ERNSIM_INTERRUPT_ENABLE, ERNSIM_INTERRUPT_ENABLE_DONE_MASK | ERNSIM_INTERRUPT_ENABLE_ERROR_MASK);
  return ERNSIM_OK;
}

static int has_written(const ernsim_program *program, uint32_t index, ernsim_register_write write) {
  ernsim_register_write before;
  if (index >= program->registers) return 0;
  before = ernsim_program_register(program, index);
  return before.offset == write.offset && before.value == write.value;
}

void ernsim_switch(const ernsim_device *from, const ernsim_device *to) {
  uint32_t i;
  if (from->base != to->base) set_base_address(to);
  for (i = 0; i < to->program->registers; ++i) {
    const ernsim_register_write write = ernsim_program_register(to->program, i);
    if (!has_written(from->program, i, write)) set(to, write.offset, write.value);
  }
}

void ernsim_set_input(const ernsim_device *device, const uint8_t *pixels) {
  const ernsim_program *program = device->program;
  device->bus->write_memory(device->bus->context, device->base + program->input_address, pixels,
                            (size_t)program->input_height * program->input_width * 3);
}

void ernsim_start(const ernsim_device *device) { set(device, ERNSIM_CONTROL, ERNSIM_CONTROL_START_MASK); }

ernsim_result ernsim_wait(const ernsim_device *device, ernsim_fault *fault) {
  uint32_t status;
  if (!device->bus->wait_for_interrupt(device->bus->context)) return ERNSIM_TIMEOUT;
  status = get(device, ERNSIM_INTERRUPT_STATUS);
  set(device, ERNSIM_INTERRUPT_STATUS, status);
  if ((status & ERNSIM_INTERRUPT_STATUS_ERROR_MASK) == 0) return ERNSIM_OK;
  fault->code = get(device, ERNSIM_ERROR_CODE);
  fault->instruction = get(device, ERNSIM_ERROR_INSTRUCTION);
  fault->address = (uint64_t)get(device, ERNSIM_ERROR_ADDRESS_HIGH) << 32;
  fault->address |= get(device, ERNSIM_ERROR_ADDRESS_LOW);
  return ERNSIM_FAULT;
}

size_t ernsim_row_values(const ernsim_program *program) {
  return (size_t)program->result_width * program->block_channels;
}

/* The result lies as [height][block][width][channel of the block], 16 bit each, little endian. */
void ernsim_logits(const ernsim_device *device, int16_t *row, int64_t *sums, float *logits) {
  const ernsim_program *program = device->program;
  const uint32_t channels = program->block_channels;
  const double pixels = (double)program->result_height * program->result_width;
  uint64_t address = device->base + program->result_address;
  uint32_t y, x, first, c;
  for (c = 0; c < program->classes; ++c) sums[c] = 0;
  for (y = 0; y < program->result_height; ++y)
    for (first = 0; first < program->classes; first += channels) {
      device->bus->read_memory(device->bus->context, address, row, ernsim_row_values(program) * sizeof *row);
      address += ernsim_row_values(program) * sizeof *row;
      for (x = 0; x < program->result_width; ++x)
        for (c = 0; c < channels && first + c < program->classes; ++c) sums[first + c] += row[(size_t)x * channels + c];
    }
  for (c = 0; c < program->classes; ++c)
    logits[c] = (float)(ernsim_program_scale(program, c) * (double)sums[c] / pixels);
}

/* Registers of the accelerator: 32 bits each, little-endian; offsets in bytes.
 * RW read and write, RO read only (writes do nothing), WO write only (reads give 0), W1C write one to clear. */
#ifndef ERNSIM_REGISTERS_H
#define ERNSIM_REGISTERS_H

#define ERNSIM_REGISTER_MAP_VERSION 1u
#define ERNSIM_REGISTER_BYTES 0x144u

/* WO Commands; each write is one. */
#define ERNSIM_CONTROL 0x000u
#define ERNSIM_CONTROL_RESET 0x00000000u
#define ERNSIM_CONTROL_START_SHIFT 0u /* 1 starts a frame and clears done and both interrupts; after an error reset comes first */
#define ERNSIM_CONTROL_START_MASK 0x00000001u
#define ERNSIM_CONTROL_RESET_SHIFT 1u /* 1 ends what runs, waits for bursts under way and gives every register its reset value; busy until then */
#define ERNSIM_CONTROL_RESET_MASK 0x00000002u

/* RO What the accelerator is doing. */
#define ERNSIM_STATUS 0x004u
#define ERNSIM_STATUS_RESET 0x00000000u
#define ERNSIM_STATUS_BUSY_SHIFT 0u /* a frame runs, or bursts of one that was ended are still under way */
#define ERNSIM_STATUS_BUSY_MASK 0x00000001u
#define ERNSIM_STATUS_DONE_SHIFT 1u /* the last frame is finished */
#define ERNSIM_STATUS_DONE_MASK 0x00000002u
#define ERNSIM_STATUS_ERROR_SHIFT 2u /* something is wrong, see error_code; all units have stopped */
#define ERNSIM_STATUS_ERROR_MASK 0x00000004u

/* RW Codes per colour of the pixel embedding. */
#define ERNSIM_EMBEDDING_CODES 0x008u
#define ERNSIM_EMBEDDING_CODES_RESET 0x00000000u
#define ERNSIM_EMBEDDING_CODES_COUNT_SHIFT 0u /* 0 to 32 */
#define ERNSIM_EMBEDDING_CODES_COUNT_MASK 0x000000ffu

/* RO Accelerator cycles of the last frame, from the start command to the interrupt. */
#define ERNSIM_FRAME_CYCLES_LOW 0x00cu
#define ERNSIM_FRAME_CYCLES_LOW_RESET 0x00000000u
#define ERNSIM_FRAME_CYCLES_LOW_VALUE_SHIFT 0u /* bits 31 to 0 */
#define ERNSIM_FRAME_CYCLES_LOW_VALUE_MASK 0xffffffffu

/* RO The same, upper half. */
#define ERNSIM_FRAME_CYCLES_HIGH 0x010u
#define ERNSIM_FRAME_CYCLES_HIGH_RESET 0x00000000u
#define ERNSIM_FRAME_CYCLES_HIGH_VALUE_SHIFT 0u /* bits 63 to 32 */
#define ERNSIM_FRAME_CYCLES_HIGH_VALUE_MASK 0xffffffffu

/* RW Which of interrupt_status raise the interrupt. */
#define ERNSIM_INTERRUPT_ENABLE 0x014u
#define ERNSIM_INTERRUPT_ENABLE_RESET 0x00000003u
#define ERNSIM_INTERRUPT_ENABLE_DONE_SHIFT 0u /* of a finished frame */
#define ERNSIM_INTERRUPT_ENABLE_DONE_MASK 0x00000001u
#define ERNSIM_INTERRUPT_ENABLE_ERROR_SHIFT 1u /* of an error */
#define ERNSIM_INTERRUPT_ENABLE_ERROR_MASK 0x00000002u

/* W1C The interrupt is high while any of these that is enabled is 1. */
#define ERNSIM_INTERRUPT_STATUS 0x018u
#define ERNSIM_INTERRUPT_STATUS_RESET 0x00000000u
#define ERNSIM_INTERRUPT_STATUS_DONE_SHIFT 0u /* a frame is finished */
#define ERNSIM_INTERRUPT_STATUS_DONE_MASK 0x00000001u
#define ERNSIM_INTERRUPT_STATUS_ERROR_SHIFT 1u /* an error has stopped the accelerator */
#define ERNSIM_INTERRUPT_STATUS_ERROR_MASK 0x00000002u

/* RO The first error since the reset. */
#define ERNSIM_ERROR_CODE 0x01cu
#define ERNSIM_ERROR_CODE_RESET 0x00000000u
#define ERNSIM_ERROR_CODE_CODE_SHIFT 0u /* why, see the list of errors */
#define ERNSIM_ERROR_CODE_CODE_MASK 0x000000ffu
#define ERNSIM_ERROR_CODE_UNIT_SHIFT 8u /* of which unit: load_activations, load_weights, load_thresholds, load_residuals, convolution, quantization, store, controller */
#define ERNSIM_ERROR_CODE_UNIT_MASK 0x00000f00u

/* RO Number of the instruction in its unit's stream. */
#define ERNSIM_ERROR_INSTRUCTION 0x020u
#define ERNSIM_ERROR_INSTRUCTION_RESET 0x00000000u
#define ERNSIM_ERROR_INSTRUCTION_VALUE_SHIFT 0u /* from 0 */
#define ERNSIM_ERROR_INSTRUCTION_VALUE_MASK 0xffffffffu

/* RO Address in external memory of the instruction or of the burst. */
#define ERNSIM_ERROR_ADDRESS_LOW 0x024u
#define ERNSIM_ERROR_ADDRESS_LOW_RESET 0x00000000u
#define ERNSIM_ERROR_ADDRESS_LOW_VALUE_SHIFT 0u /* bits 31 to 0 */
#define ERNSIM_ERROR_ADDRESS_LOW_VALUE_MASK 0xffffffffu

/* RO The same, upper half. */
#define ERNSIM_ERROR_ADDRESS_HIGH 0x028u
#define ERNSIM_ERROR_ADDRESS_HIGH_RESET 0x00000000u
#define ERNSIM_ERROR_ADDRESS_HIGH_VALUE_SHIFT 0u /* bits 63 to 32 */
#define ERNSIM_ERROR_ADDRESS_HIGH_VALUE_MASK 0xffffffffu

/* RW Added to every address in external memory; taken when a frame starts. */
#define ERNSIM_BASE_ADDRESS_LOW 0x02cu
#define ERNSIM_BASE_ADDRESS_LOW_RESET 0x00000000u
#define ERNSIM_BASE_ADDRESS_LOW_PAGE_SHIFT 12u /* bits 31 to 12; the others are 0 */
#define ERNSIM_BASE_ADDRESS_LOW_PAGE_MASK 0xfffff000u

/* RW The same, upper half. */
#define ERNSIM_BASE_ADDRESS_HIGH 0x030u
#define ERNSIM_BASE_ADDRESS_HIGH_RESET 0x00000000u
#define ERNSIM_BASE_ADDRESS_HIGH_VALUE_SHIFT 0u /* bits 63 to 32 */
#define ERNSIM_BASE_ADDRESS_HIGH_VALUE_MASK 0xffffffffu

/* RW An error stops a frame in which no unit takes an instruction for so long. */
#define ERNSIM_WATCHDOG_CYCLES 0x034u
#define ERNSIM_WATCHDOG_CYCLES_RESET 0x00000000u
#define ERNSIM_WATCHDOG_CYCLES_VALUE_SHIFT 0u /* cycles; noticed within twice as many; 0: never */
#define ERNSIM_WATCHDOG_CYCLES_VALUE_MASK 0xffffffffu

/* RO What answers here. */
#define ERNSIM_IDENTIFICATION 0x038u
#define ERNSIM_IDENTIFICATION_RESET 0x45524e53u
#define ERNSIM_IDENTIFICATION_VALUE_SHIFT 0u /* 0x45524E53, ERNS */
#define ERNSIM_IDENTIFICATION_VALUE_MASK 0xffffffffu

/* RO What a program must have been made for. */
#define ERNSIM_CONFIGURATION 0x03cu
#define ERNSIM_CONFIGURATION_RESET 0x00000000u
#define ERNSIM_CONFIGURATION_VERSION_SHIFT 0u /* of this register map */
#define ERNSIM_CONFIGURATION_VERSION_MASK 0x000000ffu
#define ERNSIM_CONFIGURATION_BLOCK_CHANNELS_SHIFT 8u /* B */
#define ERNSIM_CONFIGURATION_BLOCK_CHANNELS_MASK 0x0000ff00u
#define ERNSIM_CONFIGURATION_LANES_SHIFT 16u /* M */
#define ERNSIM_CONFIGURATION_LANES_MASK 0x000f0000u
#define ERNSIM_CONFIGURATION_CORES_SHIFT 20u /* C */
#define ERNSIM_CONFIGURATION_CORES_MASK 0x01f00000u

/* RW Where a unit's instructions begin, by unit. */
#define ERNSIM_STREAM_ADDRESS(i) (0x040u + 4u * (i))
#define ERNSIM_STREAM_ADDRESS_COUNT 7u
#define ERNSIM_STREAM_ADDRESS_RESET 0x00000000u
#define ERNSIM_STREAM_ADDRESS_VALUE_SHIFT 0u /* relative to the base address */
#define ERNSIM_STREAM_ADDRESS_VALUE_MASK 0xffffffffu

/* RW Instructions in a unit's stream, by unit. */
#define ERNSIM_STREAM_COUNT(i) (0x05cu + 4u * (i))
#define ERNSIM_STREAM_COUNT_COUNT 7u
#define ERNSIM_STREAM_COUNT_RESET 0x00000000u
#define ERNSIM_STREAM_COUNT_VALUE_SHIFT 0u /* instructions of 64 bytes */
#define ERNSIM_STREAM_COUNT_VALUE_MASK 0xffffffffu

/* RW Credits of a semaphore when a frame starts, by semaphore. */
#define ERNSIM_SEMAPHORE_INITIAL(i) (0x078u + 4u * (i))
#define ERNSIM_SEMAPHORE_INITIAL_COUNT 19u
#define ERNSIM_SEMAPHORE_INITIAL_RESET 0x00000000u
#define ERNSIM_SEMAPHORE_INITIAL_CREDITS_SHIFT 0u /* credits */
#define ERNSIM_SEMAPHORE_INITIAL_CREDITS_MASK 0x0000ffffu

/* RW Thresholds of one code of a colour, by code; the code is how many the colour is greater than. */
#define ERNSIM_EMBEDDING_THRESHOLDS(i) (0x0c4u + 4u * (i))
#define ERNSIM_EMBEDDING_THRESHOLDS_COUNT 32u
#define ERNSIM_EMBEDDING_THRESHOLDS_RESET 0x00000000u
#define ERNSIM_EMBEDDING_THRESHOLDS_FIRST_SHIFT 0u /* 0 to 255 */
#define ERNSIM_EMBEDDING_THRESHOLDS_FIRST_MASK 0x000000ffu
#define ERNSIM_EMBEDDING_THRESHOLDS_SECOND_SHIFT 8u /* 0 to 255 */
#define ERNSIM_EMBEDDING_THRESHOLDS_SECOND_MASK 0x0000ff00u
#define ERNSIM_EMBEDDING_THRESHOLDS_THIRD_SHIFT 16u /* 0 to 255 */
#define ERNSIM_EMBEDDING_THRESHOLDS_THIRD_MASK 0x00ff0000u

/* Values of ERNSIM_ERROR_CODE_CODE. */
#define ERNSIM_ERROR_NONE 0u /* nothing is wrong */
#define ERNSIM_ERROR_INSTRUCTION_PARITY 1u /* the bytes of an instruction do not fold to 0 */
#define ERNSIM_ERROR_INSTRUCTION_FIELD 2u /* a field of an instruction has a value that it may not have */
#define ERNSIM_ERROR_ON_CHIP_ADDRESS 3u /* an instruction reaches beyond the end of an on-chip memory */
#define ERNSIM_ERROR_FETCH_RESPONSE 4u /* the memory answered an instruction fetch with an error */
#define ERNSIM_ERROR_READ_RESPONSE 5u /* the memory answered a load with an error */
#define ERNSIM_ERROR_WRITE_RESPONSE 6u /* the memory answered a store with an error */
#define ERNSIM_ERROR_STREAM_TOO_SHORT 7u /* the last instruction of a stream is not marked as the last */
#define ERNSIM_ERROR_STREAM_TOO_LONG 8u /* instructions follow the one that is marked as the last */
#define ERNSIM_ERROR_START_WHILE_BUSY 9u /* a start command came while the accelerator was busy */
#define ERNSIM_ERROR_REGISTER_VALUE 10u /* embedding_codes is more than 32 */
#define ERNSIM_ERROR_WATCHDOG 11u /* no unit took an instruction for watchdog_cycles */

/* Values of ERNSIM_ERROR_CODE_UNIT, and indices of ERNSIM_STREAM_ADDRESS and ERNSIM_STREAM_COUNT. */
#define ERNSIM_UNIT_LOAD_ACTIVATIONS 0u
#define ERNSIM_UNIT_LOAD_WEIGHTS 1u
#define ERNSIM_UNIT_LOAD_THRESHOLDS 2u
#define ERNSIM_UNIT_LOAD_RESIDUALS 3u
#define ERNSIM_UNIT_CONVOLUTION 4u
#define ERNSIM_UNIT_QUANTIZATION 5u
#define ERNSIM_UNIT_STORE 6u
#define ERNSIM_UNIT_CONTROLLER 7u

#endif

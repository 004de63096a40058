#include "models/accelerator/control/register_map.h"

#include <algorithm>

namespace ernsim {

namespace {

RegisterField whole(const char* meaning) { return {"value", 0, 32, meaning}; }

std::vector<RegisterField> flags(const char* done, const char* error) {
  return {{"done", 0, 1, done}, {"error", 1, 1, error}};
}

std::vector<RegisterInfo> command_registers() {
  return {
      {Register::control,
       1,
       "control",
       RegisterAccess::write_only,
       0,
       "Commands; each write is one.",
       {{"start", 0, 1, "1 starts a frame and clears done and both interrupts; after an error reset comes first"},
        {"reset", 1, 1,
         "1 ends what runs, waits for bursts under way and gives every register its reset value; busy until then"}}},
      {Register::status,
       1,
       "status",
       RegisterAccess::read_only,
       0,
       "What the accelerator is doing.",
       {{"busy", 0, 1, "a frame runs, or bursts of one that was ended are still under way"},
        {"done", 1, 1, "the last frame is finished"},
        {"error", 2, 1, "something is wrong, see error_code; all units have stopped"}}},
      {Register::embedding_codes,
       1,
       "embedding_codes",
       RegisterAccess::read_write,
       0,
       "Codes per colour of the pixel embedding.",
       {{"count", 0, 8, "0 to 32"}}},
      {Register::frame_cycles_low,
       1,
       "frame_cycles_low",
       RegisterAccess::read_only,
       0,
       "Accelerator cycles of the last frame, from the start command to the interrupt.",
       {whole("bits 31 to 0")}},
      {Register::frame_cycles_high,
       1,
       "frame_cycles_high",
       RegisterAccess::read_only,
       0,
       "The same, upper half.",
       {whole("bits 63 to 32")}},
      {Register::interrupt_enable, 1, "interrupt_enable", RegisterAccess::read_write, 3,
       "Which of interrupt_status raise the interrupt.", flags("of a finished frame", "of an error")},
      {Register::interrupt_status, 1, "interrupt_status", RegisterAccess::write_one_to_clear, 0,
       "The interrupt is high while any of these that is enabled is 1.",
       flags("a frame is finished", "an error has stopped the accelerator")},
  };
}

std::vector<RegisterInfo> error_registers() {
  return {
      {Register::error_code,
       1,
       "error_code",
       RegisterAccess::read_only,
       0,
       "The first error since the reset.",
       {{"code", 0, 8, "why, see the list of errors"},
        {"unit", 8, 4,
         "of which unit: load_activations, load_weights, load_thresholds, load_residuals, convolution, "
         "quantization, store, controller"}}},
      {Register::error_instruction,
       1,
       "error_instruction",
       RegisterAccess::read_only,
       0,
       "Number of the instruction in its unit's stream.",
       {whole("from 0")}},
      {Register::error_address_low,
       1,
       "error_address_low",
       RegisterAccess::read_only,
       0,
       "Address in external memory of the instruction or of the burst.",
       {whole("bits 31 to 0")}},
      {Register::error_address_high,
       1,
       "error_address_high",
       RegisterAccess::read_only,
       0,
       "The same, upper half.",
       {whole("bits 63 to 32")}},
  };
}

std::vector<RegisterInfo> set_up_registers() {
  return {
      {Register::base_address_low,
       1,
       "base_address_low",
       RegisterAccess::read_write,
       0,
       "Added to every address in external memory; taken when a frame starts.",
       {{"page", 12, 20, "bits 31 to 12; the others are 0"}}},
      {Register::base_address_high,
       1,
       "base_address_high",
       RegisterAccess::read_write,
       0,
       "The same, upper half.",
       {whole("bits 63 to 32")}},
      {Register::watchdog_cycles,
       1,
       "watchdog_cycles",
       RegisterAccess::read_write,
       0,
       "An error stops a frame in which no unit takes an instruction for so long.",
       {whole("cycles; noticed within twice as many; 0: never")}},
      {Register::identification,
       1,
       "identification",
       RegisterAccess::read_only,
       identification_value,
       "What answers here.",
       {whole("0x45524E53, ERNS")}},
      {Register::configuration,
       1,
       "configuration",
       RegisterAccess::read_only,
       0,
       "What a program must have been made for.",
       {{"version", 0, 8, "of this register map"},
        {"block_channels", 8, 8, "B"},
        {"lanes", 16, 4, "M"},
        {"cores", 20, 5, "C"}}},
  };
}

std::vector<RegisterInfo> program_registers() {
  return {
      {Register::stream_address,
       unit_count,
       "stream_address",
       RegisterAccess::read_write,
       0,
       "Where a unit's instructions begin, by unit.",
       {whole("relative to the base address")}},
      {Register::stream_count,
       unit_count,
       "stream_count",
       RegisterAccess::read_write,
       0,
       "Instructions in a unit's stream, by unit.",
       {whole("instructions of 64 bytes")}},
      {Register::semaphore_initial,
       semaphore_count,
       "semaphore_initial",
       RegisterAccess::read_write,
       0,
       "Credits of a semaphore when a frame starts, by semaphore.",
       {{"credits", 0, 16, "credits"}}},
      {Register::embedding_thresholds,
       max_embedding_codes,
       "embedding_thresholds",
       RegisterAccess::read_write,
       0,
       "Thresholds of one code of a colour, by code; the code is how many the colour is greater than.",
       {{"first", 0, 8, "0 to 255"}, {"second", 8, 8, "0 to 255"}, {"third", 16, 8, "0 to 255"}}},
  };
}

std::vector<RegisterInfo> make_map() {
  std::vector<RegisterInfo> map;
  for (const auto& part : {command_registers(), error_registers(), set_up_registers(), program_registers()})
    map.insert(map.end(), part.begin(), part.end());
  return map;
}

}  // namespace

std::uint32_t RegisterInfo::mask() const {
  std::uint32_t bits = 0;
  for (const RegisterField& field : fields) bits |= field.mask();
  return bits;
}

const std::vector<RegisterInfo>& register_map() {
  static const std::vector<RegisterInfo> map = make_map();
  return map;
}

const RegisterInfo* find_register(std::size_t number) {
  const auto& map = register_map();
  const auto after = std::upper_bound(map.begin(), map.end(), number, [](std::size_t n, const RegisterInfo& info) {
    return n < number_of(info.first);
  });
  if (after == map.begin()) return nullptr;
  const RegisterInfo& found = *(after - 1);
  return number < number_of(found.first, found.count) ? &found : nullptr;
}

}  // namespace ernsim

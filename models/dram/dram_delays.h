#pragma once

#include <cstddef>

#include "config/enum_array.h"

namespace ernsim {

/// The distances of a DRAM standard, by the names JEDEC gives them.
enum class DramDelayId : std::size_t {
  CL,
  CWL,
  tRCD,
  tRP,
  tRPab,
  tRAS,
  tRC,
  tRRD_S,
  tRRD_L,
  tFAW,
  tCCD_S,
  tCCD_L,
  tWR,
  tWTR_S,
  tWTR_L,
  tRTP,
  tRFC,
  tRFCpb,
  tREFI,
  tPPD,
  tDQSCK,
  tRTW,
  tRTRS,
};
constexpr std::size_t count_of(DramDelayId) { return index_of(DramDelayId::tRTRS) + 1; }

struct DramDelayInfo {
  const char* key;     ///< in a part's file: clocks
  const char* ns_key;  ///< in a part's file and as a parameter: nanoseconds
  const char* meaning;
};

inline constexpr EnumArray<DramDelayId, DramDelayInfo> dram_delay_infos{{{
    {"CL", "CL_ns", "RD to first data"},
    {"CWL", "CWL_ns", "WR to first data"},
    {"tRCD", "tRCD_ns", "ACT to RD or WR"},
    {"tRP", "tRP_ns", "PRE to ACT"},
    {"tRPab", "tRPab_ns", "PRE of all banks to ACT or REF"},
    {"tRAS", "tRAS_ns", "ACT to PRE"},
    {"tRC", "tRC_ns", "ACT to ACT, same bank"},
    {"tRRD_S", "tRRD_S_ns", "ACT to ACT, other bank group"},
    {"tRRD_L", "tRRD_L_ns", "ACT to ACT, same bank group"},
    {"tFAW", "tFAW_ns", "first to fifth ACT of a rank"},
    {"tCCD_S", "tCCD_S_ns", "RD to RD and WR to WR, other bank group"},
    {"tCCD_L", "tCCD_L_ns", "RD to RD and WR to WR, same bank group"},
    {"tWR", "tWR_ns", "end of write data to PRE"},
    {"tWTR_S", "tWTR_S_ns", "end of write data to RD, other bank group"},
    {"tWTR_L", "tWTR_L_ns", "end of write data to RD, same bank group"},
    {"tRTP", "tRTP_ns", "RD to PRE"},
    {"tRFC", "tRFC_ns", "REF of all banks to ACT"},
    {"tRFCpb", "tRFCpb_ns", "REF of one bank to ACT of it"},
    {"tREFI", "tREFI_ns", "distance of REF of all banks"},
    {"tPPD", "tPPD_ns", "PRE to PRE"},
    {"tDQSCK", "tDQSCK_ns", "added to CL until the data come"},
    {"tRTW", "tRTW_ns", "end of read data to first write data"},
    {"tRTRS", "tRTRS_ns", "end of one rank's data to first data of the other"},
}}};

}  // namespace ernsim

import { section } from "../common/dom.js";
import { table } from "../common/table.js";

const of = (key) => (i) => ["traffic", i, key];

/// Who else used the memory, if anybody did.
export function traffic(data) {
  if (!data.traffic?.length) return null;
  const columns = [
    { title: "source", path: of("name"), words: true },
    { title: "wanted MB/s", path: of("rate_mb_s"), digits: 0 },
    { title: "got MB/s", path: of("achieved_mb_s"), digits: 0 },
    { title: "rate", text: (i) => (data.traffic[i].kept_rate ? "kept" : "not kept") },
    { title: "late bursts", path: of("late_bursts") },
    { title: "longest, us", path: of("longest_us"), digits: 2 },
    { title: "read bytes", path: of("read_bytes") },
    { title: "written bytes", path: of("write_bytes") },
  ];
  return section("Other traffic", table(data, "Other users of the external memory during the frame", columns, data.traffic.map((_, i) => i)));
}

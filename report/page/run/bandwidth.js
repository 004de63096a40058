import { figure } from "../common/chart.js";
import { section } from "../common/dom.js";
import { text } from "../common/numbers.js";
import { axisNumber } from "../common/style.js";
import { theme } from "../common/theme.js";
import { folded, table } from "../common/table.js";
import { binColumns, binRows, steps } from "./bins.js";

function tip(data, index) {
  const i = Math.min(index, data.profile.start_cycles.length - 1);
  const { read_gb_s, write_gb_s } = data.profile.dram;
  return `from cycle ${text(data.profile.start_cycles[i])}<br>read ${text(read_gb_s[i])} GB/s<br>written ${text(write_gb_s[i])} GB/s`;
}

function option(data) {
  const { dram } = data.profile;
  const area = (name, values, color) => ({
    name,
    type: "line",
    step: "end",
    symbol: "none",
    lineStyle: { width: 0.8, color: theme.ink },
    itemStyle: { color, borderColor: theme.ink },
    areaStyle: { color, opacity: 1, origin: "start" },
    data: steps(data, values),
  });
  const peak = { symbol: "none", silent: true, lineStyle: { type: "dashed", color: theme.ink }, label: { formatter: `peak ${text(data.dram.peak_gb_s, { digits: 1 })} GB/s`, position: "insideEndTop" }, data: [{ yAxis: data.dram.peak_gb_s }] };
  return {
    height: 300,
    legend: { top: 0 },
    grid: { left: 50, right: 20, top: 35, bottom: 45 },
    tooltip: { trigger: "axis", formatter: ([{ dataIndex: i }]) => tip(data, i) },
    xAxis: { type: "value", max: data.cycles, name: "cycle", nameLocation: "middle", nameGap: 26, axisLabel: { formatter: axisNumber, hideOverlap: true, showMaxLabel: false } },
    yAxis: { type: "value", name: "GB/s", max: Math.ceil(data.dram.peak_gb_s / 5) * 5 },
    series: [
      { ...area("written", dram.write_gb_s.map((written, i) => written + dram.read_gb_s[i]), theme.wait), markLine: peak },
      area("read", dram.read_gb_s, theme.busy),
    ],
  };
}

export function bandwidth(data) {
  const columns = [
    ...binColumns,
    { title: "read bytes", path: (i) => ["profile", "dram", "read_bytes", i] },
    { title: "written bytes", path: (i) => ["profile", "dram", "write_bytes", i] },
    { title: "read GB/s", path: (i) => ["profile", "dram", "read_gb_s", i] },
    { title: "written GB/s", path: (i) => ["profile", "dram", "write_gb_s", i] },
  ];
  return section(
    "DRAM bandwidth over time",
    figure({
      id: "bandwidth",
      description: `Stacked areas: bytes read from and written to external memory per second, over the frame, below the peak of the memory. On average ${text(data.dram.achieved_gb_s)} of ${text(data.dram.peak_gb_s)} GB/s pass.`,
      caption: "Whole 64-byte bursts, at the issue of their commands; dark is read, light is written.",
      option: () => option(data),
    }),
    folded("Bandwidth as a table", table(data, "External memory, per bin of cycles", columns, binRows(data))),
  );
}

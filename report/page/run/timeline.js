import { figure } from "../common/chart.js";
import { section } from "../common/dom.js";
import { text } from "../common/numbers.js";
import { axisNumber, busyFill, ink, narrow, waitFill } from "../common/style.js";
import { folded, table } from "../common/table.js";
import { binColumns, binLength, binRows, layerAt, steps } from "./bins.js";

const rowHeight = 62;

/// One unit's strip: dark up to the share of cycles it was busy, light above up to busy and stalled.
function strip(data, name, index) {
  const unit = data.profile.units[name];
  const area = (label, values, color) => ({
    name: label, type: "line", step: "end", symbol: "none", silent: true, xAxisIndex: index, yAxisIndex: index,
    lineStyle: { width: 0 }, itemStyle: { color, borderColor: ink }, areaStyle: { color, opacity: 1, origin: "start" },
    data: steps(data, values),
  });
  const share = (cycles, i) => cycles / binLength(data, i);
  const together = unit.busy_cycles.map((busy, i) => share(busy + unit.stalled_cycles[i], i));
  return [area("stalled", together, waitFill), area("busy", unit.busy_cycles.map(share), busyFill)];
}

function tip(data, index) {
  const { start_cycles: starts, units } = data.profile;
  const i = Math.min(index, starts.length - 1);
  const lines = Object.entries(units).map(([name, unit]) => `${name}: ${text(unit.busy_cycles[i])} busy, ${text(unit.stalled_cycles[i])} stalled`);
  return `from cycle ${text(starts[i])}, ${layerAt(data, starts[i]).name}<br>${lines.join("<br>")}`;
}

function option(data, width) {
  const names = Object.keys(data.profile.units);
  const last = names.length - 1;
  const left = narrow(width) ? 12 : 140;
  const top = (index) => 50 + index * rowHeight;
  return {
    height: top(names.length) + 40,
    legend: { top: 0, data: ["busy", "stalled"] },
    tooltip: { trigger: "axis", formatter: ([{ dataIndex }]) => tip(data, dataIndex), confine: true },
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    title: names.map((name, index) => ({
      text: name,
      textStyle: { fontSize: 12, fontWeight: "normal", color: ink },
      left: narrow(width) ? left : 0,
      top: narrow(width) ? top(index) - 17 : top(index) + 10,
      padding: 0,
    })),
    grid: names.map((_, index) => ({ left, right: 20, top: top(index), height: rowHeight - (narrow(width) ? 27 : 12) })),
    xAxis: names.map((_, index) => ({
      gridIndex: index, type: "value", max: data.cycles, splitLine: { show: false },
      axisLabel: { show: index === last, formatter: axisNumber, hideOverlap: true, showMaxLabel: false },
      name: index === last ? "cycle" : "", nameLocation: "middle", nameGap: 24,
    })),
    yAxis: names.map((_, index) => ({ gridIndex: index, type: "value", max: 1, show: false })),
    series: names.flatMap((name, index) => strip(data, name, index)),
  };
}

function columns(data) {
  const kinds = [["busy", "busy_cycles"], ["stalled", "stalled_cycles"], ["idle", "idle_cycles"]];
  return Object.keys(data.profile.units).flatMap((name) =>
    kinds.map(([title, key]) => ({ title: `${name} ${title}`, path: (i) => ["profile", "units", name, key, i] })));
}

const totals = [
  { title: "unit", text: (name) => name },
  { title: "busy", path: (name) => ["units", name, "busy_share"], percent: true },
  { title: "stalled", path: (name) => ["units", name, "stalled_share"], percent: true },
  { title: "idle", path: (name) => ["units", name, "idle_share"], percent: true },
  { title: "instructions", path: (name) => ["units", name, "instructions"] },
];

export function timeline(data) {
  return section(
    "Timeline of the units",
    figure({
      id: "timeline",
      description: "One strip per unit over the cycles of the frame: dark for busy, light for stalled, white for idle.",
      caption: `Dark is the part of each ${text(data.profile.bin_cycles)} cycles in which the unit was busy, light the part in which it had work and waited, white the part in which its instructions were finished.`,
      option: (width) => option(data, width),
    }),
    table(data, "Units over the whole frame", totals, Object.keys(data.units)),
    folded("Timeline as a table", table(data, "Cycles of each unit, per bin", [...binColumns, ...columns(data)], binRows(data))),
  );
}

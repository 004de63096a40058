import { figure } from "../common/chart.js";
import { section } from "../common/dom.js";
import { text } from "../common/numbers.js";
import { axisNumber, fill, fillCount, itemStyle, narrow } from "../common/style.js";
import { theme } from "../common/theme.js";
import { folded, table } from "../common/table.js";

const words = (key) => key.replace(/_/g, " ");

/// Causes that any unit has met.
function causes(data) {
  const units = Object.values(data.units);
  return Object.keys(units[0].stall_cycles).filter((cause) => units.some((unit) => unit.stall_cycles[cause] > 0));
}

/// What the array waits for most.
function finding({ units: { convolution } }) {
  const [cause, cycles] = Object.entries(convolution.stall_cycles).reduce((most, each) => (each[1] > most[1] ? each : most));
  const busy = `The convolution unit is busy in ${text(convolution.busy_share, { percent: true })} of the cycles`;
  return cycles > 0 ? `${busy}, and waits most for ${words(cause)}, ${text(cycles)} cycles.` : `${busy}, and waits for nothing.`;
}

function option(data, width) {
  const names = Object.keys(data.units);
  const bar = (name, style, of) => ({
    name, type: "bar", stack: "cycles", barCategoryGap: "30%", itemStyle: style,
    data: names.map((unit) => of(data.units[unit])),
  });
  const patterned = (index) => itemStyle(1 + (index % (fillCount - 1)));
  return {
    height: (narrow(width) ? 200 : 130) + 38 * names.length,
    legend: { top: 0, itemWidth: 30 },
    grid: { left: 125, right: 20, top: narrow(width) ? 150 : 75, bottom: 45 },
    tooltip: { trigger: "item", confine: true, formatter: ({ seriesName, name, value }) => `${name}<br>${seriesName}: ${text(value)} cycles` },
    xAxis: { type: "value", max: data.cycles, name: "cycles", nameLocation: "middle", nameGap: 26, axisLabel: { formatter: axisNumber, hideOverlap: true, showMaxLabel: false } },
    yAxis: { type: "category", inverse: true, data: names },
    series: [
      bar("busy", { color: theme.busy, decal: fill(0).decal }, (unit) => unit.busy_cycles),
      ...causes(data).map((cause, index) => bar(words(cause), patterned(index), (unit) => unit.stall_cycles[cause])),
      bar("idle", { color: theme.paper, borderColor: "#333", borderWidth: 0.5, decal: fill(0).decal }, (unit) => unit.idle_cycles),
    ],
  };
}

export function stalls(data) {
  const columns = [
    { title: "unit", text: (unit) => unit },
    { title: "busy", path: (unit) => ["units", unit, "busy_cycles"] },
    ...causes(data).map((cause) => ({ title: words(cause), path: (unit) => ["units", unit, "stall_cycles", cause] })),
    { title: "idle", path: (unit) => ["units", unit, "idle_cycles"] },
  ];
  return section(
    "What the units wait for",
    figure({
      id: "stalls",
      description: `One bar per unit: its cycles, divided into busy, stalled by cause, and idle. ${finding(data)}`,
      caption: "A cause names the resource waited for; memory, port, row miss, turnaround and refresh are external memory's.",
      option: (width) => option(data, width),
    }),
    folded("Waiting as a table", table(data, "Cycles by unit", columns, Object.keys(data.units))),
  );
}

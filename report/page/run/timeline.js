import { figure } from "../common/chart.js";
import { h, section } from "../common/dom.js";
import { text } from "../common/numbers.js";
import { axisNumber, narrow } from "../common/style.js";
import { folded, table } from "../common/table.js";
import { theme } from "../common/theme.js";
import { bands } from "./bands.js";
import { binColumns, binLength, binRows, layerAt, steps } from "./bins.js";

const rowHeight = 62;
const bandHeight = 20;

/// One unit's strip: dark up to the share of cycles it was busy, light above up to busy and stalled.
function strip(data, name, index) {
  const unit = data.profile.units[name];
  const area = (label, values, color) => ({
    name: label, type: "line", step: "end", symbol: "none", silent: true, xAxisIndex: index, yAxisIndex: index,
    lineStyle: { width: 0 }, itemStyle: { color, borderColor: theme.ink }, areaStyle: { color, opacity: 1, origin: "start" },
    data: steps(data, values),
  });
  const share = (cycles, i) => cycles / binLength(data, i);
  const together = unit.busy_cycles.map((busy, i) => share(busy + unit.stalled_cycles[i], i));
  return [area("stalled", together, theme.wait), area("busy", unit.busy_cycles.map(share), theme.busy)];
}

/// "512 stalled: weights 500, external 12".
function stalledWords(unit, i) {
  const causes = Object.entries(unit.stall_cycles).filter(([, cycles]) => cycles[i] > 0).sort((a, b) => b[1][i] - a[1][i]);
  const words = causes.slice(0, 3).map(([cause, cycles]) => `${cause.replace(/_/g, " ")} ${text(cycles[i])}`).join(", ");
  return `${text(unit.stalled_cycles[i])} stalled${words && `: ${words}`}`;
}

function tip(data, index) {
  const { start_cycles: starts, units } = data.profile;
  const i = Math.min(index, starts.length - 1);
  const lines = Object.entries(units).map(([name, unit]) => `${name}: ${text(unit.busy_cycles[i])} busy, ${stalledWords(unit, i)}`);
  return `${text(binLength(data, i))} cycles from ${text(starts[i])}, ${layerAt(data, starts[i]).name}<br>${lines.join("<br>")}`;
}

const sides = (width) => ({ left: narrow(width) ? 12 : 140, right: 20 });

const bandSeries = (data, range, width, axis) => {
  const { left, right } = sides(width);
  return {
    id: "bands", type: "line", symbol: "none", silent: true, xAxisIndex: axis, yAxisIndex: axis, data: [],
    markArea: { silent: true, animation: false, data: bands(data, range, width - left - right) },
  };
};

function option(data, width, range, paper) {
  const names = Object.keys(data.profile.units);
  const last = names.length - 1, strips = names.length;
  const { left, right } = sides(width);
  const top = (index) => 60 + bandHeight + index * rowHeight;
  const grids = names.map((_, index) => ({ left, right, top: top(index), height: rowHeight - (narrow(width) ? 27 : 12) }));
  const axes = names.map((_, index) => ({
    gridIndex: index, type: "value", max: data.cycles, splitLine: { show: false },
    axisLabel: { show: index === last, formatter: axisNumber, hideOverlap: true, showMaxLabel: false },
    name: index === last ? "cycle of the frame" : "", nameLocation: "middle", nameGap: 24,
  }));
  return {
    height: top(names.length) + (paper ? 40 : 75),
    legend: { top: 0, data: ["busy", "stalled"] },
    tooltip: { trigger: "axis", formatter: ([{ dataIndex }]) => tip(data, dataIndex), confine: true },
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    title: names.map((name, index) => ({
      text: name,
      textStyle: { fontSize: 12, fontWeight: "normal", color: theme.ink },
      left: narrow(width) ? left : 0,
      top: narrow(width) ? top(index) - 17 : top(index) + 10,
      padding: 0,
    })),
    grid: [...grids, { left, right, top: 34, height: bandHeight }],
    xAxis: [...axes, { gridIndex: strips, type: "value", min: 0, max: data.cycles, show: false, axisPointer: { show: false } }],
    yAxis: [...names, "bands"].map((_, index) => ({ gridIndex: index, type: "value", min: 0, max: 1, show: false })),
    dataZoom: [{
      type: "slider", show: !paper, xAxisIndex: [...names.keys(), strips], bottom: 6, height: 20, startValue: range[0], endValue: range[1], minSpan: 2, filterMode: "none",
      showDetail: false, borderColor: theme.quiet, fillerColor: "rgba(110,140,180,0.25)", handleStyle: { borderColor: theme.ink }, brushSelect: false,
      dataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } }, selectedDataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
    }],
    series: [...names.flatMap((name, index) => strip(data, name, index)), bandSeries(data, range, width, strips)],
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

/// Buttons that show a shorter or another stretch of the frame.
function zoomButtons(data, view) {
  const go = (of) => () => {
    const [begin, end] = view.range;
    const [from, to] = of(begin, end, end - begin);
    const length = Math.min(Math.max(to - from, data.cycles / 50), data.cycles);
    const start = Math.min(Math.max(from, 0), data.cycles - length);
    view.chart?.dispatchAction({ type: "dataZoom", startValue: start, endValue: start + length });
  };
  const button = (words, label, of) => h("button", { type: "button", "aria-label": label, onclick: go(of) }, words);
  return [
    button("+", "Timeline: zoom in", (begin, end, length) => [begin + length / 4, end - length / 4]),
    button("\u2212", "Timeline: zoom out", (begin, end, length) => [begin - length / 2, end + length / 2]),
    button("\u2190", "Timeline: earlier", (begin, end, length) => [begin - length / 2, end - length / 2]),
    button("\u2192", "Timeline: later", (begin, end, length) => [begin + length / 2, end + length / 2]),
    button("all", "Timeline: the whole frame", () => [0, data.cycles]),
  ];
}

function listen(data, view, chart) {
  view.chart = chart;
  const strips = Object.keys(data.profile.units).length;
  chart.on("datazoom", () => {
    const { startValue, endValue } = chart.getOption().dataZoom[0];
    view.range = [startValue, endValue];
    chart.setOption({ series: [bandSeries(data, view.range, chart.getWidth(), strips)] });
  });
}

export function timeline(data) {
  const view = { range: [0, data.cycles], chart: null };
  const most = Object.keys(data.units).reduce((best, name) => (data.units[name].busy_share > data.units[best].busy_share ? name : best));
  return section(
    "Timeline of the units",
    figure({
      id: "timeline",
      description: `One strip per unit over the cycles of the frame: dark for busy, light for stalled, white for idle. The busiest unit is ${most}, in ${text(data.units[most].busy_share, { percent: true })} of the cycles.`,
      caption: `Dark is the part of each ${text(data.profile.bin_cycles)} cycles in which the unit was busy, light the part in which it had work and waited, white the part in which its instructions were finished. The strip on top names stages, or layers where few are shown.`,
      option: (width, paper) => option(data, width, paper ? [0, data.cycles] : view.range, paper),
      ready: (chart) => listen(data, view, chart),
      tools: zoomButtons(data, view),
    }),
    table(data, "Units over the whole frame", totals, Object.keys(data.units)),
    folded("Timeline as a table", table(data, "Cycles of each unit, per bin", [...binColumns, ...columns(data)], binRows(data))),
  );
}

import { figure } from "../common/chart.js";
import { section } from "../common/dom.js";
import { text } from "../common/numbers.js";
import { axisNumber, narrow } from "../common/style.js";
import { theme } from "../common/theme.js";
import { folded, table } from "../common/table.js";
import { binColumns, binRows, steps } from "./bins.js";

const rowHeight = 118;

/// Where the strip of memory `index` is: two beside each other if there is room.
function place(index, width) {
  if (narrow(width)) return { left: 48, right: 16, top: 62 + index * rowHeight, height: rowHeight - 45 };
  const column = index % 2;
  const half = (width - 40) / 2;
  return { left: 50 + column * half, width: half - 50, top: 62 + Math.floor(index / 2) * rowHeight, height: rowHeight - 45 };
}

function strip(data, name, index) {
  const memory = data.profile.memories[name];
  const line = (label, values, extra) => ({
    name: label, type: "line", step: "end", symbol: "none", silent: true, xAxisIndex: index, yAxisIndex: index,
    itemStyle: { color: theme.ink }, data: steps(data, values), ...extra,
  });
  const mean = { lineStyle: { width: 0 }, itemStyle: { color: theme.wait, borderColor: theme.ink }, areaStyle: { color: theme.wait, opacity: 1, origin: "start" } };
  return [line("mean", memory.mean_words_per_bin, mean), line("peak", memory.peak_words_per_bin, { lineStyle: { color: theme.ink, width: 1.2 } })];
}

function tip(data, index) {
  const { start_cycles: starts, memories } = data.profile;
  const i = Math.min(index, starts.length - 1);
  const lines = Object.entries(memories).map(([name, memory]) => `${name}: peak ${text(memory.peak_words_per_bin[i])}, mean ${text(memory.mean_words_per_bin[i], { digits: 1 })}`);
  return `from cycle ${text(starts[i])}<br>${lines.join("<br>")}`;
}

function option(data, width) {
  const names = Object.keys(data.profile.memories);
  const places = names.map((_, index) => place(index, width));
  const { top, height } = places[names.length - 1];
  const bottom = (index) => places[index].top === top;
  return {
    height: top + height + 40,
    legend: { top: 0, data: ["mean", "peak"] },
    tooltip: { trigger: "axis", confine: true, formatter: ([{ dataIndex }]) => tip(data, dataIndex) },
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    title: names.map((name, index) => ({
      text: `${name}: up to ${text(data.profile.memories[name].peak_words)} of ${text(data.profile.memories[name].capacity_words)} words`,
      textStyle: { fontSize: 12, fontWeight: "normal", color: theme.ink }, padding: 0, left: places[index].left, top: places[index].top - 20,
    })),
    grid: places,
    xAxis: names.map((_, index) => ({
      gridIndex: index, type: "value", max: data.cycles, splitLine: { show: false },
      axisLabel: { show: bottom(index), formatter: axisNumber, hideOverlap: true, showMaxLabel: false },
      name: bottom(index) ? "cycle" : "", nameLocation: "middle", nameGap: 22,
    })),
    yAxis: names.map((name, index) => {
      const { capacity_words: capacity } = data.profile.memories[name];
      return { gridIndex: index, type: "value", max: capacity, interval: capacity / 2, axisLabel: { formatter: (words) => text(words, { digits: 1 }), fontSize: 10 } };
    }),
    series: names.flatMap((name, index) => strip(data, name, index)),
  };
}

const columns = (data) =>
  Object.keys(data.profile.memories).flatMap((name) => [
    { title: `${name} peak`, path: (i) => ["profile", "memories", name, "peak_words_per_bin", i] },
    { title: `${name} mean`, path: (i) => ["profile", "memories", name, "mean_words_per_bin", i], digits: 1 },
  ]);

const totals = [
  { title: "memory", text: (name) => name },
  { title: "words", path: (name) => ["profile", "memories", name, "capacity_words"] },
  { title: "peak", path: (name) => ["profile", "memories", name, "peak_words"] },
  { title: "mean", path: (name) => ["profile", "memories", name, "mean_words"], digits: 1 },
];

function finding({ profile: { memories: all } }) {
  const full = Object.keys(all).filter((name) => all[name].peak_words >= all[name].capacity_words);
  return full.length > 0 ? `Full at some time: ${full.join(", ")}.` : "None is ever full.";
}

export function memories(data) {
  const names = Object.keys(data.profile.memories);
  return section(
    "Use of the on-chip memories",
    figure({
      id: "memories",
      description: `One chart per on-chip memory: words in use over the cycles of the frame, mean as an area and peak as a line, up to the memory's depth. ${finding(data)}`,
      caption: "A word is in use from the start of the instruction that writes it to the end of the last one that reads it.",
      option: (width) => option(data, width),
    }),
    table(data, "Words in use over the whole frame", totals, names),
    folded("Use as a table", table(data, "Words in use, per bin", [...binColumns, ...columns(data)], binRows(data))),
  );
}

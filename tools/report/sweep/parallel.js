import { figure } from "../common/chart.js";
import { section } from "../common/dom.js";
import { axisNumber, busyFill, narrow } from "../common/style.js";
import { shortAxis, simulated } from "./choice.js";

/// A number rounded away from the others to two digits, so that an axis holds them all.
function outer(number, round) {
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(number) || 1)) - 1);
  return Number((round(number / unit) * unit).toPrecision(3));
}

function figureAxis(data, name) {
  const values = simulated(data).map(({ point }) => point.figures[name]);
  const low = Math.min(...values);
  const high = Math.max(...values);
  return { name, type: "value", min: low < 0.5 * high ? Math.min(0, low) : outer(low, Math.floor), max: outer(high, Math.ceil) || 1, value: (point) => point.figures[name], axisLabel: { formatter: axisNumber } };
}

/// The columns: all axes, then the figures of the objectives and what else there is room for.
function dimensions(data, width) {
  const wanted = [...new Set([...data.objectives.map((each) => each.figure), "latency_ms", "bram18", "utilization"])].filter((name) => data.figures.includes(name));
  const figures = wanted.slice(0, narrow(width) ? 2 : 5);
  return [
    ...data.axes.map((axis) => ({ name: shortAxis(axis.name), type: "category", data: axis.values.map(String), value: (point) => String(point.axes[axis.name]) })),
    ...figures.map((name) => figureAxis(data, name)),
  ];
}

function option(data, width) {
  const columns = dimensions(data, width);
  const lines = (name, keep, lineStyle, z) => ({
    name, type: "parallel", z, lineStyle, inactiveOpacity: 0.06, activeOpacity: 0.9,
    data: simulated(data).filter(({ point }) => keep(point)).map(({ point, index }) => ({ name: String(index), value: columns.map((column) => column.value(point)) })),
  });
  return {
    height: 400,
    legend: { top: 0 },
    parallel: { left: 45, right: 55, top: 80, bottom: 25, parallelAxisDefault: { nameRotate: narrow(width) ? 35 : 20, nameTextStyle: { fontSize: 11, align: "left" }, areaSelectStyle: { width: 18, color: "#000", opacity: 0.15, borderColor: "#000" } } },
    parallelAxis: columns.map(({ value, ...axis }, dim) => ({ dim, ...axis })),
    series: [
      lines("other points", (point) => !point.pareto, { color: "#5c6670", width: 0.8, opacity: 0.4, type: "dotted" }, 2),
      lines("Pareto front", (point) => point.pareto, { color: busyFill, width: 2, opacity: 0.95 }, 3),
    ],
  };
}

/// The indices of the points that pass every marked stretch; null if none is marked.
function passing(chart, data) {
  const model = chart.getModel();
  const marked = model.queryComponents({ mainType: "parallelAxis" }).some((axis) => axis.activeIntervals?.length > 0);
  if (!marked) return null;
  const found = new Set();
  model.eachSeries((series) => {
    for (const row of series.getRawIndicesByActiveState("active")) found.add(Number(series.getRawData().getName(row)));
  });
  return found;
}

export function parallel(data, select) {
  return section(
    "All axes at once",
    figure({
      id: "parallel",
      description: "Parallel coordinates: one line per simulated point through its value on every axis and on the objectives.",
      caption: "Drag along an axis to mark a stretch of it: the table keeps the points that pass all marked stretches. A click on the axis removes the mark.",
      option: (width) => option(data, width),
      ready: (chart) => chart.on("axisareaselected", () => select(passing(chart, data))),
    }),
  );
}

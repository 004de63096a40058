import { figure } from "../common/chart.js";
import { section } from "../common/dom.js";
import { axisNumber, lineIcons, narrow } from "../common/style.js";
import { theme } from "../common/theme.js";
import { shortAxis } from "./view.js";

/// Words stay legible where lines cross them.
const halo = () => ({ textBorderColor: theme.paper, textBorderWidth: 3 });

/// A number rounded away from the others to two digits, so that an axis holds them all.
function outer(number, round) {
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(number) || 1)) - 1);
  return Number((round(number / unit) * unit).toPrecision(3));
}

function figureAxis(view, name) {
  const values = view.simulated.map(({ point }) => point.figures[name]).filter((each) => each != null);
  const low = Math.min(...values);
  const high = Math.max(...values);
  return { name, type: "value", min: low < 0.5 * high ? Math.min(0, low) : outer(low, Math.floor), max: outer(high, Math.ceil) || 1, value: (point) => point.figures[name], axisLabel: { ...halo(), formatter: axisNumber, hideOverlap: true } };
}

/// The axes, then the figures of the objectives and what else there is room for.
function dimensions(view) {
  const { figures, objectives } = view.data;
  const wanted = [...new Set([...objectives.map((each) => each.figure), "latency_ms", "bram18", "utilization"])].filter((name) => figures.includes(name) && view.simulated.some(({ point }) => point.figures[name] != null));
  return [
    ...view.axes.map((axis) => ({ name: shortAxis(axis.name), type: "category", axisLabel: halo(), data: axis.values.map(String), value: (point) => String(point.axes[axis.name]) })),
    ...wanted.slice(0, Math.max(objectives.length, 5)).map((name) => figureAxis(view, name)),
  ];
}

/// Axes side by side; with little room one below the other, their names above them.
function layout(width, paper, columns) {
  const font = { fontSize: 11, align: "left", ...halo() };
  const select = { width: 18, color: theme.ink, opacity: 0.15, borderColor: theme.ink };
  if (narrow(width) || width < (paper ? 40 : 62) * columns) {
    const name = { nameLocation: "start", nameGap: 0, nameTextStyle: { ...font, verticalAlign: "bottom", padding: [0, 0, 5, 0] } };
    return { height: 110 + 58 * columns, layout: "vertical", place: { left: 20, right: 25, top: 65, bottom: 45 }, axis: { ...name, areaSelectStyle: select } };
  }
  const name = { nameRotate: 20, nameTextStyle: font, nameTruncate: { maxWidth: 150 } };
  return { height: paper ? 290 : 400, layout: "horizontal", place: { left: 45, right: 80, top: 80, bottom: 25 }, axis: { ...name, areaSelectStyle: select } };
}

function option(view, width, paper) {
  const columns = dimensions(view);
  const { height, layout: direction, place, axis: common } = layout(width, paper, columns.length);
  const lines = (name, keep, lineStyle, z) => ({
    name, type: "parallel", z, lineStyle, inactiveOpacity: 0.06, activeOpacity: 0.9,
    data: view.simulated.filter(({ point }) => keep(point)).map(({ point, index }) => ({ name: String(index), value: columns.map((column) => column.value(point)) })),
  });
  const opacity = Math.min(0.9, Math.max(0.25, 40 / view.simulated.length));
  return {
    height,
    legend: { top: 0, itemStyle: { borderWidth: 0 }, data: [{ name: "other points", icon: lineIcons.dotted }, { name: "Pareto front", icon: lineIcons.solid }] },
    parallel: { ...place, layout: direction, parallelAxisDefault: common },
    parallelAxis: columns.map(({ value, ...axis }, dim) => ({ dim, ...axis })),
    series: [
      lines("other points", (point) => !point.pareto, { color: theme.quiet, width: 1, opacity, type: "dotted" }, 2),
      lines("Pareto front", (point) => point.pareto, { color: theme.busy, width: 2, opacity: 0.95 }, 3),
    ],
  };
}

/// The indices of the points that pass every marked stretch; null if none is marked.
function passing(chart) {
  const model = chart.getModel();
  const marked = model.queryComponents({ mainType: "parallelAxis" }).some((axis) => axis.activeIntervals?.length > 0);
  if (!marked) return null;
  const found = new Set();
  model.eachSeries((series) => {
    for (const row of series.getRawIndicesByActiveState("active")) found.add(Number(series.getRawData().getName(row)));
  });
  return found;
}

export function parallel(view, select) {
  return section(
    "All axes at once",
    figure({
      id: "parallel",
      description: "Parallel coordinates: one line per simulated point through its value on every axis and on the objectives.",
      caption: "Drag along an axis to mark a stretch of it: the table keeps the points that pass all marked stretches. A click on the axis removes the mark.",
      option: (width, paper) => option(view, width, paper),
      ready: (chart) => chart.on("axisareaselected", () => select(passing(chart))),
    }),
  );
}

import { figure, redraw } from "../common/chart.js";
import { h, section } from "../common/dom.js";
import { text } from "../common/numbers.js";
import { axisNumber, fills, ink, rowLabels } from "../common/style.js";
import { table } from "../common/table.js";
import { choice, shortAxis } from "./view.js";

/// Rows of one figure: an axis, one of its values, and where they are in the JSON.
function rows(view, figureName) {
  return view.sensitivity.flatMap((effect, at) => (effect.figure !== figureName ? [] : effect.values.map((value, index) => ({ effect, at, value, index }))));
}

function option(view, shown, width, paper) {
  const all = rows(view, shown.figure);
  const axes = view.axes.map((axis) => axis.name);
  const names = all.map((row) => `${shortAxis(row.effect.axis)} ${row.value.value}`);
  const labels = rowLabels(names, width, paper);
  return {
    height: 70 + (4 + labels.rowHeight) * all.length,
    grid: { left: labels.room, right: 30, top: 10, bottom: 45 },
    tooltip: { trigger: "item", confine: true, formatter: ({ name, dataIndex }) => `${name}<br>mean ${text(all[dataIndex].value.mean)}<br>${text(all[dataIndex].value.minimum)} to ${text(all[dataIndex].value.maximum)}` },
    xAxis: { type: "value", name: `mean ${shown.figure}`, nameLocation: "middle", nameGap: 26, axisLabel: { formatter: axisNumber, hideOverlap: true } },
    yAxis: { type: "category", inverse: true, axisLabel: labels.axisLabel, data: names },
    series: [{
      type: "bar", barCategoryGap: "25%",
      label: { show: true, position: "insideLeft", color: ink, textBorderColor: "#fff", textBorderWidth: 2, formatter: ({ dataIndex }) => text(all[dataIndex].value.mean) },
      data: all.map((row) => ({ value: row.value.mean, itemStyle: { ...fills[[4, 2][axes.indexOf(row.effect.axis) % 2]], borderColor: ink, borderWidth: 0.5 } })),
    }],
  };
}

const effects = ({ at }) => [
  { title: "axis", text: (row) => row.effect.axis },
  { title: "range of means", path: (row) => at(["sensitivity", row.at, "mean_range"]) },
  { title: "of the mean", path: (row) => at(["sensitivity", row.at, "mean_range_share"]), percent: true },
];

const values = ({ at }) => [
  { title: "axis", text: (row) => row.effect.axis },
  { title: "value", path: (row) => at(["sensitivity", row.at, "values", row.index, "value"]) },
  { title: "points", path: (row) => at(["sensitivity", row.at, "values", row.index, "points"]) },
  { title: "mean", path: (row) => at(["sensitivity", row.at, "values", row.index, "mean"]) },
  { title: "minimum", path: (row) => at(["sensitivity", row.at, "values", row.index, "minimum"]) },
  { title: "maximum", path: (row) => at(["sensitivity", row.at, "values", row.index, "maximum"]) },
];

export function sensitivity(view) {
  const { data } = view;
  const shown = { figure: data.objectives[0]?.figure ?? data.figures[0] };
  const tables = h("div");
  const show = () => {
    const all = rows(view, shown.figure);
    tables.replaceChildren(
      table(data, `How far the mean of ${shown.figure} moves along each axis`, effects(view), all.filter((row) => row.index === 0)),
      h("details", {}, h("summary", {}, "Every value of every axis"), table(data, shown.figure, values(view), all)),
    );
  };
  show();
  const choose = (name) => {
    shown.figure = name;
    show();
    redraw("sensitivity");
  };
  return section(
    "Sensitivity",
    h("div", { class: "controls" }, choice("Figure:", data.figures.map((name) => [name, name]), shown.figure, choose)),
    figure({
      id: "sensitivity",
      description: "Bars: mean of a figure over all simulated points that share one value of one axis.",
      caption: "Mean over all simulated points with that value, whatever the other axes are; neighbouring axes have different fills.",
      option: (width, paper) => option(view, shown, width, paper),
    }),
    tables,
  );
}

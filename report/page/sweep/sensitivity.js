import { figure, redraw } from "../common/chart.js";
import { h, section } from "../common/dom.js";
import { text, value } from "../common/numbers.js";
import { axisNumber, fill, rowLabels } from "../common/style.js";
import { theme } from "../common/theme.js";
import { scrolled } from "../common/table.js";
import { choice, shortAxis } from "./view.js";

/// Rows of one figure: an axis, one of its steps, and where it is in the JSON. An axis of several steps has one more,
/// from its first value to its last.
function rows(view, figureName) {
  return view.sensitivity.flatMap((effect, at) => {
    if (effect.figure !== figureName) return [];
    const steps = effect.steps.map((step, index) => ({ effect, step, path: ["sensitivity", at, "steps", index] }));
    return steps.length < 2 ? steps : [...steps, { effect, step: effect.first_to_last, path: ["sensitivity", at, "first_to_last"] }];
  });
}

const name = ({ effect, step }) => `${shortAxis(effect.axis)} ${step.from} \u2192 ${step.to}`;

/// Shares if all steps have one, so that they can be compared.
function unitOf(all) {
  const inShares = all.every(({ step }) => step.pairs === 0 || step.mean_change_share != null);
  const of = (step, key) => (step.pairs === 0 ? null : inShares ? 100 * step[`${key}_change_share`] : step[`${key}_change`]);
  return { of, unit: inShares ? " %" : "" };
}

function option(view, shown, width, paper) {
  const all = rows(view, shown.figure);
  const axes = view.axes.map((axis) => axis.name);
  const names = all.map(name);
  const labels = rowLabels(names, width, paper);
  const { of, unit } = unitOf(all);
  const signed = (number) => `${number > 0 ? "+" : ""}${text(number, { digits: 1 })}${unit}`;
  const words = ({ step }) => (step.pairs === 0 ? "no pair" : `${signed(of(step, "mean"))}, ${text(step.pairs)} ${step.pairs === 1 ? "pair" : "pairs"}`);
  const spread = ({ step }) => (step.pairs === 0 ? "" : `<br>${signed(of(step, "minimum"))} to ${signed(of(step, "maximum"))}`);
  return {
    height: 70 + (4 + labels.rowHeight) * all.length,
    grid: { left: labels.room, right: 30, top: 10, bottom: 45 },
    tooltip: { trigger: "item", confine: true, formatter: ({ dataIndex }) => `${names[dataIndex]}<br>${words(all[dataIndex])}${spread(all[dataIndex])}` },
    xAxis: { type: "value", name: `mean change of ${shown.figure}${unit && ", %"}`, nameLocation: "middle", nameGap: 26, axisLabel: { formatter: axisNumber, hideOverlap: true } },
    yAxis: { type: "category", inverse: true, axisLabel: labels.axisLabel, axisLine: { onZero: false }, data: names },
    series: [{
      type: "bar", barCategoryGap: "25%",
      label: { show: true, position: "insideLeft", color: theme.ink, backgroundColor: theme.paper, padding: [1, 4], formatter: ({ dataIndex }) => words(all[dataIndex]) },
      data: all.map((row) => ({ value: of(row.step, "mean") ?? 0, itemStyle: { ...fill([4, 2][axes.indexOf(row.effect.axis) % 2]), borderColor: theme.ink, borderWidth: 0.5 } })),
    }],
  };
}

const columns = [
  ["pairs", "pairs", {}], ["rises in", "rises", {}], ["falls in", "falls", {}], ["mean", "mean_change_share", { percent: true }],
  ["least", "minimum_change_share", { percent: true }], ["most", "maximum_change_share", { percent: true }], ["mean change", "mean_change", {}],
];

function pairsTable(view, all, figureName) {
  const cells = ({ step, path }) => columns.map(([, key, options]) => h("td", { class: "number" }, step.pairs === 0 && key !== "pairs" ? "" : value(view.data, view.at([...path, key]), options)));
  const caption = `${figureName} where one axis changes and nothing else`;
  return scrolled(caption, h("table", { id: "pairs" }, h("caption", {}, caption),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "axis"), h("th", { scope: "col" }, "from, to"), columns.map(([title]) => h("th", { scope: "col", class: "number" }, title)))),
    h("tbody", {}, all.map((row) => h("tr", {}, h("th", { scope: "row" }, row.effect.axis), h("td", {}, `${row.step.from} \u2192 ${row.step.to}`), cells(row))))));
}

export function sensitivity(view) {
  const { data } = view;
  const shown = { figure: data.objectives[0]?.figure ?? data.figures[0] };
  const tables = h("div");
  const show = () => tables.replaceChildren(pairsTable(view, rows(view, shown.figure), shown.figure));
  show();
  const choose = (chosen) => {
    shown.figure = chosen;
    show();
    redraw("sensitivity");
  };
  return section(
    "Sensitivity",
    h("div", { class: "controls" }, choice("Figure:", data.figures.map((each) => [each, each]), shown.figure, choose)),
    figure({
      id: "sensitivity",
      description: "Bars: mean change of a figure over all pairs of points that differ in one axis alone, from one value of it to the next, and from the first to the last.",
      caption: "Mean over the pairs of points that differ in that axis alone and both have the figure; a point that does not fit leaves its pairs out. Resources are known of those too. Neighbouring axes have different fills.",
      option: (width, paper) => option(view, shown, width, paper),
    }),
    tables,
  );
}

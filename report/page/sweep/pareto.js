import { figure, redraw } from "../common/chart.js";
import { h, section } from "../common/dom.js";
import { text } from "../common/numbers.js";
import { axisNumber } from "../common/style.js";
import { theme } from "../common/theme.js";
import { choice } from "./view.js";

const cross = "path://M0,1 L1,0 L5,4 L9,0 L10,1 L6,5 L10,9 L9,10 L5,6 L1,10 L0,9 L4,5 Z";

const small = () => ({ fontSize: 11, color: theme.ink, textBorderColor: theme.paper, textBorderWidth: 3 });

/// A network's name without folders and endings.
const fileName = (network) => network.replace(/^.*\//, "").replace(/(\.onnx)?(\.xz)?(\.toml)?$/, "");

function option(view, shown, paper) {
  const { data } = view;
  const known = ({ figures }) => figures[shown.x] != null && figures[shown.y] != null;
  const of = (keep) => view.simulated.filter(({ point }) => known(point) && keep(point))
    .map(({ point, index }) => [point.figures[shown.x], point.figures[shown.y], index]);
  const points = (name, symbol, symbolSize, style, keep) => ({ name, type: "scatter", symbol, symbolSize, itemStyle: style, data: of(keep) });
  const axis = (name, extra) => ({ type: "value", name, scale: true, axisLabel: { formatter: axisNumber, hideOverlap: true }, ...extra });
  // Where networks compete, each one's part of the front is a line with its name at the end.
  const compete = data.groups.length === 0 && view.axes.some((axis) => axis.name === "network");
  const lineOf = (point) => (compete ? point.axes.network : point.group);
  const fronts = [...new Set(view.simulated.map(({ point }) => lineOf(point)))].map((line) => {
    const values = of((point) => point.pareto && lineOf(point) === line).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const name = (at) => ({ show: compete && at === values.length - 1, position: "top", distance: 6, formatter: fileName(String(line)), ...small() });
    return {
      name: "Pareto front", type: "line", symbol: "diamond", symbolSize: 15, itemStyle: { color: theme.busy, borderColor: theme.ink }, lineStyle: { type: "dashed", color: theme.ink, width: 1 },
      data: values.map((value, at) => ({ value, label: name(at) })),
    };
  });
  return {
    height: paper ? 300 : 420,
    legend: { top: 0, itemWidth: 32 },
    grid: { left: 60, right: 25, top: 55, bottom: 50 },
    tooltip: { trigger: "item", confine: true, formatter: ({ value }) => `${view.name(view.data.points[value[2]])}<br>${shown.x} ${text(value[0])}<br>${shown.y} ${text(value[1])}` },
    xAxis: axis(shown.x, { nameLocation: "middle", nameGap: 28 }),
    yAxis: axis(shown.y),
    series: [
      points("breaks a constraint", cross, 8, { color: "#8a8f98" }, (point) => !point.keeps_constraints),
      points("beaten", "circle", 8, { color: theme.paper, borderColor: theme.ink, borderWidth: 1 }, (point) => point.standing === "keeps"),
      points("not compared", "emptyTriangle", 8, { color: theme.ink }, (point) => point.standing === "not compared"),
      ...fronts,
    ].filter((series) => series.data.length > 0),
  };
}

export function pareto(view) {
  const { data } = view;
  const [first = { figure: data.figures[0] }, second = { figure: data.figures[1] }] = data.objectives;
  const shown = { x: second.figure, y: first.figure };
  const figures = data.figures.map((name) => [name, name]);
  const change = (key) => (name) => {
    shown[key] = name;
    redraw("pareto");
  };
  return section(
    "Pareto front",
    h("div", { class: "controls" }, choice("Horizontal:", figures, shown.x, change("x")), choice("Vertical:", figures, shown.y, change("y"))),
    figure({
      id: "pareto",
      description: "Scatter of all simulated points over two figures; diamonds on a dashed line are the Pareto front, one of each network and input size unless these compete.",
      caption: "The front is that of the sweep's objectives, whatever figures are shown; the table below has every value.",
      option: (width, paper) => option(view, shown, paper),
    }),
  );
}

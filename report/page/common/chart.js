import { BarChart, LineChart, ParallelChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent, GridComponent, LegendComponent, MarkLineComponent, ParallelComponent, TitleComponent, TooltipComponent,
} from "echarts/components";
import { init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
import { h } from "./dom.js";

use([
  BarChart, LineChart, ParallelChart, ScatterChart, AriaComponent, GridComponent, LabelLayout, LegendComponent,
  MarkLineComponent, ParallelComponent, TitleComponent, TooltipComponent, SVGRenderer,
]);

const common = {
  animation: false,
  textStyle: { color: "#1a1a1a", fontFamily: "system-ui, sans-serif", fontSize: 12 },
};
const charts = new Map();

const print = window.matchMedia("print");
let printing = false;
const onPaper = () => printing || print.matches;

function draw(place, chart, width) {
  const { height, ...option } = place.option(width, onPaper());
  chart.resize({ width, height });
  chart.setOption({ ...common, aria: { enabled: true, label: { description: place.description } }, ...option }, true);
}

/// A figure with a chart. `option(width, paper)` gives ECharts' option for so many pixels, on paper or not, and `height`;
/// `description` says in words what it shows.
export function figure({ id, description, caption, option, ready }) {
  const canvas = h("div", { class: "chart", id, role: "img", "aria-label": description });
  charts.set(canvas, { option, description, ready, width: 0 });
  return h("figure", {}, canvas, caption && h("figcaption", {}, caption));
}

/// Draws the figures that are in the page and whose room has changed.
export function drawAll() {
  for (const [canvas, place] of charts) {
    const width = canvas.clientWidth;
    if (width === 0 || (width === place.width && onPaper() === place.paper)) continue;
    place.width = width;
    place.paper = onPaper();
    if (!place.chart) {
      place.chart = init(canvas, null, { renderer: "svg", width, height: 100 });
      draw(place, place.chart, width);
      place.ready?.(place.chart);
    } else {
      draw(place, place.chart, width);
    }
  }
}

/// Draws one figure again because what it shows has changed.
export function redraw(id) {
  for (const [canvas, place] of charts) if (canvas.id === id && place.chart) draw(place, place.chart, place.width);
}

/// Ends the figures of a part of the page that is about to go.
export function forget(part) {
  for (const [canvas, place] of charts) {
    if (!part.contains(canvas)) continue;
    place.chart?.dispose();
    charts.delete(canvas);
  }
}

/// Follows the window, and the paper when the page is printed: figures get their height on paper before pages are counted,
/// and their width with the layout.
export function follow() {
  drawAll();
  new ResizeObserver(() => requestAnimationFrame(drawAll)).observe(document.body);
  const turn = (now) => () => {
    printing = now;
    drawAll();
  };
  window.addEventListener("beforeprint", turn(true));
  window.addEventListener("afterprint", turn(false));
  print.addEventListener("change", drawAll);
}

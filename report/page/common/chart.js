import { BarChart, LineChart, ParallelChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent, DataZoomComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, ParallelComponent, TitleComponent,
  TooltipComponent,
} from "echarts/components";
import { init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
import { h } from "./dom.js";
import { listenToKeys } from "./keys.js";
import { savePng, saveSvg } from "./save.js";
import { chartTheme, followTheme, onPaper, theme, turnTheme } from "./theme.js";

use([
  BarChart, LineChart, ParallelChart, ScatterChart, AriaComponent, DataZoomComponent, GridComponent, LabelLayout, LegendComponent,
  MarkAreaComponent, MarkLineComponent, ParallelComponent, TitleComponent, TooltipComponent, SVGRenderer,
]);

const common = () => ({
  animation: false,
  textStyle: { color: theme.ink, fontFamily: "system-ui, sans-serif", fontSize: 12 },
});
const charts = new Map();

const print = window.matchMedia("print");
let printing = false;
const isOnPaper = () => printing || print.matches;
/// What fits between the margins of A4, in CSS pixels.
const paperWidth = 700;

function draw(place, chart, width) {
  const { height, ...option } = place.option(width, isOnPaper());
  chart.resize({ width, height });
  chart.setOption({ ...common(), aria: { enabled: true, label: { description: place.description } }, ...option }, true);
  const svg = chart.getDom().querySelector("svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
}

/// A figure with a chart. `option(width, paper)` gives ECharts' option for so many pixels, on paper or not, and `height`;
/// `description` says in words what it shows and what is to be seen; `tools`: further elements beside the buttons that save it.
export function figure({ id, description, caption, option, ready, tools = [] }) {
  const said = h("p", { class: "unseen", "aria-live": "polite" });
  const canvas = h("div", { class: "chart", id, role: "img", tabindex: "0", "aria-label": description, "aria-describedby": "chart-keys" });
  const place = { option, description, ready, width: 0 };
  charts.set(canvas, place);
  listenToKeys(canvas, () => place.chart, (text) => { said.textContent = text; });
  const button = (name, action) => h("button", { type: "button", "aria-label": `Save the chart ${id} as ${name}`, onclick: () => action(canvas.querySelector("svg"), id) }, name);
  const bar = h("div", { class: "tools controls" }, tools, button("SVG", saveSvg), button("PNG", savePng));
  return h("figure", {}, bar, canvas, said, caption && h("figcaption", {}, caption));
}

function begin(canvas, place, width) {
  place.chart = init(canvas, chartTheme(), { renderer: "svg", width, height: 100 });
  place.theme = theme.name;
  draw(place, place.chart, width);
  place.ready?.(place.chart);
}

/// Draws the figures that are in the page and whose room, paper or colours have changed.
export function drawAll() {
  for (const [canvas, place] of charts) {
    const width = printing ? Math.min(canvas.clientWidth, paperWidth) : canvas.clientWidth;
    if (width === 0 || (width === place.width && isOnPaper() === place.paper && theme.name === place.theme)) continue;
    place.width = width;
    place.paper = isOnPaper();
    if (place.chart && place.theme !== theme.name) {
      place.chart.dispose();
      place.chart = null;
    }
    if (place.chart) draw(place, place.chart, width);
    else begin(canvas, place, width);
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

/// A button that turns the page dark or light.
export function themeButton() {
  const turn = () => {
    turnTheme();
    drawAll();
  };
  return h("button", { type: "button", class: "controls", onclick: turn }, "Dark or light");
}

/// What is folded is open on paper.
function unfold(now) {
  for (const each of document.querySelectorAll("details")) {
    if (now && !each.open) each.dataset.folded = each.open = true;
    else if (!now && each.dataset.folded) {
      each.open = false;
      delete each.dataset.folded;
    }
  }
}

/// Says of frames that are scrolled which way there is more.
function hintSideways() {
  for (const each of document.querySelectorAll(".scroll")) each.toggleAttribute("data-wide", each.scrollWidth > each.clientWidth + 1);
}

/// Follows the window, its colours, and the paper when the page is printed: figures get their height on paper before pages are
/// counted, and their width with the layout.
export function follow() {
  const all = () => {
    drawAll();
    hintSideways();
  };
  all();
  new ResizeObserver(() => requestAnimationFrame(all)).observe(document.body);
  followTheme(drawAll);
  const turn = (now) => () => {
    if (printing === now) return;
    printing = now;
    onPaper(now);
    unfold(now);
    drawAll();
  };
  window.addEventListener("beforeprint", turn(true));
  window.addEventListener("afterprint", turn(false));
  print.addEventListener("change", ({ matches }) => turn(matches)());
}

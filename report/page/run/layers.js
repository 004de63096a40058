import { h, section } from "../common/dom.js";
import { text, value } from "../common/numbers.js";
import { bounds, shortName, slotKey } from "../common/style.js";
import { copyButton, folded, scrolled, table } from "../common/table.js";
import { legend, slotBar } from "./slots.js";

const kind = ({ kind: name, stride }) => (stride > 1 ? `${name} s${stride}` : name);

const columns = [
  { title: "layer", key: "name", words: true },
  { title: "kind", key: "kind", words: true },
  { title: "ms", key: "ms" },
  { title: "% of cycles", key: "share" },
  { title: "utilization", key: "utilization" },
  { title: "bound by", key: "bound_by", words: true },
];

function cells(data, list, index, length) {
  const row = data[list][index];
  const number = (key, options) => h("td", { class: "number" }, value(data, [list, index, key], options));
  return [
    h("td", { class: "whole" }, list === "layers" ? kind(row) : row.layers > 1 ? "stage" : ""),
    number("ms", { fixed: true }),
    number("share", { percent: true }),
    number("utilization", { percent: true }),
    h("td", { class: "whole" }, row.bound_by),
    h("td", { class: "bars" }, length == null ? null : slotBar(row.array_slots, length)),
  ];
}

function layerRow(data, index, longest) {
  const layer = data.layers[index];
  return h("tr", {}, h("th", { scope: "row", title: layer.choice }, shortName(layer.name)), cells(data, "layers", index, layer.cycles / longest));
}

/// Layers behind their stage, which says what they come to; a stage of one layer is that layer.
function grouped(data, longest) {
  return data.stages.flatMap((stage, index) => {
    const layers = Array.from({ length: stage.layers }, (_, i) => layerRow(data, stage.first_layer + i, longest));
    if (stage.layers === 1) return layers;
    return [h("tr", { class: "stage" }, h("th", { scope: "row" }, stage.name), cells(data, "stages", index, null)), ...layers];
  });
}

function sorted(data, key, sign, longest) {
  const order = data.layers.map((_, index) => index);
  const of = (index) => data.layers[index][key];
  order.sort((a, b) => sign * (typeof of(a) === "number" ? of(a) - of(b) : String(of(a)).localeCompare(String(of(b)))));
  return order.map((index) => layerRow(data, index, longest));
}

/// A click sorts by a column, the largest first, the next one turns the order round, the third groups by stage again.
function layerTable(data) {
  const longest = Math.max(...data.layers.map(({ cycles }) => cycles)) || 1;
  const longestMs = data.layers.find(({ cycles }) => cycles === longest)?.ms ?? 0;
  const body = h("tbody", {}, grouped(data, longest));
  let by = { key: null, clicks: 0 };
  const heads = columns.map(({ title, key, words }) => {
    const turn = () => {
      by = by.key === key ? { key, clicks: (by.clicks + 1) % 3 } : { key, clicks: 1 };
      const down = (by.clicks === 1) !== Boolean(words);
      body.replaceChildren(...(by.clicks === 0 ? grouped(data, longest) : sorted(data, key, down ? -1 : 1, longest)));
      heads.forEach((head) => head.removeAttribute("aria-sort"));
      if (by.clicks > 0) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      body.dispatchEvent(new Event("filled", { bubbles: true }));
    };
    const head = h("th", { scope: "col", class: words ? null : "number" }, h("button", { type: "button", onclick: turn }, title));
    return head;
  });
  const bars = h("th", { scope: "col", class: "bars" }, `where they went, up to ${text(longestMs)} ms`);
  return h("table", { id: "layers", class: "breaks" }, h("caption", {}, "Layers by stage"), h("thead", {}, h("tr", {}, heads, bars)), body);
}

const details = [
  { title: "layer", text: (row) => row.layer.name },
  { title: "cycles", path: (row) => ["layers", row.index, "cycles"] },
  { title: "start", path: (row) => ["layers", row.index, "start_cycle"] },
  { title: "end", path: (row) => ["layers", row.index, "end_cycle"] },
  { title: "largest sum", path: (row) => ["layers", row.index, "largest_magnitude"], absent: "not known" },
  { title: "bits it needs", path: (row) => ["layers", row.index, "accumulator_bits_needed"], absent: "not known" },
  { title: "read bytes", path: (row) => ["layers", row.index, "dram_read_bytes"] },
  { title: "written bytes", path: (row) => ["layers", row.index, "dram_write_bytes"] },
  { title: "schedule", text: (row) => row.layer.choice },
];

const slotColumns = [
  { title: "layer", text: (row) => row.layer.name },
  ...bounds.map((bound) => ({ title: bound, path: (row) => ["layers", row.index, "array_slots", slotKey(bound)] })),
];

export function layers(data) {
  const rows = data.layers.map((layer, index) => ({ layer, index }));
  const made = layerTable(data);
  return section(
    "Latency by layer",
    legend(data),
    copyButton(made, "Layers by stage"),
    scrolled("Layers by stage", made, { whole: true }),
    h("p", { class: "small" }, "A layer's time is that of the array, at it or waiting for it. A bar is its cycles times the array's multipliers, and what they went to: multiply-accumulates of the network (compute), or why a multiplier had none. What most of the others went to bounds the layer, unless nine of ten compute."),
    folded("Cycles, bytes, sums and schedule of each layer", table(data, "Layers", details, rows)),
    folded("What the multipliers did, as a table", table(data, "Multiplier-cycles by layer", slotColumns, rows)),
  );
}

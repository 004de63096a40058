import { figure } from "../common/chart.js";
import { section } from "../common/dom.js";
import { axisNumber, bounds, itemStyle, narrow, rowLabels, shortName, slotKey } from "../common/style.js";
import { folded, table } from "../common/table.js";

function option(data, width, paper) {
  const layers = data.layers;
  const series = bounds.map((bound, index) => ({
    name: bound,
    type: "bar",
    stack: "cycles",
    barCategoryGap: "20%",
    itemStyle: itemStyle(index),
    data: layers.map((layer) => layer.array_slots[slotKey(bound)] || null),
  }));
  const names = layers.map((layer) => shortName(layer.name));
  const labels = rowLabels(names, width, paper);
  return {
    height: 110 + labels.rowHeight * layers.length,
    legend: { top: 0, data: bounds },
    grid: { left: labels.room, right: 20, top: narrow(width) ? 70 : 50, bottom: 40 },
    tooltip: { trigger: "item", formatter: ({ seriesName, value, dataIndex: i }) => `${layers[i].name}<br>${layers[i].cycles.toLocaleString("en-US")} cycles, bound by ${layers[i].bound_by}<br>${seriesName}: ${value.toLocaleString("en-US")} multiplier-cycles` },
    xAxis: { type: "value", name: "multiplier-cycles", nameLocation: "middle", nameGap: 24, axisLabel: { formatter: axisNumber } },
    yAxis: { type: "category", inverse: true, data: names, axisLabel: labels.axisLabel },
    series,
  };
}

const columns = [
  { title: "layer", text: (row) => row.layer.name },
  { title: "kind", text: (row) => (row.layer.stride > 1 ? `${row.layer.kind} s${row.layer.stride}` : row.layer.kind) },
  { title: "cycles", path: (row) => ["layers", row.index, "cycles"] },
  { title: "start", path: (row) => ["layers", row.index, "start_cycle"] },
  { title: "end", path: (row) => ["layers", row.index, "end_cycle"] },
  { title: "utilization", path: (row) => ["layers", row.index, "utilization"], percent: true },
  { title: "bound by", text: (row) => row.layer.bound_by },
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
  return section(
    "Latency by layer",
    figure({
      id: "layers",
      description: `Bars: multiplier-cycles of each of ${rows.length} layers, by what they went to.`,
      caption: "Cycles each layer takes on the array, times the array's multipliers, and what they went to: multiply-accumulates of the network (compute), or why a multiplier had none. What most of the others went to bounds the layer, unless nine of ten compute.",
      option: (width, paper) => option(data, width, paper),
    }),
    folded("Layers as a table", table(data, "Layers", columns, rows)),
    folded("What the multipliers did, as a table", table(data, "Multiplier-cycles by layer", slotColumns, rows)),
  );
}

import { figure } from "../common/chart.js";
import { section } from "../common/dom.js";
import { axisNumber, bounds, itemStyle, narrow, rowLabels, shortName } from "../common/style.js";
import { folded, table } from "../common/table.js";

function option(data, width, paper) {
  const layers = data.layers;
  const series = bounds.map((bound, index) => ({
    name: bound,
    type: "bar",
    stack: "cycles",
    barCategoryGap: "20%",
    itemStyle: itemStyle(index),
    label: { show: index > 0, position: "insideLeft", distance: 4, formatter: bound, color: "#1a1a1a", fontSize: 10, textBorderColor: "#fff", textBorderWidth: 2 },
    data: layers.map((layer) => (layer.bound_by === bound ? layer.cycles : null)),
  }));
  const names = layers.map((layer) => shortName(layer.name));
  const labels = rowLabels(names, width, paper);
  return {
    height: 90 + labels.rowHeight * layers.length,
    legend: { top: 0, data: bounds },
    grid: { left: labels.room, right: 20, top: narrow(width) ? 50 : 30, bottom: 40 },
    tooltip: { trigger: "item", formatter: ({ dataIndex: i }) => `${layers[i].name}<br>${layers[i].cycles.toLocaleString("en-US")} cycles, bound by ${layers[i].bound_by}` },
    xAxis: { type: "value", name: "cycles", nameLocation: "middle", nameGap: 24, axisLabel: { formatter: axisNumber } },
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
  { title: "read bytes", path: (row) => ["layers", row.index, "dram_read_bytes"] },
  { title: "written bytes", path: (row) => ["layers", row.index, "dram_write_bytes"] },
  { title: "schedule", text: (row) => row.layer.choice },
];

export function layers(data) {
  const rows = data.layers.map((layer, index) => ({ layer, index }));
  return section(
    "Latency by layer",
    figure({
      id: "layers",
      description: `Bars: cycles of each of ${rows.length} layers, filled by what bounds the layer.`,
      caption: "Cycles each layer takes on the array, and what bounds it: the array itself, or what it waits for most.",
      option: (width, paper) => option(data, width, paper),
    }),
    folded("Layers as a table", table(data, "Layers", columns, rows)),
  );
}

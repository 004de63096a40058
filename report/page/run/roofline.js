import { figure } from "../common/chart.js";
import { section } from "../common/dom.js";
import { text } from "../common/numbers.js";
import { axisNumber, bounds, itemStyle, lineIcons, narrow, shortName, symbols } from "../common/style.js";
import { theme } from "../common/theme.js";
import { folded, table } from "../common/table.js";

/// The same layers twice: over what passed external memory while the array was at them, and over what passed the AXI
/// port that was busiest meanwhile.
const memory = { id: "roofline", per: "macs_per_dram_byte", peak: "peak_dram_bytes_per_cycle", axis: "MAC per byte of external memory", unit: "MAC/byte" };
const port = { id: "port-roofline", per: "macs_per_port_beat", peak: "peak_port_beats_per_cycle", axis: "MAC per beat of the busiest port", unit: "MAC/beat" };

const intensity = (layer, { per }) => layer.meanwhile[per];

/// The limit for so many MACs per byte or beat.
const limit = (roof, slope, peak, x) => Math.min(peak, x * roof[slope.peak]);

function roof(name, data, slope, peak, range, type) {
  const ridge = peak / data.roofline[slope.peak];
  const corners = [range[0], ridge, range[1]].filter((x) => x >= range[0] && x <= range[1]);
  return {
    name, type: "line", symbol: "none", silent: true, lineStyle: { color: theme.ink, width: 1.5, type }, itemStyle: { color: theme.ink },
    data: corners.map((x) => [x, limit(data.roofline, slope, peak, x)]),
  };
}

/// Where a layer's name is so that it is on no line: below its point, above it where a line is just below, either for one
/// that is on a line; inside the chart at its sides. `decade`: pixels of a power of ten upwards.
function label(data, slope, layer, index, range, decade) {
  const x = intensity(layer, slope), y = layer.macs_per_cycle;
  const lines = ["peak_macs_per_cycle", "peak_macs_per_cycle_1x1"]
    .map((key) => decade * Math.log10(limit(data.roofline, slope, data.roofline[key], x) / y));
  const meets = (low, high) => lines.some((pixels) => pixels > low && pixels < high);
  const onLine = meets(-4, 4), room = 26;
  const above = onLine ? index % 2 === 0 : meets(-room, 0) && !meets(0, room);
  const along = Math.log(x / range[0]) / Math.log(range[1] / range[0]);
  return { position: above ? "top" : "bottom", align: along > 0.9 ? "right" : along < 0.1 ? "left" : "center" };
}

function option(data, slope, width) {
  const layers = data.layers.filter((layer) => intensity(layer, slope) != null && layer.macs_per_cycle > 0);
  const intensities = layers.map((layer) => intensity(layer, slope));
  const powers = (values, round, pick) => 10 ** round(Math.log10(pick(...values)));
  const { peak_macs_per_cycle: peak, peak_macs_per_cycle_1x1: peak1 } = data.roofline;
  const low = powers([...intensities, peak / data.roofline[slope.peak] / 3], Math.floor, Math.min);
  const range = [low, powers([...intensities, 10 * low], Math.ceil, Math.max)];
  const rates = [...layers.map((layer) => layer.macs_per_cycle), limit(data.roofline, slope, peak, low)];
  const floor = powers(rates, Math.floor, Math.min), height = 440, top = narrow(width) ? 75 : 50, bottom = 50;
  const decade = (height - top - bottom) / Math.log10((2 * peak) / floor);
  const roofs = [roof("all multipliers", data, slope, peak, range, "solid")];
  if (peak1 < peak) roofs.push(roof("1x1 kernels", data, slope, peak1, range, "dashed"));
  const points = bounds.map((bound, index) => ({
    name: bound, type: "scatter", symbol: symbols[index], symbolSize: 12, itemStyle: { ...itemStyle(index), decal: undefined },
    label: { show: !narrow(width), distance: 6, formatter: ({ value }) => shortName(value[2]), fontSize: 10, color: theme.ink, textBorderColor: theme.paper, textBorderWidth: 2 },
    labelLayout: { hideOverlap: true },
    data: layers.filter((layer) => layer.bound_by === bound).map((layer, at) => ({
      value: [intensity(layer, slope), layer.macs_per_cycle, layer.name], label: label(data, slope, layer, at, range, decade),
    })),
  })).filter((series) => series.data.length > 0);
  const icons = { "all multipliers": lineIcons.solid, "1x1 kernels": lineIcons.dashed };
  return {
    height,
    legend: { top: 0, itemWidth: 18, itemHeight: 12, data: [...roofs, ...points].map(({ name, symbol }) => ({ name, icon: icons[name] ?? symbol })) },
    grid: { left: 62, right: 30, top, bottom },
    tooltip: { trigger: "item", confine: true, formatter: ({ value }) => `${value[2]}<br>${text(value[0])} ${slope.unit}<br>${text(value[1])} MAC/cycle` },
    xAxis: { type: "log", min: range[0], max: range[1], name: slope.axis, nameLocation: "middle", nameGap: 28, axisLabel: { formatter: axisNumber } },
    yAxis: { type: "log", min: floor, max: 2 * peak, name: "MAC/cycle", axisLabel: { formatter: axisNumber, showMaxLabel: false } },
    series: [...roofs, ...points],
  };
}

const columns = [
  { title: "layer", text: (row) => row.layer.name },
  { title: "MAC", path: (row) => ["layers", row.index, "macs"] },
  { title: "MAC per DRAM byte", path: (row) => ["layers", row.index, "meanwhile", "macs_per_dram_byte"] },
  { title: "busiest port", path: (row) => ["layers", row.index, "meanwhile", "busiest_port"], words: true },
  { title: "MAC per beat there", path: (row) => ["layers", row.index, "meanwhile", "macs_per_port_beat"] },
  { title: "MAC per cycle", path: (row) => ["layers", row.index, "macs_per_cycle"] },
];

const limits = [
  { title: "limit", text: ([name]) => name },
  { title: "per cycle", path: ([, key]) => ["roofline", key] },
];

const empty = (data, slope) => data.layers.every((layer) => intensity(layer, slope) == null);

function chart(data, slope, description, caption) {
  if (empty(data, slope)) return null;
  return figure({ id: slope.id, description, caption, option: (width) => option(data, slope, width) });
}

function finding({ layers }) {
  const counts = bounds.map((bound) => [bound, layers.filter((layer) => layer.bound_by === bound).length]).filter(([, count]) => count > 0);
  return `Layers by what bounds them: ${counts.map(([bound, count]) => `${bound} ${count}`).join(", ")}.`;
}

export function roofline(data) {
  return section(
    "Roofline",
    chart(data, memory,
      `Scatter on logarithmic axes: multiply-accumulates per cycle of each layer over its multiply-accumulates per byte of external memory, below the limits of the array and of the memory. ${finding(data)}`,
      "A layer near a line is limited by it: by the multipliers on the flat part, by external memory's peak on the slope. Bytes are those that passed while the array was at the layer, whichever layer they were for. Layers without any are only in the table."),
    chart(data, port,
      `Scatter on logarithmic axes: multiply-accumulates per cycle of each layer over its multiply-accumulates per beat of data on the busiest AXI port, below the limits of the array and of the port. ${finding(data)}`,
      "The same for the AXI port whose data channel was busiest meanwhile: it carries a beat in a cycle of the AXI clock at most."),
    table(data, "Limits", limits, [
      ["MAC, all multipliers", "peak_macs_per_cycle"],
      ["MAC, 1x1 kernels", "peak_macs_per_cycle_1x1"],
      ["bytes of external memory", "peak_dram_bytes_per_cycle"],
      ["beats of a port, each direction", "peak_port_beats_per_cycle"],
    ]),
    folded("Roofline as a table", table(data, "Layers", columns, data.layers.map((layer, index) => ({ layer, index })))),
  );
}

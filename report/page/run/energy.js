import { figure } from "../common/chart.js";
import { section } from "../common/dom.js";
import { text } from "../common/numbers.js";
import { estimated } from "../common/style.js";
import { theme } from "../common/theme.js";
import { folded, table } from "../common/table.js";

const words = (name) => name.replace(/_/g, " ");
const labelOf = ([name, part]) => (part.energy_mj == null ? `${words(name)}, not known` : words(name));

function option(data) {
  const parts = Object.entries(data.energy.parts);
  const most = Math.max(...parts.map(([, part]) => part.energy_mj ?? 0)) || 1;
  return {
    height: 60 + 28 * parts.length,
    grid: { left: parts.some(([, part]) => part.energy_mj == null) ? 195 : 125, right: 70, top: 10, bottom: 45 },
    tooltip: { trigger: "item", confine: true, formatter: ({ name, value }) => `${name}: ${text(value, { digits: 6 })} mJ` },
    xAxis: { type: "value", max: most, name: "mJ", nameLocation: "middle", nameGap: 26, axisLabel: { hideOverlap: true, showMaxLabel: false, formatter: (value) => text(value) } },
    yAxis: { type: "category", inverse: true, data: parts.map(labelOf) },
    series: [{
      type: "bar", barCategoryGap: "30%", itemStyle: estimated(),
      label: { show: true, position: "right", color: theme.ink, formatter: ({ value }) => text(value) },
      data: parts.map(([, part]) => part.energy_mj),
    }],
  };
}

function finding({ energy: { parts } }) {
  const known = Object.entries(parts).filter(([, { energy_mj: energy }]) => energy != null);
  if (known.length === 0) return "";
  const [name, { energy_mj: most }] = known.reduce((best, part) => (part[1].energy_mj > best[1].energy_mj ? part : best));
  return `The largest part is ${words(name)} with ${text(most)} mJ.`;
}

const columns = [
  { title: "part", text: words },
  { title: "count", path: (name) => ["energy", "parts", name, "count"] },
  { title: "of", path: (name) => ["energy", "parts", name, "counted"], words: true },
  { title: "pJ for one", path: (name) => ["energy", "parts", name, "pj_per_one"], absent: "not known" },
  { title: "mJ", path: (name) => ["energy", "parts", name, "energy_mj"], digits: 6, absent: "not known" },
  { title: "share", path: (name) => ["energy", "parts", name, "share"], percent: true, absent: "not known" },
];

const layerColumns = [
  { title: "layer", text: (row) => row.layer.name },
  { title: "mJ", path: (row) => ["layers", row.index, "dynamic_energy_mj"], digits: 6, absent: "not known" },
];

export function energy(data) {
  const rows = data.layers.map((layer, index) => ({ layer, index }));
  return section(
    "Energy of a frame, estimated",
    figure({
      id: "energy",
      description: `Bars: millijoules of a frame by what they are spent on. ${finding(data)}`,
      caption: "Hatched: an estimate. What the simulation counted, times a price for each; how far off the prices are is not known, nothing was measured. The prices are parameters with their sources, listed under energy in the configuration. Host, I/O and regulators are not included.",
      option: () => option(data),
    }),
    table(data, "Parts of the energy", columns, Object.keys(data.energy.parts)),
    folded("Energy by layer", table(data, "Operations, on-chip bytes and DRAM bytes of each layer", layerColumns, rows)),
  );
}

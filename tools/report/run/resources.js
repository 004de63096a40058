import { figure } from "../common/chart.js";
import { section } from "../common/dom.js";
import { text } from "../common/numbers.js";
import { ink, itemStyle } from "../common/style.js";
import { table } from "../common/table.js";

const names = { lut: "LUT", ff: "FF", bram18: "BRAM18", uram: "URAM", dsp: "DSP" };
const keys = Object.keys(names);

function option(data) {
  const label = (key) => `${text(data.resources[key])} of ${text(data.device[key])}`;
  const most = Math.max(1, ...keys.map((key) => data.device_share[key]));
  return {
    height: 60 + 34 * keys.length,
    grid: { left: 70, right: 30, top: 10, bottom: 30 },
    tooltip: { trigger: "item", formatter: ({ name, dataIndex }) => `${name}: ${label(keys[dataIndex])}` },
    xAxis: { type: "value", max: most, axisLabel: { formatter: (share) => `${Math.round(100 * share)} %` } },
    yAxis: { type: "category", inverse: true, data: keys.map((key) => names[key]) },
    series: [{
      type: "bar", barCategoryGap: "30%", itemStyle: itemStyle(4),
      label: { show: true, position: "insideLeft", distance: 6, color: ink, formatter: ({ dataIndex }) => label(keys[dataIndex]), textBorderColor: "#fff", textBorderWidth: 2 },
      data: keys.map((key) => data.device_share[key]),
    }],
  };
}

const columns = [
  { title: "resource", text: (key) => names[key] },
  { title: "used", path: (key) => ["resources", key] },
  { title: "K26 has", path: (key) => ["device", key] },
  { title: "share", path: (key) => ["device_share", key], percent: true },
];

export function resources(data) {
  return section(
    "Resources",
    figure({
      id: "resources",
      description: "Bars: share of the K26's LUT, FF, block RAM, URAM and DSP that the accelerator takes.",
      caption: "Block RAM is counted from depths and widths; LUT and FF are the published figures scaled by the number of multiply-accumulate cells, without synthesis.",
      option: () => option(data),
    }),
    table(data, "Resources on the K26", columns, keys),
  );
}

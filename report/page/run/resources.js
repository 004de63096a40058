import { figure } from "../common/chart.js";
import { section } from "../common/dom.js";
import { text, value } from "../common/numbers.js";
import { counted, estimated } from "../common/style.js";
import { theme } from "../common/theme.js";
import { folded, table } from "../common/table.js";

const names = { lut: "LUT", ff: "FF", bram18: "BRAM18", uram: "URAM", dsp: "DSP" };
const keys = Object.keys(names);

/// Memories are counted; logic is an estimate, and that of some units is missing.
const isEstimate = (data, key) => (key === "lut" || key === "ff" || key === "dsp") && data.resources[key] > 0;

function finding(data) {
  const known = keys.filter((key) => data.device_share[key] != null);
  const most = known.reduce((best, key) => (data.device_share[key] > data.device_share[best] ? key : best));
  return `Most is taken of the ${names[most]}: ${text(data.device_share[most], { percent: true })}.`;
}

function option(data) {
  const label = (key) => `${isEstimate(data, key) ? "at least " : ""}${text(data.resources[key])} of ${text(data.device[key])}`;
  const most = Math.max(1, ...keys.map((key) => data.device_share[key] ?? 0));
  return {
    height: 100 + 34 * keys.length,
    grid: { left: 70, right: 40, top: 30, bottom: 45 },
    tooltip: { trigger: "item", formatter: ({ name, dataIndex }) => `${name}: ${label(keys[dataIndex])}` },
    xAxis: { type: "value", max: most > 1 ? Math.ceil(10 * most) / 10 : 1, name: `% of what the ${data.device.name} has`, nameLocation: "middle", nameGap: 28, axisLabel: { formatter: (share) => `${Math.round(100 * share)} %` } },
    yAxis: { type: "category", inverse: true, data: keys.map((key) => names[key]) },
    series: [{
      type: "bar", barCategoryGap: "30%",
      markLine: { symbol: "none", silent: true, lineStyle: { type: "dashed", color: theme.ink, width: 2 }, label: { formatter: `all of the ${data.device.name}`, position: "start", align: "right", color: theme.ink }, data: [{ xAxis: 1 }] },
      label: { show: true, position: "insideLeft", distance: 6, color: theme.ink, formatter: ({ dataIndex }) => label(keys[dataIndex]), backgroundColor: theme.paper, padding: [1, 4] },
      data: keys.map((key) => ({ value: data.device_share[key], itemStyle: isEstimate(data, key) ? estimated() : counted() })),
    }],
  };
}

const columns = [
  { title: "resource", text: (key) => names[key] },
  { title: "used", path: (key) => ["resources", key] },
  { title: "the device has", path: (key) => ["device", key] },
  { title: "share", path: (key) => ["device_share", key], percent: true },
];

const partColumns = [
  { title: "part", text: (part) => part },
  ...keys.map((key) => ({ title: names[key], path: (part) => ["resources_by_part", part, key] })),
];

function deviceTable(data) {
  const share = (index) => data.devices[index].largest_share;
  return table(data, "Devices", [
    { title: "device", text: (index) => data.devices[index].name },
    { title: "fits", text: (index) => (data.devices[index].fits ? "yes" : "no") },
    { title: "largest share", text: (index) => (share(index) === null ? "has none of what is needed" : value(data, ["devices", index, "largest_share"], { percent: true })) },
    ...keys.map((key) => ({ title: names[key], path: (index) => ["devices", index, key] })),
    { title: "data sheet", text: (index) => data.devices[index].source },
  ], [...data.devices.keys()]);
}

export function resources(data) {
  return section(
    "Resources",
    figure({
      id: "resources",
      description: `Bars: share of the LUT, FF, block RAM, URAM and DSP of the ${data.device.name} that the accelerator takes. ${finding(data)}`,
      caption: `Solid: counted. Hatched: an estimate, and a lower bound. Memories are counted from depths and widths. LUT and FF are an estimate: what Yosys makes of the RTL of array and quantizer. Those of ${data.resources_not_counted.join(", ")} are not counted.`,
      option: () => option(data),
    }),
    table(data, `Resources on the ${data.device.name}`, columns, keys),
    folded("Resources by part", table(data, "Resources by part", partColumns, Object.keys(data.resources_by_part))),
    folded("Other devices", deviceTable(data)),
  );
}

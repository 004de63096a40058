import { theme } from "./theme.js";

/// Fills that differ in colour, in lightness and in pattern.
const line = (rotation, gap = 5, width = 1) => ({
  symbol: "rect", dashArrayX: [1, 0], dashArrayY: [width, gap], rotation, color: "rgba(0,0,0,0.6)",
});
const dots = { symbol: "circle", symbolSize: 0.7, dashArrayX: [[5, 5], [0, 5, 5, 0]], dashArrayY: [4, 0], color: "rgba(0,0,0,0.55)" };
const none = { symbol: "none", color: "rgba(0,0,0,0)" };

const patterns = [
  { color: "#1f4e79", decal: none, dark: "#6cb2ee" },
  { color: "#e69f00", decal: line(Math.PI / 4) },
  { color: "#9fd3f5", decal: line(-Math.PI / 4) },
  { color: "#f5c3dc", decal: dots },
  { color: "#bfc5cc", decal: none },
  { color: "#56b89a", decal: line(0) },
  { color: "#f0e442", decal: line(Math.PI / 2) },
  { color: "#d98b5f", decal: line(Math.PI / 4, 2) },
  { color: "#ffffff", decal: line(Math.PI / 4, 8) },
  { color: "#b9a3e3", decal: line(-Math.PI / 4, 2) },
  { color: "#cfe8c5", decal: dots },
  { color: "#8a8f98", decal: line(Math.PI / 2, 3) },
  { color: "#ffffff", decal: line(0, 3) },
  { color: "#fbe3b0", decal: line(-Math.PI / 4, 8) },
];

export const fillCount = patterns.length;

export function fill(index) {
  const { color, decal, dark } = patterns[index % patterns.length];
  return { color: (theme.name === "dark" && dark) || color, decal };
}

export const itemStyle = (index) => ({ ...fill(index), borderColor: theme.name === "dark" ? theme.ink : "#333", borderWidth: 0.5 });

/// What is an estimate and no count: hatched.
export const estimated = () => ({ color: theme.name === "dark" ? "#7b8794" : "#d3d9e0", decal: line(Math.PI / 4, 4), borderColor: theme.ink, borderWidth: 0.5 });
/// What is counted.
export const counted = () => ({ color: theme.busy, decal: none, borderColor: theme.ink, borderWidth: 0.5 });

function cssFill({ color, decal }) {
  if (decal === none) return color;
  if (decal === dots) return `radial-gradient(circle at 2px 2px, ${decal.color} 1px, transparent 1.2px) 0 0 / 5px 5px, ${color}`;
  const [width, gap] = decal.dashArrayY;
  const degrees = -Math.round((decal.rotation * 180) / Math.PI);
  return `repeating-linear-gradient(${degrees}deg, ${decal.color} 0 ${width}px, transparent ${width}px ${width + gap}px), ${color}`;
}

/// The same fills for elements of the page: those of the class "piece" with data-fill.
export function fillRules() {
  return patterns.map(({ color, decal, dark }, index) => {
    const rule = (shade, theme) => `${theme}.piece[data-fill="${index}"] { background: ${cssFill({ color: shade, decal })}; }`;
    return rule(color, "") + (dark ? rule(dark, '[data-theme="dark"] ') : "");
  }).join("\n");
}

/// What multipliers do, and what can bound a layer: each with a fill and a symbol of its own.
export const bounds = ["compute", "weights", "activations", "banks", "residuals", "latency", "lanes", "channel padding", "core rows"];
export const boundIndex = (bound) => Math.max(0, bounds.indexOf(bound));
export const symbols = ["circle", "triangle", "rect", "diamond", "pin", "arrow", "roundRect", "path://M0,0H2V1H1V2H0Z", "path://M0,0H3V1H0ZM0,2H3V3H0Z"];
/// The key of a bound in array_slots.
export const slotKey = (bound) => bound.replace(" ", "_");

/// Lines in a legend as they are in the chart.
export const lineIcons = {
  solid: "path://M0,0H24V2H0Z",
  dashed: "path://M0,0H6V2H0ZM9,0H15V2H9ZM18,0H24V2H18Z",
  dotted: "path://M0,0H2V2H0ZM4,0H6V2H4ZM8,0H10V2H8ZM12,0H14V2H12ZM16,0H18V2H16ZM20,0H22V2H20Z",
};

/// Layer names without what all of them share.
export const shortName = (name) => name.replace(/^backbone\./, "");

/// Whether there is so little room that labels must be short.
export const narrow = (width) => width < 560;

/// Axis labels of large numbers: 20k, 3M.
export function axisNumber(number) {
  if (Math.abs(number) >= 1e6) return `${number / 1e6}M`;
  if (Math.abs(number) >= 1e3) return `${number / 1e3}k`;
  return String(number);
}

const ruler = document.createElement("canvas").getContext("2d");

/// How names beside the rows of a chart are drawn so that none is cut: `room` for the longest, at most 45 % of the
/// width, beyond which names go on in a second line, and the height of a row; on paper all is smaller.
export function rowLabels(names, width, paper) {
  const fontSize = paper ? 10 : 11;
  ruler.font = `${fontSize}px system-ui, sans-serif`;
  const longest = Math.ceil(Math.max(...names.map((name) => ruler.measureText(name).width))) + 4;
  const most = Math.floor(0.45 * width) - 10;
  const lines = Math.ceil(longest / most);
  return {
    room: Math.min(longest, most) + 10,
    rowHeight: Math.max(paper ? 15 : 20, 4 + 12 * lines),
    axisLabel: { interval: 0, fontSize, lineHeight: 12, ...(lines > 1 && { width: most, overflow: "breakAll" }) },
  };
}

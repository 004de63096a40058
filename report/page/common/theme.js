/// Colours of light and dark pages. Charts read them when they are drawn, and are drawn again when they change.
const light = { ink: "#1a1a1a", paper: "#ffffff", quiet: "#5c6670", grid: "#dde2e8", busy: "#1f4e79", wait: "#c5ccd6", idle: "#ffffff" };
const dark = { ink: "#e8eaed", paper: "#15181c", quiet: "#a9b2bc", grid: "#333a42", busy: "#6cb2ee", wait: "#4d5661", idle: "#15181c" };

export const theme = { ...light, name: "light" };

const system = window.matchMedia("(prefers-color-scheme: dark)");
let chosen = null;
let printing = false;

/// Paper is always light.
function apply() {
  const name = printing ? "light" : (chosen ?? (system.matches ? "dark" : "light"));
  Object.assign(theme, name === "dark" ? dark : light, { name });
  document.documentElement.dataset.theme = name;
}

apply();

/// Calls `changed` when the system's theme has changed.
export function followTheme(changed) {
  system.addEventListener("change", () => {
    apply();
    changed();
  });
}

/// Turns to the other theme.
export function turnTheme() {
  chosen = theme.name === "dark" ? "light" : "dark";
  apply();
}

export function onPaper(now) {
  printing = now;
  apply();
}

/// Axes, legends and titles of charts, as ECharts takes them.
export function chartTheme() {
  const axis = {
    axisLine: { lineStyle: { color: theme.quiet } }, axisTick: { lineStyle: { color: theme.quiet } }, axisLabel: { color: theme.ink },
    nameTextStyle: { color: theme.ink }, splitLine: { lineStyle: { color: theme.grid } },
  };
  return {
    categoryAxis: axis, valueAxis: axis, logAxis: axis,
    legend: { textStyle: { color: theme.ink }, inactiveColor: theme.quiet },
    tooltip: { backgroundColor: theme.paper, borderColor: theme.quiet, textStyle: { color: theme.ink } },
    parallel: { parallelAxisDefault: axis },
  };
}

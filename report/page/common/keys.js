/// What a reader without a mouse can look at: places of a chart's data, in the order of the keys.
function stops(chart) {
  const { series, tooltip, dataZoom } = chart.getOption();
  const { startValue = -Infinity, endValue = Infinity } = dataZoom?.[0] ?? {};
  if (tooltip?.[0]?.trigger === "axis")
    return (series[0]?.data ?? []).map(([x], dataIndex) => ({ seriesIndex: 0, dataIndex, x })).filter(({ x }) => x >= startValue && x <= endValue);
  const found = series.flatMap(({ data = [], silent, type }, seriesIndex) =>
    silent || type === "parallel" ? [] : data.map((value, dataIndex) => ({ seriesIndex, dataIndex, value })).filter(({ value }) => value != null));
  return series.some(({ type }) => type === "bar") ? found.sort((a, b) => a.dataIndex - b.dataIndex || a.seriesIndex - b.seriesIndex) : found;
}

const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

function words(canvas) {
  const tip = [...canvas.children].find((each) => each.tagName === "DIV" && each.style.pointerEvents === "none");
  return tip?.innerText.replace(/\n+/g, ", ") ?? "";
}

/// Arrow keys go through the chart's values and show them as a pointer would, Escape ends that.
/// `say` gets the words of each.
export function listenToKeys(canvas, chartOf, say) {
  let at = -1;
  const show = (chart, places) => {
    const { seriesIndex, dataIndex } = places[at];
    chart.dispatchAction({ type: "showTip", seriesIndex, dataIndex });
    setTimeout(() => say(words(canvas)), 0);
  };
  canvas.addEventListener("keydown", (event) => {
    const chart = chartOf();
    if (!chart || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      chart.dispatchAction({ type: "hideTip" });
      at = -1;
      return;
    }
    const places = stops(chart);
    if (!(event.key in steps) && event.key !== "Home" && event.key !== "End") return;
    if (places.length === 0) return;
    event.preventDefault();
    const last = places.length - 1;
    if (event.key === "Home") at = 0;
    else if (event.key === "End") at = last;
    else at = Math.min(Math.max(at + steps[event.key], 0), last);
    show(chart, places);
  });
  canvas.addEventListener("blur", () => chartOf()?.dispatchAction({ type: "hideTip" }));
}

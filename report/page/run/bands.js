import { shortName } from "../common/style.js";
import { theme } from "../common/theme.js";

const most = 9;

/// Stages of the network with the cycles in which the array is at them.
function stages(data) {
  return data.stages.map(({ name, first_layer: first, layers }) => ({ name, begin: data.layers[first].start_cycle, end: data.layers[first + layers - 1].end_cycle }));
}

const layersOf = (data) => data.layers.map((layer) => ({ name: shortName(layer.name), begin: layer.start_cycle, end: layer.end_cycle }));

/// What is named in a strip above a chart over time from `begin` to `end`: layers if there are few, otherwise stages. Names for
/// which there is no room in `width` pixels are left out.
export function bands(data, [begin, end], width) {
  const inside = (all) => all.filter((each) => each.end > begin && each.begin < end);
  const layers = inside(layersOf(data));
  const shown = layers.length <= most ? layers : inside(stages(data));
  const pixels = (each) => ((Math.min(each.end, end) - Math.max(each.begin, begin)) / (end - begin)) * width;
  return shown.map((each, index) => [
    {
      xAxis: Math.max(each.begin, begin), itemStyle: { color: theme.wait, opacity: index % 2 === 0 ? 0.9 : 0.35 },
      label: { show: 6.2 * each.name.length < pixels(each), formatter: each.name, position: "inside", color: theme.ink, fontSize: 11 },
    },
    { xAxis: Math.min(each.end, end) },
  ]);
}

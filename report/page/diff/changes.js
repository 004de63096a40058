import { figure } from "../common/chart.js";
import { text } from "../common/numbers.js";
import { axisNumber, itemStyle, rowLabels, shortName } from "../common/style.js";

const most = 20;

/// A bar for each change of cycles from the first run, the largest on top.
export function changes(data, id, list, name) {
  const rows = data[list].slice(0, most);
  const largest = rows.find((row) => row.change.some((each) => each));
  if (!largest) return null;
  const finding = `The largest change is that of ${largest[name]}, by ${largest.change.map((each) => text(each)).join(" and ")} cycles.`;
  const option = (width, paper) => {
    const names = rows.map((row) => shortName(row[name]));
    const { room, rowHeight, axisLabel } = rowLabels(names, width, paper);
    return {
      height: 90 + rowHeight * names.length * Math.max(1, data.runs.length - 1),
      legend: { top: 0 },
      grid: { left: room, right: 20, top: 40, bottom: 45 },
      tooltip: { trigger: "item", confine: true, formatter: ({ seriesName, name: row, value }) => `${row}<br>${seriesName}: ${text(value)} cycles` },
      xAxis: { type: "value", name: "cycles more than A", nameLocation: "middle", nameGap: 26, axisLabel: { formatter: axisNumber, hideOverlap: true } },
      yAxis: { type: "category", inverse: true, data: names, axisLabel, axisLine: { onZero: false } },
      series: data.runs.slice(1).map((_, index) => ({
        name: `${String.fromCharCode(66 + index)} - A`, type: "bar", itemStyle: itemStyle(index), data: rows.map((row) => row.change[index]),
      })),
    };
  };
  const caption = data[list].length > most ? `The ${most} largest changes of ${data[list].length}; the table has all.` : null;
  return figure({ id, description: `One bar per part: cycles more or less than in the first run. ${finding}`, caption, option });
}

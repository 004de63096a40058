// What must hold of the charts, whatever they show.
import assert from "node:assert/strict";

/// Texts of all charts that are cut: wider than their chart, or shortened.
const cutTexts = () => [...document.querySelectorAll(".chart svg")].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return text.textContent.includes("...") || text.textContent.includes("…") || box.left < frame.left - 1 || box.right > frame.right + 1;
  }).map((text) => `${svg.closest(".chart").id}: ${text.textContent}`);
});

export async function checkNoTextIsCut(page, what) {
  assert.deepEqual(await page.evaluate(cutTexts), [], `${what}: names in charts are cut`);
}

/// The lines of the roofline, and the names of layers that a line goes through.
const roofs = (names) => {
  const lines = [...document.querySelectorAll("#roofline svg path[stroke-width='1.5'][fill='none']")];
  const points = lines.flatMap((line) => Array.from({ length: 1001 }, (_, i) => line.getPointAtLength((i / 1000) * line.getTotalLength()).matrixTransform(line.getScreenCTM())));
  const labels = [...document.querySelectorAll("#roofline svg text")].filter((text) => names.includes(text.textContent));
  const isOnLine = (text) => {
    const box = text.getBoundingClientRect();
    return points.some(({ x, y }) => x > box.left && x < box.right && y > box.top && y < box.bottom);
  };
  return { lines: lines.map((line) => line.getBoundingClientRect().height), labels: labels.length, crossed: labels.filter(isOnLine).map((text) => text.textContent) };
};

export async function checkRoofline(page, run, width) {
  const names = run.layers.map(({ name }) => name.replace(/^backbone\./, ""));
  const { lines, labels, crossed } = await page.evaluate(roofs, names);
  assert.ok(lines.length >= 2, "the roofline has a line for all kernels and one for 1x1 kernels");
  for (const height of lines) assert.ok(height > 20, `the slope of external memory is seen: it is ${height} px high`);
  assert.ok(width < 560 || labels > 3, "layers are named where there is room");
  assert.deepEqual(crossed, [], "names that lie on a line");
}

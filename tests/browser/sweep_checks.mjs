// What must hold of the page of a sweep.
import assert from "node:assert/strict";

const groupName = ({ network, input_size: inputSize }) => `${network}, ${inputSize}`;
const pathsOf = (id) => (page) => page.evaluate((selector) => [...document.querySelectorAll(`${selector} tbody th [data-path], ${selector} tbody th[data-path]`)].map((each) => JSON.parse(each.dataset.path)[1]), `#${id}`);
const shownPoints = pathsOf("points");
const foldedPoints = pathsOf("not-simulated");

/// The points of a group that no other of it beats.
function frontOf(points, objectives) {
  const cost = (point, { figure, maximise }) => (maximise ? -1 : 1) * point.figures[figure];
  const beats = (a, b) => objectives.every((each) => cost(a, each) <= cost(b, each)) && objectives.some((each) => cost(a, each) < cost(b, each));
  const candidates = points.filter((point) => point.keeps_constraints);
  return candidates.filter((point) => !candidates.some((other) => beats(other, point)));
}

export function checkFronts(sweep) {
  assert.ok(sweep.groups.length > 1);
  sweep.groups.forEach((group, index) => {
    const points = sweep.points.filter((point) => point.group === index);
    const front = frontOf(points, sweep.objectives);
    assert.deepEqual(points.filter(({ pareto }) => pareto), front, `the front of ${groupName(group)} is that of its own points`);
    assert.equal(group.counts.pareto, front.length);
    assert.ok(front.length > 0);
  });
}

/// The table of points: best first, without blanks, in rows of one line; the others with their reasons in a table of their own.
export async function checkPoints(page, sweep) {
  const shown = (await shownPoints(page)).map((index) => sweep.points[index]);
  assert.ok(shown.length > 1);
  const standings = ["front", "keeps", "breaks"];
  const places = shown.map((point) => standings.indexOf(point.standing));
  assert.deepEqual(places, [...places].sort((a, b) => a - b), "the front comes first, then what keeps the constraints, then the rest");
  const { figure } = sweep.objectives[0];
  for (const standing of standings.slice(0, 2)) {
    const figures = shown.filter((point) => point.standing === standing).map((point) => point.figures[figure]);
    assert.deepEqual(figures, [...figures].sort((a, b) => b - a), `of ${standing} the largest ${figure} comes first`);
  }
  assert.equal(shown[0].pareto, true);
  const tallest = await page.evaluate(() => Math.max(...[...document.querySelectorAll("#points tbody tr")].map((row) => row.offsetHeight)));
  assert.ok(tallest < 35, `rows are one line high, not ${tallest} px`);
  const folded = await foldedPoints(page);
  assert.equal(folded.length, sweep.points.filter((point) => point.group === shown[0].group && point.reason !== "").length);
  assert.ok(folded.length > 0 && folded.every((index) => sweep.points[index].reason !== ""), "points that were not simulated are folded away with their reasons");
  const cards = await page.locator("dl.headline dt").allTextContents();
  assert.ok(cards.includes("Not simulated"), "their number is called what it is");
}

/// The answer in words is above all charts and tables, and names the first point of the front; then comes the front.
export async function checkAnswer(page, sweep) {
  const said = await page.locator("#answer").textContent();
  for (const sentence of sweep.answers[0].sentences) assert.ok(said.includes(sentence), sentence);
  const best = sweep.points.find((point) => point.group === 0);
  assert.ok(said.includes(`point ${best.number} `), `${said} names point ${best.number}`);
  const tops = await page.evaluate(() => ["#answer", "#front", "dl.headline", "#pareto", "#points"].map((id) => document.querySelector(id).getBoundingClientRect().top));
  assert.deepEqual(tops, [...tops].sort((a, b) => a - b), "the answer is first, then the front");
  const front = (await pathsOf("front")(page)).map((index) => sweep.points[index]);
  assert.ok(front.length > 0 && front.every(({ pareto }) => pareto));
  assert.equal(await page.locator("#state").count(), 0, "a complete sweep has no warning");
}

/// Every step of every axis is there with its pairs: those of points that differ in nothing else.
export async function checkSensitivity(page, sweep) {
  const figure = sweep.objectives[0].figure;
  const group = sweep.groups[0];
  const effects = group.sensitivity.filter((each) => each.figure === figure);
  const rows = await page.locator("#pairs tbody tr").count();
  assert.equal(rows, effects.reduce((sum, { steps }) => sum + steps.length + (steps.length > 1 ? 1 : 0), 0));
  const points = sweep.points.filter((point) => point.group === 0 && point.figures[figure] != null);
  for (const { axis, steps } of effects)
    for (const { from, to, pairs } of steps) {
      const same = (a, b) => Object.keys(a.axes).every((name) => name === axis || a.axes[name] === b.axes[name]);
      const expected = points.filter((a) => a.axes[axis] === from).flatMap((a) => points.filter((b) => b.axes[axis] === to && same(a, b)));
      assert.equal(pairs, expected.length, `${axis} ${from} to ${to}`);
    }
}

/// A sweep that lacks points says so above all else.
export async function checkInterrupted(page, sweep) {
  assert.ok(sweep.state.missing > 0);
  const said = await page.locator("#state").textContent();
  assert.ok(said.startsWith(`${sweep.state.missing} of ${sweep.state.planned} points are missing`), said);
  assert.ok(said.includes("--resume"), said);
  const tops = await page.evaluate(() => ["#state", "#answer"].map((id) => document.querySelector(id).getBoundingClientRect().top));
  assert.ok(tops[0] < tops[1]);
}

/// Every network and input size can be chosen, and everything follows.
export async function checkGroups(page, sweep, checkValues) {
  const choice = page.getByLabel("Network and input size:");
  for (const [index, group] of sweep.groups.entries()) {
    await choice.selectOption({ label: groupName(group) });
    const points = await shownPoints(page);
    assert.equal(points.length, group.counts.simulated);
    assert.ok(points.every((each) => sweep.points[each].group === index), `only points of ${groupName(group)} are in the table`);
    const paths = await page.evaluate(() => [...document.querySelectorAll("[data-path]")].map((each) => JSON.parse(each.dataset.path)).filter(([first]) => first !== "points"));
    assert.ok(paths.length > 5 && paths.every(([key, at]) => key === "groups" && at === index), `counts and sensitivity are those of ${groupName(group)}`);
    const compared = await page.evaluate(() => [...document.querySelectorAll("#compare [data-path]")].map((each) => JSON.parse(each.dataset.path)[1]));
    assert.ok(compared.every((each) => sweep.points[each].group === index), `only points of ${groupName(group)} are compared`);
    for (const id of ["pareto", "parallel", "sensitivity"]) assert.ok((await page.locator(`#${id} svg path`).count()) >= 5, `${id} of ${groupName(group)} is drawn`);
    await checkValues();
  }
  await choice.selectOption({ label: "all" });
  assert.equal((await shownPoints(page)).length, sweep.counts.simulated, "all points can be shown together");
  await checkValues();
  await choice.selectOption({ label: groupName(sweep.groups[0]) });
}

/// Every axis is named in the parallel coordinates, and both points can be compared without scrolling.
export async function checkRoom(page, sweep, width) {
  const names = await page.locator("#parallel svg text").allTextContents();
  for (const { name } of sweep.groups[0].axes) assert.ok(names.includes(name.replace(/^[^.]*\./, "")), `${name} is named in ${names}`);
  for (const { figure } of sweep.objectives) assert.ok(names.includes(figure), `${figure} is named`);
  const right = await page.evaluate(() => Math.max(...[...document.querySelectorAll("#compare .number")].map((cell) => cell.getBoundingClientRect().right)));
  assert.ok(right <= width, `both compared points are inside the page: ${right} of ${width} px`);
  assert.ok(await page.evaluate(() => { const { clientHeight, scrollHeight } = document.querySelector("#compare").parentElement; return scrollHeight <= clientHeight; }), "the comparison is shown to its last row");
}

/// On A4 with margins of 12 mm.
export async function checkPaper(page) {
  const [width, height] = [703, 1032];
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ media: "print" });
  await page.waitForTimeout(300);
  const beyond = await page.evaluate(() => [...document.querySelectorAll("h1, p, table, svg, pre")].filter((each) => each.getBoundingClientRect().right > window.innerWidth + 1).map((each) => each.outerHTML.slice(0, 100)));
  assert.deepEqual(beyond, [], "paper would cut these off");
  const titles = await page.evaluate(() => [...document.querySelectorAll("#points thead th")].filter((each) => each.offsetWidth > 0).map((each) => each.textContent));
  for (const title of ["point", "standing", "lanes", "fps", "lut", "latency_ms"]) assert.ok(titles.includes(title), `${title} is printed`);
  const bottom = await page.evaluate(() => document.querySelector("#pareto").getBoundingClientRect().bottom + window.scrollY);
  assert.ok(bottom < height, `answer and front are on the first page: they end at ${bottom} px`);
  await page.emulateMedia({ media: "screen" });
}

/// A sweep of many points none of which keeps the constraints.
export async function checkHopeless(page, sweep) {
  assert.equal(sweep.counts.pareto, 0);
  const best = sweep.points.map((point, index) => ({ point, index })).sort((a, b) => b.point.figures.fps - a.point.figures.fps || a.index - b.index).slice(0, 2).map(({ point }) => String(point.number));
  const compared = await page.locator("#compare tbody tr").first().locator("td.number").allTextContents();
  assert.deepEqual(compared, best, "without a front the two best points are compared");
  assert.equal((await shownPoints(page)).length, 100);
  assert.ok((await page.locator("#answer").textContent()).includes("No point keeps all constraints."));
  assert.equal(await page.locator("#misses tbody tr").count(), sweep.misses.length);
  assert.equal(sweep.misses[0].number, sweep.points[0].number, "the nearest miss comes first");
  const said = () => page.locator("section", { has: page.locator("#points") }).getByRole("status").textContent();
  assert.equal(await said(), `The first 100 of ${sweep.counts.simulated} points, in this order.`);
  await page.getByRole("button", { name: "Show all" }).first().click();
  assert.equal((await shownPoints(page)).length, sweep.counts.simulated, "all points can be shown");
  assert.equal(await said(), `All ${sweep.counts.simulated} points.`);
}

import { h } from "./dom.js";
import { text, value } from "./numbers.js";
import { copy, tableText } from "./save.js";

/// A frame in which a table that is too large is scrolled; `whole`: as high as the table.
export const scrolled = (label, content, { whole = false } = {}) =>
  h("div", { class: whole ? "scroll whole" : "scroll", tabindex: "0", role: "region", "aria-label": label }, content);

/// A table from column descriptions { title, path(row) | text(row), ...options of value() }; rows are given to those
/// functions. The first column names the row. `words`: what is at the path are words.
export function table(data, caption, columns, rows) {
  const numeric = (column) => (column.path && !column.words ? "number" : null);
  const cell = (column, row, index) => {
    const content = column.path ? value(data, column.path(row), column) : column.text(row);
    return index === 0 ? h("th", { scope: "row", class: numeric(column) }, content) : h("td", { class: numeric(column) }, content);
  };
  const made = h(
    "table",
    { class: columns.length > 12 ? "many" : null },
    h("caption", {}, caption),
    h("thead", {}, h("tr", {}, columns.map((column) => h("th", { scope: "col", class: numeric(column) }, column.title)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, columns.map((column, index) => cell(column, row, index))))),
  );
  return h("div", { class: "copied" }, copyButton(made, caption), scrolled(caption, made));
}

/// A button that copies a table, for a spreadsheet.
export function copyButton(table, caption) {
  return h("div", { class: "tools controls" }, h("button", { type: "button", "aria-label": `Copy the table ${caption}`, onclick: (event) => copy(tableText(table), event.target) }, "Copy"));
}

const page = 100;

/// The body of a long table, of which the first rows are shown and more on demand; `things` are what its rows are.
export function paged(things, row) {
  const body = h("tbody");
  const note = h("p", { role: "status" });
  const more = h("button", { type: "button", onclick: () => grow(page) });
  const all = h("button", { type: "button", onclick: () => grow(Infinity) }, "Show all");
  const buttons = h("p", { class: "controls" }, more, " ", all);
  let rows = [];
  let which = "";
  function grow(by) {
    const begin = body.children.length;
    body.append(...rows.slice(begin, begin + by).map(row));
    const shown = body.children.length;
    note.textContent = shown < rows.length ? `The first ${text(shown)} of ${text(rows.length)} ${things}${which}, in this order.` : `All ${text(shown)} ${things}${which}.`;
    more.textContent = `Show ${text(Math.min(page, rows.length - shown))} more`;
    buttons.hidden = shown === rows.length;
  }
  return {
    body,
    foot: h("div", {}, note, buttons),
    /// Begins again with other rows.
    show(others, words = "") {
      [rows, which] = [others, words];
      body.replaceChildren();
      grow(page);
    },
  };
}

/// A table that is opened by its reader.
export function folded(title, content) {
  return h("details", {}, h("summary", {}, title), content);
}

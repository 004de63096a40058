import { h } from "./dom.js";
import { value } from "./numbers.js";

/// A table from column descriptions { title, path(row) | text(row), ...options of value() }; rows are given to those
/// functions. The first column names the row.
export function table(data, caption, columns, rows) {
  const numeric = (column) => (column.path && !column.words ? "number" : null);
  const cell = (column, row, index) => {
    const content = column.path ? value(data, column.path(row), column) : column.text(row);
    return index === 0 ? h("th", { scope: "row" }, content) : h("td", { class: numeric(column) }, content);
  };
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h(
      "table",
      {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, columns.map((column) => h("th", { scope: "col", class: numeric(column) }, column.title)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, columns.map((column, index) => cell(column, row, index))))),
    ),
  );
}

/// A table that is opened by its reader.
export function folded(title, content) {
  return h("details", {}, h("summary", {}, title), content);
}

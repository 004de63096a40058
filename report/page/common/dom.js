/// An element with attributes and children; null and false children are left out.
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick" || name === "onchange" || name === "oninput") element[name] = value;
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

let sections = 0;

/// A section with a heading.
export function section(title, ...children) {
  const id = `section-${++sections}`;
  return h("section", { "aria-labelledby": id }, h("h2", { id }, title), ...children);
}

/// A name that may go on in the next line after a dot or an underscore.
export const breakable = (name) => name.split(/(?<=[._])/).flatMap((piece, index) => (index === 0 ? [piece] : [h("wbr"), piece]));

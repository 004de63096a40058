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

/// A section with a heading, to which its title leads: "#section-what-the-units-wait-for".
export function section(title, ...children) {
  const id = `section-${title.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
  return h("section", { "aria-labelledby": id }, h("h2", { id }, title), ...children);
}

/// A list of the sections in `main`, for its element of the class "contents".
export function listSections(main) {
  const entries = [...main.querySelectorAll("section > h2")].map((each) => h("li", {}, h("a", { href: `#${each.id}` }, each.textContent)));
  main.querySelector(".contents")?.replaceChildren(h("ul", {}, entries));
}

/// Where that list goes.
export const contents = () => h("nav", { class: "contents controls", "aria-label": "Contents" });

/// A name that may go on in the next line after a dot or an underscore.
export const breakable = (name) => name.split(/(?<=[._])/).flatMap((piece, index) => (index === 0 ? [piece] : [h("wbr"), piece]));

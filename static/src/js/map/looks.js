// Colours, icons and words of the map. They are those of the page: the legend beside the map holds an icon and a word
// for each status, so that both are written once, on the server; colours are read off the stylesheet.
const COLOURS = {
  ground: "var(--color-base-200)",
  card: "var(--color-base-100)",
  line: "var(--line)",
  edge: "color-mix(in oklab, var(--color-base-content) 26%, var(--color-base-200))",
  track: "color-mix(in oklab, var(--color-base-content) 12%, var(--color-base-100))",
  text: "var(--color-base-content)",
  muted: "var(--muted)",
  primary: "var(--color-primary)",
  soft: "color-mix(in oklab, var(--color-primary) 12%, var(--color-base-100))",
  found: "color-mix(in oklab, var(--color-warning) 22%, var(--color-base-100))",
};

/** The shapes of an inlined icon (24 units square) as one path. */
const pathOf = (svg) => {
  const path = new Path2D();
  for (const shape of svg?.children ?? []) {
    const number = (name) => Number(shape.getAttribute(name));
    if (shape.tagName === "path") path.addPath(new Path2D(shape.getAttribute("d")));
    else if (shape.tagName === "circle") {
      path.moveTo(number("cx") + number("r"), number("cy"));
      path.arc(number("cx"), number("cy"), number("r"), 0, 2 * Math.PI);
    } else if (shape.tagName === "line") {
      path.moveTo(number("x1"), number("y1"));
      path.lineTo(number("x2"), number("y2"));
    }
  }
  return path;
};

export class Looks {
  constructor(host) {
    this.words = JSON.parse(host.dataset.words);
    this.statuses = new Map();
    this.kinds = new Map();
    this.probe = host.querySelector("[data-probe]");
    for (const entry of host.querySelectorAll("[data-status]")) {
      const word = entry.textContent.trim();
      this.statuses.set(entry.dataset.status, { word, entry, path: pathOf(entry.querySelector("svg")) });
    }
    for (const entry of host.querySelectorAll("[data-kind]")) {
      this.kinds.set(Number(entry.dataset.kind), pathOf(entry.querySelector("svg")));
    }
    this.refresh();
  }

  /** Reads the colours anew: the theme has changed. */
  refresh() {
    const colour = (value, element = this.probe) => {
      element.style.color = value;
      const found = getComputedStyle(element).color;
      element.style.color = "";
      return found;
    };
    for (const [name, value] of Object.entries(COLOURS)) this[name] = colour(value);
    for (const status of this.statuses.values()) {
      status.fill = colour("var(--fill)", status.entry);
      status.tone = colour("var(--tone)", status.entry);
    }
  }

  status(value) {
    return this.statuses.get(value) ?? this.statuses.get("");
  }

  /** A sentence of the page with what stands in braces filled in. */
  say(name, values = {}) {
    return this.words[name].replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  }
}

// Draws what is in sight onto the canvas. Far away a node is a block of its status's colour, nearer a card with its
// bar, near enough to read also its words.
import { CARD, COLUMN, MARK } from "./arrangement.js";
import { GROUP, INDIVIDUAL, KEY_RESULT, ORGANIZATION, PRIORITY } from "./forest.js";

const READABLE = 0.5;
const CARDS = 0.22;
const RADIUS = 8;
const BEND = 7;
const INSIDE = 12;
const LINES = 2;
const FONT = "Inter, ui-sans-serif, system-ui, sans-serif";

export class Painter {
  #context;
  #lines = [];
  #fitting = new Map();

  constructor(canvas, looks) {
    this.canvas = canvas;
    this.looks = looks;
    this.#context = canvas.getContext("2d", { alpha: false });
  }

  /** Forgets how texts were broken: the font or the titles have changed. */
  forget() {
    this.#lines = [];
    this.#fitting.clear();
  }

  /** `scene`: forest, arrangement, camera, selected, hovered (nodes or -1), found (a Set). */
  draw(scene) {
    const { camera, arrangement } = scene;
    const context = this.#context;
    const ratio = devicePixelRatio;
    const width = Math.round(camera.width * ratio);
    const height = Math.round(camera.height * ratio);
    if (this.canvas.width !== width || this.canvas.height !== height) Object.assign(this.canvas, { width, height });
    const { x, y, k } = camera.at;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = this.looks.ground;
    context.fillRect(0, 0, width, height);
    context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
    const sight = { left: -x / k, top: -y / k, right: (camera.width - x) / k, bottom: (camera.height - y) / k };
    const columns = [];
    const last = Math.min(Math.floor(sight.right / COLUMN), arrangement.columns.length - 1);
    for (let column = Math.max(Math.floor((sight.left - MARK) / COLUMN), 0); column <= last; column++) {
      columns.push(column);
    }
    const nodes = [];
    for (const column of columns) arrangement.each(column, sight.top, sight.bottom, (node) => nodes.push(node));
    this.#edges(scene, sight, columns, nodes);
    this.#links(scene, sight);
    if (k < CARDS) this.#blocks(scene, nodes);
    else this.#cards(scene, nodes, k >= READABLE);
    return nodes.length;
  }

  /** The lines of the tree: one trunk per parent, one branch per child in sight. */
  #edges({ arrangement, camera, forest }, sight, columns, nodes) {
    const context = this.#context;
    const bend = camera.at.k < CARDS ? 0 : BEND;
    context.strokeStyle = this.looks.edge;
    context.lineWidth = Math.max(1.25, 0.6 / camera.at.k);
    context.beginPath();
    // The trunks left of the first column in sight reach into it.
    for (const column of [columns[0] - 1, ...columns]) {
      const right = column * COLUMN + CARD.width;
      const trunk = (right + (column + 1) * COLUMN) / 2 + MARK / 2;
      arrangement.eachFamily(column, sight.top, sight.bottom, (parent) => {
        const middle = arrangement.middle[parent];
        context.moveTo(right, middle);
        context.lineTo(trunk, middle);
        const [from, to] = [arrangement.from[parent], arrangement.to[parent]];
        if (to - from < 1) return;
        context.moveTo(trunk, Math.max(from + bend, sight.top - BEND));
        context.lineTo(trunk, Math.min(to - bend, sight.bottom + BEND));
      });
    }
    for (const node of nodes) {
      const parent = forest.parent[node];
      if (parent < 0) continue;
      const left = arrangement.left(node);
      const trunk = (left - COLUMN + CARD.width + left) / 2 + MARK / 2;
      const middle = arrangement.middle[node];
      const beside = middle - arrangement.middle[parent];
      if (bend && Math.abs(beside) > bend) {
        context.moveTo(trunk, middle - Math.sign(beside) * bend);
        context.quadraticCurveTo(trunk, middle, trunk + bend, middle);
      } else context.moveTo(trunk, middle);
      context.lineTo(left, middle);
    }
    context.stroke();
  }

  /** What else a node supports, and what it depends on: curves past the tree. */
  #links({ arrangement, forest, camera, selected, hovered }, sight) {
    const context = this.#context;
    const curve = (from, to) => {
      const [x0, y0] = [arrangement.left(to) + CARD.width, arrangement.middle[to]];
      const [x1, y1] = [arrangement.left(from), arrangement.middle[from]];
      const reach = 60 + Math.abs(x1 - x0) / 4;
      if (Math.max(y0, y1) < sight.top || Math.min(y0, y1) > sight.bottom) return;
      if (Math.max(x0, x1) + reach < sight.left || Math.min(x0, x1) - reach > sight.right) return;
      context.moveTo(x0, y0);
      context.bezierCurveTo(x0 + reach, y0, x1 - reach, y1, x1, y1);
    };
    const draw = (pairs, isStrong) => {
      context.beginPath();
      for (let place = 0; place < pairs.length; place += 2) {
        const [from, to] = [pairs[place], pairs[place + 1]];
        if (!arrangement.shown[from] || !arrangement.shown[to]) continue;
        const isMeant = [selected, hovered].some((node) => node === from || node === to);
        if (isMeant === isStrong) curve(from, to);
      }
      context.stroke();
    };
    // Quiet, but for those of the node that is meant.
    for (const isStrong of [false, true]) {
      context.strokeStyle = isStrong ? this.looks.primary : this.looks.edge;
      context.lineWidth = Math.max(isStrong ? 2 : 1, 0.6 / camera.at.k);
      draw(forest.data.also, isStrong);
      context.setLineDash([5, 4]);
      draw(forest.data.depends, isStrong);
      context.setLineDash([]);
    }
  }

  #blocks(scene, nodes) {
    const context = this.#context;
    for (const [status, members] of this.#byStatus(scene.forest, nodes)) {
      context.fillStyle = this.looks.status(status).fill;
      context.beginPath();
      for (const node of members) this.#box(scene.arrangement, node, 0);
      context.fill();
    }
    this.#outline(scene, nodes);
  }

  #cards(scene, nodes, isReadable) {
    const { arrangement, forest, found, camera } = scene;
    const context = this.#context;
    const radius = camera.at.k < 0.35 ? 0 : RADIUS;
    const fill = (colour, members) => {
      if (!members.length) return;
      context.fillStyle = colour;
      context.beginPath();
      for (const node of members) this.#box(arrangement, node, radius);
      context.fill();
      context.stroke();
    };
    context.strokeStyle = this.looks.line;
    context.lineWidth = Math.max(1, 0.6 / camera.at.k);
    const isSoft = (node) => forest.kind(node) === PRIORITY || forest.kind(node) === GROUP;
    fill(this.looks.card, nodes.filter((node) => !found.has(node) && !isSoft(node)));
    fill(this.looks.soft, nodes.filter((node) => !found.has(node) && isSoft(node)));
    fill(this.looks.found, nodes.filter((node) => found.has(node)));
    this.#bars(scene, nodes);
    if (isReadable) for (const node of nodes) this.#words(scene, node);
    this.#outline(scene, nodes);
    for (const node of nodes) if (forest.countBelow(node)) this.#mark(scene, node, isReadable);
  }

  #bars({ arrangement, forest }, nodes) {
    const context = this.#context;
    const width = CARD.width - 2 * INSIDE;
    const bar = (node, share) =>
      context.rect(arrangement.left(node) + INSIDE, arrangement.middle[node] + CARD.height / 2 - 10, width * share, 4);
    const measured = nodes.filter((node) => forest.progress(node) >= 0);
    context.fillStyle = this.looks.track;
    context.beginPath();
    for (const node of measured) bar(node, 1);
    context.fill();
    for (const [status, members] of this.#byStatus(forest, measured)) {
      context.fillStyle = this.looks.status(status).fill;
      context.beginPath();
      for (const node of members) bar(node, forest.progress(node) / 100);
      context.fill();
    }
  }

  #words({ arrangement, forest }, node) {
    const context = this.#context;
    const { looks } = this;
    const left = arrangement.left(node) + INSIDE;
    const top = arrangement.middle[node] - CARD.height / 2;
    const width = CARD.width - 2 * INSIDE;
    const kind = forest.kind(node);
    const hasStatus = kind !== PRIORITY && kind !== GROUP;
    context.textBaseline = "alphabetic";
    context.fillStyle = forest.matches(node) ? looks.text : looks.muted;
    context.font = kind <= ORGANIZATION ? `600 12px ${FONT}` : `500 12px ${FONT}`;
    const lines = (this.#lines[node] ??= this.#broken(forest.titles[node], width - (hasStatus ? 20 : 0), LINES));
    lines.forEach((line, place) => context.fillText(line, left, top + 19 + place * 14));
    context.fillStyle = looks.muted;
    context.font = `400 10.5px ${FONT}`;
    const percent = forest.progress(node);
    const base = top + CARD.height - 16;
    let room = width;
    if (percent >= 0) {
      const text = looks.say("percent", { percent });
      context.textAlign = "right";
      context.fillText(text, left + width, base);
      context.textAlign = "left";
      room -= 40;
    }
    const path = this.looks.kinds.get(kind);
    this.#icon(path, left, base - 9, 11, looks.muted);
    context.fillText(this.#cut(this.#detail(forest, node), room - 16), left + 16, base);
    if (hasStatus) {
      const { path: icon, tone } = looks.status(forest.status(node));
      this.#icon(icon, left + width - 14, top + 9, 14, tone);
    }
  }

  /** The small line of a card. */
  #detail(forest, node) {
    const words = {
      [PRIORITY]: "priority",
      [ORGANIZATION]: "organization",
      [KEY_RESULT]: "keyResult",
      [GROUP]: "group",
    };
    const name = words[forest.kind(node)];
    const who = name ? this.looks.say(name) : forest.team(node) || (forest.kind(node) === INDIVIDUAL && this.looks.say("individual"));
    return [who, forest.cycle(node)].filter(Boolean).join(" · ");
  }

  /** The mark at the right edge that opens and closes: how many are below, or a minus. */
  #mark({ arrangement, forest, camera }, node, isReadable) {
    if (camera.at.k < 0.3) return;
    const context = this.#context;
    const [x, y] = [arrangement.left(node) + CARD.width, arrangement.middle[node]];
    const text = forest.open[node] ? "−" : String(forest.countBelow(node));
    const half = 7 + 3 * text.length;
    context.fillStyle = forest.open[node] ? this.looks.card : this.looks.primary;
    context.strokeStyle = forest.open[node] ? this.looks.edge : this.looks.primary;
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(x - half, y - 9, 2 * half, 18, 9);
    context.fill();
    context.stroke();
    if (!isReadable) return;
    context.font = `600 10.5px ${FONT}`;
    context.fillStyle = forest.open[node] ? this.looks.muted : this.looks.card;
    context.textAlign = "center";
    context.fillText(text, x, y + 3.7);
    context.textAlign = "left";
  }

  /** A ring around what is selected or pointed at. */
  #outline({ arrangement, camera, selected, hovered }, nodes) {
    const context = this.#context;
    for (const node of nodes) {
      if (node !== selected && node !== hovered) continue;
      context.strokeStyle = node === selected ? this.looks.primary : this.looks.muted;
      context.lineWidth = (node === selected ? 2 : 1) / Math.min(camera.at.k, 1);
      context.beginPath();
      this.#box(arrangement, node, RADIUS);
      context.stroke();
    }
  }

  #box(arrangement, node, radius) {
    const [x, y] = [arrangement.left(node), arrangement.middle[node] - CARD.height / 2];
    if (radius) this.#context.roundRect(x, y, CARD.width, CARD.height, radius);
    else this.#context.rect(x, y, CARD.width, CARD.height);
  }

  #icon(path, x, y, size, colour) {
    if (!path) return;
    const context = this.#context;
    context.save();
    context.translate(x, y);
    context.scale(size / 24, size / 24);
    context.strokeStyle = colour;
    context.lineWidth = 2.4;
    context.lineCap = context.lineJoin = "round";
    context.stroke(path);
    context.restore();
  }

  #byStatus(forest, nodes) {
    const found = new Map();
    for (const node of nodes) {
      const status = forest.status(node);
      if (!found.has(status)) found.set(status, []);
      found.get(status).push(node);
    }
    return found;
  }

  /** A text in at most so many lines; what does not fit ends in dots. Uses the font that is set. */
  #broken(text, width, lines) {
    const found = [];
    let line = "";
    for (const word of text.split(" ")) {
      const longer = line ? `${line} ${word}` : word;
      if (!line || this.#context.measureText(longer).width <= width) line = longer;
      else if (found.length === lines - 1) {
        line = longer;
        break;
      } else {
        found.push(line);
        line = word;
      }
    }
    return [...found, line].map((one) => this.#shortened(one, width));
  }

  /** The small line, cut to its room; the same few texts come again and again. */
  #cut(text, width) {
    const key = `${width}|${text}`;
    if (!this.#fitting.has(key)) this.#fitting.set(key, this.#shortened(text, width));
    return this.#fitting.get(key);
  }

  #shortened(text, width) {
    if (this.#context.measureText(text).width <= width) return text;
    let [low, high] = [0, text.length];
    while (low < high) {
      const half = (low + high + 1) >> 1;
      if (this.#context.measureText(`${text.slice(0, half)}…`).width <= width) low = half;
      else high = half - 1;
    }
    return `${text.slice(0, low).trimEnd()}…`;
  }
}

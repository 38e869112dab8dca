// Where each open node stands: columns from left to right, one per level. What is drawn or pointed at is found by
// a binary search in its column, so neither depends on how many nodes there are.
import { hierarchy, tree } from "d3-hierarchy";

export const CARD = { width: 236, height: 66 };
export const COLUMN = 304;
const ROW = 78;
/** How far the mark that opens a node reaches beyond its card. */
export const MARK = 14;

export class Arrangement {
  constructor(forest) {
    this.forest = forest;
    this.middle = new Float32Array(forest.size);
    this.shown = new Uint8Array(forest.size);
    this.columns = [];
    // Parents with open children, by column, and how far their children reach.
    this.families = [];
    this.from = new Float32Array(forest.size);
    this.to = new Float32Array(forest.size);
    const below = (node) => (node < 0 || forest.open[node] ? forest.below(node) : null);
    const root = tree()
      .nodeSize([ROW, COLUMN])
      .separation((one, other) => (one.parent === other.parent ? 1 : 1.2))(hierarchy(-1, below));
    this.top = Infinity;
    this.bottom = -Infinity;
    root.eachBefore(({ data: node, x, depth, children }) => {
      if (node < 0) return;
      this.shown[node] = 1;
      this.middle[node] = x;
      this.top = Math.min(this.top, x);
      this.bottom = Math.max(this.bottom, x);
      (this.columns[depth - 1] ??= []).push(node);
      if (!children) return;
      (this.families[depth - 1] ??= []).push(node);
      this.from[node] = children[0].x;
      this.to[node] = children.at(-1).x;
    });
  }

  get isEmpty() {
    return this.columns.length === 0;
  }

  left(node) {
    return this.forest.depth[node] * COLUMN;
  }

  /** The box around everything, in the map's own units. */
  get box() {
    return {
      left: 0,
      right: (this.columns.length - 1) * COLUMN + CARD.width + MARK,
      top: this.top - CARD.height / 2,
      bottom: this.bottom + CARD.height / 2,
    };
  }

  /** Calls `visit` for every node of a column between two heights. */
  each(column, top, bottom, visit) {
    const nodes = this.columns[column] ?? [];
    const start = this.#firstFrom(nodes, this.middle, top - CARD.height / 2);
    for (let place = start; place < nodes.length && this.middle[nodes[place]] < bottom + CARD.height / 2; place++) {
      visit(nodes[place]);
    }
  }

  /** The same for parents of a column whose children reach between two heights. */
  eachFamily(column, top, bottom, visit) {
    const parents = this.families[column] ?? [];
    for (let place = this.#firstFrom(parents, this.to, top); place < parents.length; place++) {
      if (this.from[parents[place]] > bottom) break;
      visit(parents[place]);
    }
  }

  /** What is at a point: `{ node, part }` with part "mark", "title" or "card"; null for nothing. */
  at(x, y) {
    const column = Math.floor(x / COLUMN);
    const across = x - column * COLUMN;
    if (column < 0 || across > CARD.width + MARK) return null;
    let found = null;
    this.each(column, y, y, (node) => (found = node));
    if (found === null || Math.abs(y - this.middle[found]) > CARD.height / 2) return null;
    const isMark = across > CARD.width - MARK && this.forest.countBelow(found) > 0;
    if (across > CARD.width && !isMark) return null;
    if (isMark) return { node: found, part: "mark" };
    return { node: found, part: y < this.middle[found] + 8 ? "title" : "card" };
  }

  /** The neighbour of a node in its column, or the node itself at the end. */
  beside(node, step) {
    const column = this.columns[this.forest.depth[node]];
    return column[column.indexOf(node) + step] ?? node;
  }

  #firstFrom(nodes, heights, height) {
    let low = 0;
    let high = nodes.length;
    while (low < high) {
      const half = (low + high) >> 1;
      if (heights[nodes[half]] < height) low = half + 1;
      else high = half;
    }
    return low;
  }
}

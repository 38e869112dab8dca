// The nodes of the map as the server sends them: numbered level by level, so that the children of a node are
// neighbours. Kinds, marks and statuses are digits of a text; ids and titles may come later.
export const PRIORITY = 0;
export const ORGANIZATION = 1;
export const INDIVIDUAL = 3;
export const KEY_RESULT = 4;
export const GROUP = 5;
const MARKS = { orphans: "1", gaps: "2" };
const OPEN_DEPTH = 2;
const ID_BYTES = 16;

const bytesOf = (text) => {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let place = 0; place < bytes.length; place++) bytes[place] = letters.charCodeAt(place);
  return bytes;
};

export class Forest {
  constructor(data) {
    const size = data.below.length;
    Object.assign(this, { data, size, roots: data.roots, titles: new Array(size).fill(""), titled: 0 });
    this.ids = new Uint8Array(size * ID_BYTES);
    this.first = new Int32Array(size);
    this.parent = new Int32Array(size).fill(-1);
    this.depth = new Uint8Array(size);
    this.open = new Uint8Array(size);
    let next = data.roots;
    for (let node = 0; node < size; node++) {
      this.first[node] = next;
      for (const end = next + data.below[node]; next < end; next++) {
        this.parent[next] = node;
        this.depth[next] = this.depth[node] + 1;
      }
      this.open[node] = this.depth[node] < OPEN_DEPTH && this.kind(node) !== GROUP ? 1 : 0;
    }
    // What the filter leaves, and of that what it asked for; null without a filter.
    this.kept = null;
    this.matching = null;
    this.addTitles(data);
  }

  addTitles({ ids, titles }) {
    this.ids.set(bytesOf(ids), this.titled * ID_BYTES);
    for (const title of titles) this.titles[this.titled++] = title;
  }

  get isTitled() {
    return this.titled === this.size;
  }

  kind(node) {
    return this.data.kinds.charCodeAt(node) - 48;
  }

  status(node) {
    return this.data.statuses[this.data.status.charCodeAt(node) - 48];
  }

  /** Percent, or -1 where there is no progress. */
  progress(node) {
    return this.data.progress[node];
  }

  team(node) {
    return this.data.teams[0][this.data.team[node]] ?? "";
  }

  cycle(node) {
    return this.data.cycles[this.data.cycle[node]];
  }

  isMark(node) {
    return this.data.marks[node] !== "0";
  }

  /** The id as it stands in addresses; empty while it has not come yet. */
  id(node) {
    if (node >= this.titled) return "";
    const hex = Array.from(this.ids.subarray(node * ID_BYTES, (node + 1) * ID_BYTES), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  /** The node with an id, or -1. */
  withId(id) {
    for (let node = 0; node < this.titled; node++) if (this.id(node) === id) return node;
    return -1;
  }

  /** The node whose page shows this one: of a key result its objective; -1 for what has none. */
  pageOf(node) {
    const kind = this.kind(node);
    if (kind === KEY_RESULT) return this.parent[node];
    return kind === PRIORITY || kind === GROUP ? -1 : node;
  }

  /** What stands right below a node and the filter leaves; the roots for -1. */
  below(node) {
    const start = node < 0 ? 0 : this.first[node];
    const end = node < 0 ? this.roots : start + this.data.below[node];
    const found = [];
    for (let one = start; one < end; one++) if (!this.kept || this.kept[one]) found.push(one);
    return found;
  }

  countBelow(node) {
    return this.kept ? this.below(node).length : this.data.below[node];
  }

  /** Leaves only what fits, with the way to it, all of it open. `view` is orphans, gaps or empty. */
  filter({ team, status, view }) {
    if (!team && !status && !view) return;
    const place = this.data.teams[1].indexOf(team);
    this.kept = new Uint8Array(this.size);
    this.matching = new Uint8Array(this.size);
    this.open.fill(0);
    for (let node = this.size - 1; node >= 0; node--) {
      const kind = this.kind(node);
      const fits =
        (view || (kind !== PRIORITY && kind !== KEY_RESULT && kind !== GROUP)) &&
        (!team || this.data.team[node] === place) &&
        (!status || (this.status(node) || "silent") === status) &&
        (!view || this.data.marks[node] === MARKS[view]);
      if (fits) this.kept[node] = this.matching[node] = 1;
      if (this.kept[node] && this.parent[node] >= 0) {
        this.kept[this.parent[node]] = 1;
        this.open[this.parent[node]] = 1;
      }
    }
  }

  /** Whether it was asked for, rather than being the way to what was. */
  matches(node) {
    return !this.matching || this.matching[node] === 1;
  }

  /** Opens everything above a node, so that it can be seen; false when the filter leaves it out. */
  reveal(node) {
    if (this.kept && !this.kept[node]) return false;
    for (let above = this.parent[node]; above >= 0; above = this.parent[above]) this.open[above] = 1;
    return true;
  }
}

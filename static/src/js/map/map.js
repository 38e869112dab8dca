// The alignment map: `[data-map]` with a canvas, a legend and tools. A module of its own, loaded on its page only.
import { Arrangement, CARD } from "./arrangement.js";
import { Camera } from "./camera.js";
import { Finder } from "./finder.js";
import { listen } from "./input.js";
import { Looks } from "./looks.js";
import { Painter } from "./painter.js";
import { Source } from "./source.js";
import { Telling } from "./telling.js";

const READABLE = 0.85;
const FRAMES_KEPT = 500;

class AlignmentMap {
  #frame = 0;
  #frames = 0;

  constructor(host) {
    this.host = host;
    this.canvas = host.querySelector("canvas");
    this.looks = new Looks(host);
    this.painter = new Painter(this.canvas, this.looks);
    this.telling = new Telling(host, this.looks);
    this.source = new Source(host);
    this.camera = new Camera(this.canvas, () => this.refresh());
    this.finder = new Finder(this);
    this.selected = this.hovered = -1;
    this.forest = this.arrangement = null;
    /** Settles when every title has come: search and addresses need them. */
    this.whole = Promise.resolve();
    listen(this);
    new ResizeObserver(() => this.refresh()).observe(this.canvas);
    document.fonts.ready.then(() => this.#redrawn());
    const onTheme = () => (this.looks.refresh(), this.refresh());
    new MutationObserver(onTheme).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", onTheme);
  }

  get found() {
    return this.finder.found;
  }

  /** Fetches and draws; again with the same nodes open after something has changed. */
  async load() {
    const opened = this.forest && this.#opened();
    try {
      const forest = await this.source.forest();
      const isFirst = this.forest === null;
      const selected = this.selected >= 0 ? this.forest.id(this.selected) : "";
      forest.filter(this.host.dataset);
      this.forest = forest;
      if (opened) this.#openAgain(opened);
      this.painter.forget();
      this.arrange();
      this.selected = selected ? forest.withId(selected) : -1;
      if (isFirst && !this.arrangement.isEmpty) this.camera.fit(this.#beginning(), READABLE, this.arrangement.box.top);
      this.#first();
      this.whole = this.#complete(opened);
      await this.whole;
      if (isFirst) this.#start();
    } catch (error) {
      this.#tell("failed");
      throw error;
    }
  }

  arrange() {
    this.arrangement = new Arrangement(this.forest);
    if (this.arrangement.isEmpty) this.#tell("empty");
    this.refresh();
  }

  /** Draws at the next frame, once. */
  refresh() {
    if (!this.arrangement) return;
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  select(node, { fly = true } = {}) {
    this.selected = node;
    if (node >= 0) {
      this.telling.read(this.forest, node);
      if (fly) this.camera.show(this.boxOf(node));
      this.finder.keep(this.forest.id(node));
    }
    this.refresh();
  }

  /** Opens or closes a node, which stays where it is on the screen. */
  toggle(node, open = !this.forest.open[node]) {
    if (!this.forest.countBelow(node)) return;
    const before = this.camera.at.apply(this.#corner(node));
    this.forest.open[node] = open ? 1 : 0;
    this.arrange();
    this.camera.hold(this.#corner(node), before);
    if (!this.arrangement.shown[this.selected]) this.selected = node;
    this.telling.read(this.forest, node);
  }

  /** Goes to a node wherever it is: opens what stands above, selects it, flies there. */
  goTo(node) {
    if (!this.forest.reveal(node)) return;
    this.arrange();
    this.select(node, { fly: false });
    const box = this.boxOf(node);
    this.camera.flyTo((box.left + box.right) / 2, (box.top + box.bottom) / 2, Math.max(this.camera.at.k, READABLE));
  }

  /** Opens the objective of a node in the drawer, by the link that every page's drawer listens to. */
  openPage(node, event = {}) {
    const page = this.forest.pageOf(node);
    const id = page >= 0 && this.forest.id(page);
    if (!id) return false;
    const link = this.host.querySelector("[data-drawer]");
    link.href = this.host.dataset.page.replace("00000000-0000-0000-0000-000000000000", id);
    const { ctrlKey = false, metaKey = false } = event;
    link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey }));
    return true;
  }

  fit() {
    this.camera.fit(this.arrangement.box);
  }

  boxOf(node) {
    const [left, middle] = this.#corner(node);
    const half = CARD.height / 2;
    return { left, right: left + CARD.width, top: middle - half, bottom: middle + half };
  }

  #corner(node) {
    return [this.arrangement.left(node), this.arrangement.middle[node]];
  }

  /** The roots and what stands beside them: where reading begins. */
  #beginning() {
    const { box, columns, middle } = this.arrangement;
    if (box.bottom - box.top <= this.camera.height / READABLE) return box;
    // Whole it would be too small: as wide as it takes to stand at the left edge, around the first root.
    const first = middle[columns[0][0]];
    return { left: 0, right: this.camera.width * 2, top: first - 1, bottom: first + 1 };
  }

  #draw() {
    this.#frame = 0;
    if (!this.arrangement || !this.camera.width) return;
    const start = performance.now();
    this.painter.draw(this);
    performance.measure("map:frame", { start, end: performance.now() });
    if (++this.#frames % FRAMES_KEPT === 0) performance.clearMeasures("map:frame");
  }

  /** The first frame is drawn at once, not when the browser next asks for one. */
  #first() {
    cancelAnimationFrame(this.#frame);
    this.#draw();
    this.host.dataset.state = this.arrangement.isEmpty ? "empty" : "ready";
    performance.measure("map:open", "map:data");
  }

  async #complete(opened) {
    if (!(await this.source.complete(this.forest))) return this.load();
    if (opened) {
      this.#openAgain(opened);
      this.arrange();
    }
    this.#redrawn();
  }

  #redrawn() {
    this.painter.forget();
    this.refresh();
  }

  /** What the address asks for: a node, or a search. */
  #start() {
    const focus = this.host.dataset.focus ? this.forest.withId(this.host.dataset.focus) : -1;
    if (focus >= 0) this.goTo(focus);
    this.finder.start(focus < 0);
    this.host.dataset.state = this.host.dataset.state === "ready" ? "whole" : this.host.dataset.state;
  }

  #opened() {
    const { forest } = this;
    const ids = [];
    for (let node = 0; node < forest.titled; node++) ids.push([forest.id(node), forest.open[node]]);
    return new Map(ids);
  }

  #openAgain(opened) {
    for (let node = 0; node < this.forest.titled; node++) {
      this.forest.open[node] = opened.get(this.forest.id(node)) ?? this.forest.open[node];
    }
  }

  #tell(name) {
    const note = this.host.querySelector("[data-note]");
    note.textContent = this.looks.say(name);
    note.hidden = false;
  }
}

const host = document.querySelector("[data-map]");
if (host) new AlignmentMap(host).load();

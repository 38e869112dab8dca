// Search: highlights the titles that hold what is typed, and goes from one to the next by Enter. The address follows
// (also to the selected objective), so that it can be shared; the page is not loaded again.
const REST = 120;

export class Finder {
  #map;
  #timer = 0;
  #place = -1;
  #nodes = [];

  constructor(map) {
    this.#map = map;
    this.found = new Set();
    this.field = document.getElementById(map.host.dataset.search);
    this.count = document.querySelector("[data-map-count]");
    this.field.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#search(), REST);
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.#step(event.shiftKey ? -1 : 1);
    });
  }

  /** Finds what the field holds when the page is opened; goes there unless the address names an objective. */
  start(goes) {
    if (this.field.value.trim()) this.#search(goes);
  }

  /** Writes the selected objective into the address and into the link to the outline. */
  keep(id) {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.#write("focus", id), 2 * REST);
  }

  async #search(goes = true) {
    const text = this.field.value.trim().toLowerCase();
    await this.#map.whole;
    const { forest } = this.#map;
    this.#nodes = [];
    if (text) {
      forest.titles.forEach((title, node) => {
        if ((!forest.kept || forest.kept[node]) && title.toLowerCase().includes(text)) this.#nodes.push(node);
      });
    }
    this.found = new Set(this.#nodes);
    this.#place = -1;
    this.#write("q", this.field.value.trim());
    if (goes && this.#nodes.length) this.#step(1);
    else this.#tell();
    this.#map.refresh();
  }

  #step(by) {
    const { length } = this.#nodes;
    if (!length) return;
    this.#place = (this.#place + by + length) % length;
    this.#tell();
    this.#map.goTo(this.#nodes[this.#place]);
  }

  #tell() {
    const { looks } = this.#map;
    const values = { place: this.#place + 1, count: this.#nodes.length };
    const isAsked = this.field.value.trim() !== "";
    this.count.textContent = isAsked ? looks.say(this.#nodes.length ? "found" : "nothing", values) : "";
  }

  #write(name, value) {
    for (const link of document.querySelectorAll("[data-map-outline]")) link.href = withParameter(link.href, name, value);
    const address = withParameter(location.href, name, value);
    if (address === location.href) return;
    history.replaceState(history.state, "", address);
    document.dispatchEvent(new CustomEvent("address:changed"));
  }
}

const withParameter = (from, name, value) => {
  const address = new URL(from);
  if (value) address.searchParams.set(name, value);
  else address.searchParams.delete(name);
  return address.href;
};

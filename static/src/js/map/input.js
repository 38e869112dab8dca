// Pointer and keys. A click on a title opens its objective, on the rest of a card what stands below; keys walk the
// tree as in every tree: Up and Down within a level, Right opens, Left closes, Enter does what a click does.
const PAN = 120;
const CLOSER = 1.4;
const TIP_AFTER = 250;

export const listen = (map) => {
  const { canvas, camera, host, telling } = map;
  let tip = 0;

  const at = (event) => map.arrangement?.at(...camera.point(event)) ?? null;

  const hover = (event) => {
    const hit = at(event);
    const node = hit?.node ?? -1;
    canvas.style.cursor = hit ? "pointer" : "";
    if (node === map.hovered) return;
    map.hovered = node;
    map.refresh();
    clearTimeout(tip);
    telling.hide();
    if (node < 0 || event.pointerType === "touch") return;
    const place = [event.offsetX + 12, event.offsetY + 18];
    tip = setTimeout(() => telling.show(map.forest, node, place, [camera.width, camera.height]), TIP_AFTER);
  };

  const leave = () => {
    clearTimeout(tip);
    telling.hide();
    map.hovered = -1;
    map.refresh();
  };

  canvas.addEventListener("pointermove", hover);
  canvas.addEventListener("pointerleave", leave);
  canvas.addEventListener("wheel", leave, { passive: true });

  // d3-zoom keeps a click that ends a drag to itself.
  canvas.addEventListener("click", (event) => {
    const hit = at(event);
    leave();
    if (!hit) return map.select(-1);
    map.select(hit.node, { fly: false });
    const opensPage = hit.part === "title" || !map.forest.countBelow(hit.node);
    if (!opensPage || !map.openPage(hit.node, event)) map.toggle(hit.node);
  });

  const step = (event) => {
    const { forest, arrangement, selected: node } = map;
    if (node < 0) return map.select(arrangement.columns[0][0]);
    switch (event.key) {
      case "ArrowUp":
        return map.select(arrangement.beside(node, -1));
      case "ArrowDown":
        return map.select(arrangement.beside(node, 1));
      case "ArrowRight":
        if (!forest.countBelow(node)) return;
        return forest.open[node] ? map.select(forest.below(node)[0]) : map.toggle(node, true);
      case "ArrowLeft":
        if (forest.open[node] && forest.countBelow(node)) return map.toggle(node, false);
        return forest.parent[node] >= 0 && map.select(forest.parent[node]);
      case "Home":
        return map.select(arrangement.columns[0][0]);
      case "End":
        return map.select(arrangement.columns[forest.depth[node]].at(-1));
    }
  };

  const panBy = { ArrowUp: [0, PAN], ArrowDown: [0, -PAN], ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0] };
  const zoomBy = { "+": CLOSER, "=": CLOSER, "-": 1 / CLOSER };

  /** True when the key means something here. */
  const pressed = (event) => {
    const { key } = event;
    if (event.shiftKey && panBy[key]) camera.pan(...panBy[key]);
    else if (panBy[key] || key === "Home" || key === "End") step(event);
    else if (zoomBy[key]) camera.scaleBy(zoomBy[key]);
    else if (key === "0") map.fit();
    else if (key === "Enter" || key === " ") act(map.selected);
    else if (key === "o" || key === "O") map.selected >= 0 && map.openPage(map.selected);
    else return false;
    return true;
  };

  const act = (node) => {
    if (node < 0) return;
    if (map.forest.countBelow(node)) map.toggle(node);
    else map.openPage(node);
  };

  canvas.addEventListener("keydown", (event) => {
    if (!map.arrangement || map.arrangement.isEmpty || event.ctrlKey || event.metaKey || event.altKey) return;
    if (pressed(event)) {
      event.preventDefault();
      event.stopPropagation();
      telling.hide();
    }
  });

  const tools = { in: () => camera.scaleBy(CLOSER), out: () => camera.scaleBy(1 / CLOSER), fit: () => map.fit() };
  host.addEventListener("click", (event) => tools[event.target.closest("[data-zoom]")?.dataset.zoom]?.());

  // Something was changed in the drawer: the map shows it too.
  document.addEventListener("htmx:after:request", ({ detail }) => {
    if (detail.ctx?.request?.method !== "GET" && map.forest) map.load();
  });
};

// What part of the map is seen: dragged, zoomed by wheel, pinch, buttons and keys (d3-zoom), and flown to places.
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";

const NEAREST = 2;
const FARTHEST = 0.02;
const FLIGHT = 220;
const MARGIN = 40;

export class Camera {
  #zoom;
  #canvas;
  #flight = 0;

  constructor(canvas, onChange) {
    this.#canvas = select(canvas);
    this.at = zoomIdentity;
    this.#zoom = zoom()
      .scaleExtent([FARTHEST, NEAREST])
      .on("zoom", ({ transform, sourceEvent }) => {
        if (sourceEvent) this.#flight++;
        this.at = transform;
        onChange();
      });
    this.#canvas.call(this.#zoom).on("dblclick.zoom", null);
    this.canvas = canvas;
  }

  get width() {
    return this.canvas.clientWidth;
  }

  get height() {
    return this.canvas.clientHeight;
  }

  /** A point of the window in the map's own units. */
  point(event) {
    const box = this.canvas.getBoundingClientRect();
    return this.at.invert([event.clientX - box.left, event.clientY - box.top]);
  }

  set(transform) {
    this.#flight++;
    this.#canvas.call(this.#zoom.transform, transform);
  }

  pan(x, y) {
    this.#canvas.call(this.#zoom.translateBy, x / this.at.k, y / this.at.k);
  }

  scaleBy(factor) {
    this.#canvas.call(this.#zoom.scaleBy, factor);
  }

  /** Shows a whole box, or its beginning where that would make it too small to read; `edge` is where the map begins. */
  fit(box, readable = 0, edge = box.top) {
    const across = (this.width - 2 * MARGIN) / (box.right - box.left);
    const down = (this.height - 2 * MARGIN) / (box.bottom - box.top);
    const whole = Math.min(across, down, 1);
    const scale = Math.max(whole, readable, FARTHEST);
    const room = this.width - (box.right - box.left) * scale;
    const x = whole < scale ? MARGIN : Math.max(room / 2, MARGIN);
    const middle = this.height / 2 - ((box.top + box.bottom) / 2) * scale;
    // No more empty room above than there has to be.
    const y = whole < scale ? Math.min(middle, MARGIN - edge * scale) : middle;
    this.set(zoomIdentity.translate(x - box.left * scale, y).scale(scale));
  }

  /** Moves so that a point stands where `place` (a point of the canvas) says. */
  hold([x, y], place) {
    this.set(zoomIdentity.translate(place[0] - x * this.at.k, place[1] - y * this.at.k).scale(this.at.k));
  }

  /** Flies to a point, near enough to read it; at once for those who asked for less motion. */
  flyTo(x, y, scale = this.at.k) {
    const { width, height, at } = this;
    const goal = zoomIdentity.translate(width / 2 - x * scale, height / 2 - y * scale).scale(scale);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.set(goal);
    const flight = ++this.#flight;
    const start = performance.now();
    const step = (now) => {
      if (flight !== this.#flight) return;
      const share = Math.min(Math.max(now - start, 0) / FLIGHT, 1);
      const eased = 1 - (1 - share) ** 3;
      const between = (one, other) => one + (other - one) * eased;
      const next = zoomIdentity.translate(between(at.x, goal.x), between(at.y, goal.y)).scale(between(at.k, goal.k));
      this.#canvas.call(this.#zoom.transform, next);
      if (share < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  /** Flies to a card only if it is not in sight. */
  show(box) {
    const [left, top] = this.at.apply([box.left, box.top]);
    const [right, bottom] = this.at.apply([box.right, box.bottom]);
    if (left >= 0 && top >= 0 && right <= this.width && bottom <= this.height) return;
    this.flyTo((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  }
}

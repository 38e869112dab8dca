// The one place that names htmx; its settings are in the page's meta tag `htmx-config`.
import htmx from "htmx.org";

/** Loads `path` into the element `target` (a selector). The response may also carry `<hx-partial>` parts. */
export const load = (path, target, options = {}) => htmx.ajax("GET", path, { target, ...options });

/** Sends a plain custom event that `hx-trigger` can listen to. */
export const trigger = (element, name) => htmx.trigger(element, name);

/** Calls `listener(context)` after every swap; `context.target` is the element that was swapped. */
export const onSwap = (listener) =>
  document.addEventListener("htmx:after:swap", (event) => listener(event.detail.ctx));

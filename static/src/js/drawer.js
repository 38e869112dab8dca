// The drawer: `<a href="…" data-drawer>` opens that address in it, and so does any swap into #drawer-body.
// The address bar keeps it as `?drawer=/path`, so Back closes it, a reload opens it again and a link to it
// can be shared. The server closes it with the event `drawer:close` (`focus`: selector of the row that changed).
import { load } from "./swapping.js";
import { hostToasts } from "./toasts.js";

const PARAMETER = "drawer";
const FIELDS = "input:not([type=hidden]):not([disabled]), select:not([disabled]), textarea:not([disabled])";

const dialog = () => document.getElementById("drawer");
const body = () => document.getElementById("drawer-body");

/** A page's address with the drawer's path in it (or without, for null), readable rather than escaped. */
const addressWith = (path, from = location.href) => {
  const url = new URL(from);
  url.searchParams.delete(PARAMETER);
  const address = url.pathname + url.search;
  if (!path) return address + url.hash;
  const value = encodeURIComponent(path).replaceAll("%2F", "/");
  return `${address}${url.search ? "&" : "?"}${PARAMETER}=${value}${url.hash}`;
};

/** The path asked for by the address bar; only paths of this site count. */
const pathInAddress = () => {
  const path = new URL(location.href).searchParams.get(PARAMETER);
  return path && new URL(path, location.origin).origin === location.origin && /^\/(?!\/)/.test(path) ? path : null;
};

let page = addressWith(null);
let opener = null;

const open = () => {
  const drawer = dialog();
  if (drawer.open) return;
  opener = document.activeElement;
  drawer.showModal();
  hostToasts(drawer);
};

const focusFirst = () => {
  const field = body().querySelector("[autofocus]") ?? body().querySelector(":scope > form")?.querySelector(FIELDS);
  field?.focus();
  if (field?.matches("input[data-select]")) field.select();
};

const close = () => {
  if (dialog()?.open) dialog().close();
};

/** Gives the focus to what changed, or back to what opened the drawer, also when it was drawn anew since. */
const giveFocus = (selector) => {
  const changed = selector && document.querySelector(selector);
  // Opened by a key there is no opener, and the one there was may be gone: the page itself takes over.
  const target = changed || (opener?.isConnected && opener !== document.body ? opener : document.getElementById("main"));
  if (!target) return;
  const focusable = target.matches("a, button, input, textarea, [tabindex]")
    ? target
    : target.querySelector("[data-row-link], a[href], button");
  focusable?.focus();
  if (changed) {
    changed.classList.remove("flash");
    requestAnimationFrame(() => changed.classList.add("flash"));
  }
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-drawer]");
  if (!link || !body() || event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  load(link.getAttribute("href"), "#drawer-body", { source: link, event, swap: "innerHTML" });
});

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx, tasks } = event.detail;
  ctx.fillsDrawer = tasks.some(({ target, swapSpec }) => target && target === body() && swapSpec.style !== "none");
});

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  if (!ctx.fillsDrawer || !dialog()) return;
  const wasOpen = dialog().open;
  open();
  focusFirst();
  body().querySelector(".drawer-content")?.scrollTo(0, 0);
  if (ctx.request?.method !== "GET" || ctx.restored) return;
  const { action } = ctx.request;
  const state = { htmx: true, pushed: !wasOpen || Boolean(history.state?.pushed) };
  history[wasOpen ? "replaceState" : "pushState"](state, "", addressWith(action));
});

// Closed by Esc, a button or after saving: the address follows.
document.addEventListener(
  "close",
  (event) => {
    if (event.target !== dialog()) return;
    hostToasts(document.body);
    giveFocus(event.target.dataset.focus);
    delete event.target.dataset.focus;
    body().replaceChildren();
    if (!pathInAddress()) return;
    if (history.state?.pushed) history.back();
    else history.replaceState({ htmx: true }, "", addressWith(null));
  },
  true,
);

document.addEventListener("drawer:close", (event) => {
  const drawer = dialog();
  if (!drawer) return;
  const focus = event.detail?.focus;
  if (drawer.open) {
    if (focus) drawer.dataset.focus = focus;
    drawer.close();
  } else giveFocus(focus);
});

document.addEventListener("row:changed", (event) => giveFocus(event.detail?.focus));

/** Makes the drawer follow the address bar. */
const follow = () => {
  const path = pathInAddress();
  if (path) load(path, "#drawer-body", { swap: "innerHTML", restored: true });
  else close();
};

// Back and Forward between addresses that differ only in the drawer: no reload of the page, and the focus
// stays where closing or opening the drawer has put it.
window.navigation?.addEventListener("navigate", (event) => {
  if (event.navigationType !== "traverse" || !event.canIntercept) return;
  if (addressWith(null, event.destination.url) === page) event.intercept({ focusReset: "manual", scroll: "manual" });
});

document.addEventListener("htmx:before:history:restore", (event) => {
  if (addressWith(null) !== page) return;
  event.preventDefault();
  follow();
});

// The last is for a page that writes its state into the address by itself.
for (const name of ["htmx:after:history:push", "htmx:after:history:replace", "address:changed"]) {
  document.addEventListener(name, () => (page = addressWith(null)));
}

if (body() && pathInAddress()) follow();

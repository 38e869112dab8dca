// Toasts are written by the server (page messages, or a part appended to #toasts); they leave after eight
// seconds and wait while somebody points at them or has the focus inside.
const LIFETIME = 8000;
const AFTER_PAUSE = 3000;

class Toast extends HTMLElement {
  connectedCallback() {
    this.start(LIFETIME);
    this.addEventListener("pointerenter", this);
    this.addEventListener("pointerleave", this);
    this.addEventListener("focusin", this);
    this.addEventListener("focusout", this);
    this.addEventListener("htmx:finally:request", this);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  start(time) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.remove(), time);
  }

  handleEvent(event) {
    if (event.type === "htmx:finally:request") this.remove();
    else if (event.type === "pointerenter" || event.type === "focusin") clearTimeout(this.timer);
    else if (!this.matches(":hover, :focus-within")) this.start(AFTER_PAUSE);
  }
}
customElements.define("app-toast", Toast);

/** Shows the toast kept in the `<template>` with this id, if the page has it; `text` replaces its words. */
export const showTemplate = (id, text = "") => {
  const content = document.getElementById(id)?.content.cloneNode(true);
  if (!content) return;
  if (text) content.querySelector(".toast-text").textContent = text;
  document.getElementById("toasts")?.append(content);
};

/** Puts the toasts inside an open modal dialog (everything outside it is inert), or back into the page. */
export const hostToasts = (parent) => {
  const toasts = document.getElementById("toasts");
  if (toasts && toasts.parentElement !== parent) parent.append(toasts);
};

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest("app-toast")?.remove();
});

// Forms: ⌘/Ctrl+Enter sends (that of a drawer's own page from anywhere on it), `data-autosubmit` sends on change, and
// nothing is sent twice by a double click.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
  const form =
    event.target.closest("form") ?? (event.target === document.body && document.querySelector(".drawer-page form.drawer"));
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("[data-primary]") ?? undefined);
});

// Enter in a field that looks for something presses the button beside it, not the one that saves.
document.addEventListener("keydown", (event) => {
  const button = event.key === "Enter" && event.target.closest("[data-finder]")?.querySelector("button");
  if (!button || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  button.click();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-autosubmit]")) event.target.form?.requestSubmit();
});

document.addEventListener("htmx:config:request", (event) => {
  const { sourceElement, request } = event.detail.ctx;
  if (request.method !== "GET" && sourceElement.classList.contains("htmx-request")) event.preventDefault();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  // A download answers without leaving the page; then the form must work again.
  setTimeout(() => delete form.dataset.sent, 3000);
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

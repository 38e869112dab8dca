// J and K walk through everything marked `data-row`, in the order of the page.
const IN_FIELD = "input, textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.key !== "j" && event.key !== "k") return;
  if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return;
  if (document.documentElement.dataset.shortcuts === "off" || event.target.closest(IN_FIELD)) return;
  const scope = document.querySelector("dialog[open]") ?? document;
  const rows = [...scope.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
  if (!rows.length) return;
  const current = rows.indexOf(document.activeElement?.closest("[data-row]"));
  const step = event.key === "j" ? 1 : -1;
  const next = current < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(current + step, 0), rows.length - 1);
  event.preventDefault();
  rows[next].querySelector("[data-row-link], a[href], button, input")?.focus();
  rows[next].scrollIntoView({ block: "nearest" });
});

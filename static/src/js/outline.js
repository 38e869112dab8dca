// Arrow keys in `[data-outline]`, nested lists whose rows are marked `data-row`: Up and Down go from row to row, Right
// opens what is below a row or goes there, Left closes it or goes to the row above.
const rowsIn = (list) => [...list.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());

const focus = (row) => {
  row?.scrollIntoView({ block: "nearest" });
  (row?.querySelector("[data-row-link]") ?? row?.parentElement.querySelector(":scope > details > summary"))?.focus();
};

/** The rows below one, as the element that opens and closes. */
const branchOf = (row) => row.parentElement.querySelector(":scope > details");

const steps = {
  ArrowDown: (row, rows) => focus(rows[rows.indexOf(row) + 1]),
  ArrowUp: (row, rows) => focus(rows[rows.indexOf(row) - 1]),
  ArrowRight: (row) => {
    const branch = branchOf(row);
    if (!branch) return;
    if (branch.open) focus(branch.querySelector("[data-row]"));
    else branch.open = true;
  },
  ArrowLeft: (row) => {
    const branch = branchOf(row);
    if (branch?.open) branch.open = false;
    else focus(row.closest("details")?.parentElement.querySelector(":scope > [data-row]"));
  },
};

document.addEventListener("keydown", (event) => {
  const step = steps[event.key];
  if (!step || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return;
  const list = event.target.closest("[data-outline]");
  if (!list || event.target.matches("input, textarea, select")) return;
  const row = event.target.closest("[data-row]") ?? event.target.closest("li")?.querySelector(":scope > [data-row]");
  if (!row) return;
  event.preventDefault();
  step(row, rowsIn(list));
});

// The RACI matrix on the keyboard: arrows move between cells, R, A, C and I set or take away a letter, Delete empties,
// Escape takes back what was typed here, Enter goes on to the next row. Each cell is a select and works without all this.
const table = document.querySelector("[data-raci]");
const sender = document.getElementById("raci-cell");
const said = document.getElementById("raci-said");

/** Rows of cells, without the lines that name a phase. */
const rows = [...table.querySelectorAll("tbody tr")]
  .map((row) => [...row.querySelectorAll("select")])
  .filter((cells) => cells.length);

const place = (cell) => {
  const down = rows.findIndex((cells) => cells.includes(cell));
  return [down, rows[down].indexOf(cell)];
};

/** Tab goes into the table once, to the cell that had the focus last. */
let current = rows[0]?.[0];
for (const cell of rows.flat()) cell.tabIndex = cell === current ? 0 : -1;

const go = (down, right) => {
  const row = rows[Math.min(Math.max(down, 0), rows.length - 1)];
  row[Math.min(Math.max(right, 0), row.length - 1)].focus();
};

// What the server knows, what was there when the cell got the focus, and what waits to be sent.
const saved = new Map(rows.flat().map((cell) => [cell, cell.value]));
let before = "";
const waiting = new Set();
let sent = null;

const send = () => {
  if (sent || !waiting.size) return;
  sent = new Map([...waiting].map((cell) => [cell, cell.value]));
  waiting.clear();
  sender.replaceChildren(
    ...[...sent].map(([cell, value]) => Object.assign(document.createElement("input"), { type: "hidden", name: cell.name, value })),
  );
  sender.requestSubmit();
};

const save = (cell) => {
  waiting.add(cell);
  said.textContent = cell.selectedOptions[0].textContent;
  send();
};

document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.sourceElement !== sender || !sent) return;
  for (const [cell, value] of sent) {
    if (ctx.response?.raw.ok) saved.set(cell, value);
    // Not taken: what stands there is what the server has, unless somebody typed on meanwhile.
    else if (!waiting.has(cell)) cell.value = saved.get(cell);
  }
  sent = null;
  // Once this request is over: a form that is still busy sends nothing.
  setTimeout(send);
});

const set = (cell, value) => {
  if (cell.value === value) return;
  cell.value = value;
  save(cell);
};

/** C and I stand alone; R and A go together. */
const toggled = (value, letter) => {
  if ("CI".includes(letter)) return value === letter ? "" : letter;
  const letters = new Set([...value].filter((one) => "AR".includes(one)));
  if (!letters.delete(letter)) letters.add(letter);
  return [...letters].sort().join("");
};

const KEYS = {
  ArrowUp: (_cell, down, right) => go(down - 1, right),
  ArrowDown: (_cell, down, right) => go(down + 1, right),
  ArrowLeft: (_cell, down, right) => go(down, right - 1),
  ArrowRight: (_cell, down, right) => go(down, right + 1),
  Home: (_cell, down) => go(down, 0),
  End: (_cell, down) => go(down, Infinity),
  Enter: (_cell, down, right) => go(down + 1, right),
  Escape: (cell) => set(cell, before),
  Delete: (cell) => set(cell, ""),
  Backspace: (cell) => set(cell, ""),
};

table.addEventListener("keydown", (event) => {
  const cell = event.target.closest("select");
  if (!cell || event.metaKey || event.ctrlKey || event.altKey) return;
  const letter = event.key.toUpperCase();
  if (KEYS[event.key]) KEYS[event.key](cell, ...place(cell));
  else if (letter.length === 1 && "RACI".includes(letter)) set(cell, toggled(cell.value, letter));
  else return;
  event.preventDefault();
});

table.addEventListener("focusin", (event) => {
  if (!event.target.matches("select")) return;
  if (current) current.tabIndex = -1;
  current = event.target;
  current.tabIndex = 0;
  before = current.value;
});

table.addEventListener("change", (event) => event.target.matches("select") && save(event.target));

// Minus and plus beside a number field (`data-step="-1" data-for="id"`), and the arrow keys inside it.
// Numbers are read and written the way the page's language does: "1 234,5" in Swedish, "1,234.5" in English.
const locale = document.documentElement.lang || "en";
const decimal = new Intl.NumberFormat(locale).formatToParts(1.1).find((part) => part.type === "decimal").value;
const output = new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 6 });

/** The number a person typed, or NaN. */
export const read = (text) => {
  const bare = text.replace(/[\s'’]/g, "").replace("−", "-");
  if (!bare) return NaN;
  const grouped = decimal === "," ? /\.(?=\d{3}(\D|$))/g : /,(?=\d{3}(\D|$))/g;
  return Number(bare.replace(grouped, "").replace(",", "."));
};

/** A number as the page's language writes it into a field. */
export const write = (value) => output.format(Number(value.toFixed(6)));

const step = (field, by) => {
  const value = read(field.value || "0");
  if (Number.isNaN(value)) return;
  const least = field.dataset.min === undefined ? -Infinity : Number(field.dataset.min);
  const most = field.dataset.max === undefined ? Infinity : Number(field.dataset.max);
  field.value = write(Math.min(Math.max(value + by, least), most));
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  const field = button && document.getElementById(button.dataset.for);
  if (!field) return;
  step(field, Number(button.dataset.step));
  field.focus();
});

document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!field.matches?.("input[data-stepper]") || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  event.preventDefault();
  step(field, (event.key === "ArrowUp" ? 1 : -1) * Number(field.dataset.stepper || 1));
});

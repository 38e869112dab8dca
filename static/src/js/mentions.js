// Naming people in a text: after an @ come suggestions, moved through with the arrow keys. `data-mentions` on a
// textarea is the address that answers with options such as "Lena Muster <lena@example.com>".
import Combobox from "@github/combobox-nav";

const WAIT = 150;
// From the @ to the caret: a name may be several words.
const BEGUN = /(?:^|[\s(])@([^\s@][^@\n]{0,40})$/u;

let timer = 0;
let open = null;

const begun = (field) => BEGUN.exec(field.value.slice(0, field.selectionStart))?.[1];

const close = () => {
  open?.navigation.destroy();
  open?.list.remove();
  open = null;
};

const option = (text, index, same) => {
  const [name, address] = text.split(" <");
  const element = document.createElement("div");
  element.id = `mention-${index}`;
  element.className = "palette-option";
  element.role = "option";
  element.textContent = text;
  // The address where the name alone would not say who is meant.
  element.dataset.value = same > 1 && address ? address.slice(0, -1) : name;
  return element;
};

const show = (field, texts) => {
  close();
  if (!texts.length) return;
  const list = document.createElement("div");
  list.id = "mention-list";
  list.className = "mention-list";
  list.role = "listbox";
  list.ariaLabel = field.labels?.[0]?.textContent ?? "@";
  const nameOf = (text) => text.split(" <")[0];
  list.append(
    ...texts.map((text, index) => option(text, index, texts.filter((one) => nameOf(one) === nameOf(text)).length)),
  );
  field.after(list);
  const navigation = new Combobox(field, list, { firstOptionSelectionMode: "active", tabInsertsSuggestions: true });
  navigation.start();
  open = { field, list, navigation };
};

const suggest = async (field) => {
  const text = begun(field);
  if (!text) return close();
  const answer = await fetch(`${field.dataset.mentions}?q=${encodeURIComponent(text)}`);
  if (!answer.ok || begun(field) !== text) return;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  show(field, [...found.querySelectorAll("option")].map((one) => one.value).slice(0, 6));
};

document.addEventListener("input", (event) => {
  if (!event.target.matches?.("textarea[data-mentions]")) return;
  clearTimeout(timer);
  if (begun(event.target)) timer = setTimeout(suggest, WAIT, event.target);
  else close();
});

document.addEventListener("combobox-commit", (event) => {
  if (!open?.list.contains(event.target)) return;
  const { field } = open;
  const caret = field.selectionStart;
  const from = caret - (begun(field)?.length ?? 0);
  close();
  field.setRangeText(`${event.target.dataset.value} `, from, caret, "end");
  field.focus();
});

// Esc puts the suggestions away, and nothing else.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !open) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  },
  true,
);

document.addEventListener("focusout", (event) => {
  if (open && event.target === open.field && !open.list.contains(event.relatedTarget)) setTimeout(close, WAIT);
});

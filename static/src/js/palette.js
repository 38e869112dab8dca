// Command palette: a dialog with a list from the server, moved through with the arrow keys.
import Combobox from "@github/combobox-nav";
import { onSwap, trigger } from "./swapping.js";

const dialog = () => document.getElementById("palette");
const input = () => document.getElementById("palette-input");
const list = () => document.getElementById("palette-list");

let navigation = null;

const open = () => {
  if (dialog().open) return;
  document.querySelector("[popover]:popover-open")?.hidePopover();
  dialog().showModal();
  input().select();
  navigation = new Combobox(input(), list(), { firstOptionSelectionMode: "active", tabInsertsSuggestions: false });
  navigation.start();
  trigger(input(), "palette");
};

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-palette]") || !dialog()) return;
  event.preventDefault();
  open();
});

// ⌘K / Ctrl+K works in fields too, so it is not one of the single-key shortcuts.
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return;
  if (!dialog() || document.querySelector("dialog[open]:not(#palette)")) return;
  event.preventDefault();
  open();
});

onSwap((context) => {
  if (context.target === list() && dialog()?.open) navigation?.resetSelection();
});

document.addEventListener("combobox-commit", () => dialog()?.close());

document.addEventListener(
  "close",
  (event) => {
    if (event.target !== dialog()) return;
    navigation?.destroy();
    navigation = null;
  },
  true,
);

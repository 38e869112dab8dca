// Keys written in the markup as `data-hotkey="g h"`. `<html data-shortcuts="off">` turns them all off.
import { install, uninstall } from "@github/hotkey";
import { onSwap } from "./swapping.js";

const installed = new Set();

/** Nothing behind an open dialog may be fired; `C` means the check-in of the row, else the one the page offers. */
const beforeFire = (event) => {
  const element = event.currentTarget;
  const dialog = document.querySelector("dialog[open]");
  if (dialog && !dialog.contains(element)) {
    event.preventDefault();
    return;
  }
  // Arrows belong to the field that has the focus, also where it is no text: they choose.
  if (element.dataset.hotkey.startsWith("Arrow") && document.activeElement?.matches("input")) {
    event.preventDefault();
    return;
  }
  if (element.dataset.hotkey !== "c") return;
  const row = document.activeElement?.closest("[data-row]");
  const own = row?.querySelector("[data-check-in]") ?? document.querySelector('main [data-hotkey="c"]');
  if (own && own !== element) {
    event.preventDefault();
    own.click();
  }
};

const refresh = () => {
  for (const element of installed) {
    if (element.isConnected) continue;
    uninstall(element);
    installed.delete(element);
  }
  for (const element of document.querySelectorAll("[data-hotkey]")) {
    if (installed.has(element)) continue;
    install(element);
    element.addEventListener("hotkey-fire", beforeFire);
    installed.add(element);
  }
};

if (document.documentElement.dataset.shortcuts !== "off") {
  refresh();
  onSwap(refresh);
}

// `data-copy="text"` or `data-copy-from="#id"` puts something on the clipboard and says so.
import { showTemplate } from "./toasts.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-from]");
  if (!button) return;
  const source = button.dataset.copyFrom && document.querySelector(button.dataset.copyFrom);
  const text = source ? (source.value ?? source.textContent.trim()) : button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
    showTemplate("toast-copied");
  } catch {
    // Refused, or a page without https: select it, so that the person can copy by hand.
    source?.select?.();
  }
});

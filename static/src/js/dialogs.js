// Native dialogs: opened by `data-open-dialog="id"`, closed by `data-close`, Esc or a click beside them.
document.addEventListener("click", (event) => {
  const opens = event.target.closest("[data-open-dialog]");
  if (opens) {
    const dialog = document.getElementById(opens.dataset.openDialog);
    if (dialog && !dialog.open) {
      event.preventDefault();
      document.querySelector("[popover]:popover-open")?.hidePopover();
      dialog.showModal();
    }
    return;
  }
  const closes = event.target.closest("[data-close]");
  const dialog = closes ? closes.closest("dialog") : event.target;
  if (dialog instanceof HTMLDialogElement && dialog.open) {
    // Without script a close button inside a page is a link; inside a dialog it only closes.
    if (closes || isBeside(dialog, event)) {
      event.preventDefault();
      dialog.close();
    }
  }
});

/** True for a press on the backdrop; a text selection that ends there is not one. */
const isBeside = (dialog, event) => {
  const box = dialog.getBoundingClientRect();
  const outside = ({ clientX: x, clientY: y }) => x < box.left || x > box.right || y < box.top || y > box.bottom;
  return pressedOutside === dialog && outside(event);
};

let pressedOutside = null;
document.addEventListener("pointerdown", (event) => {
  pressedOutside = event.target instanceof HTMLDialogElement ? event.target : null;
});

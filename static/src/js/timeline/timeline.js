// Showing today and what waits for what, and dragging the bar of a phase or a task: it opens the form that moves it,
// with the days filled in. Without a pointer the same link does it: Enter on the bar, then the number of days.
const host = document.querySelector("[data-timeline]");
const LEAST = 4;

let drag = null;

// Where the plan is wider than the window: show the time around today first.
const today = host?.querySelector(".today");
if (today) host.scrollLeft = today.offsetLeft + today.parentElement.offsetLeft - host.clientWidth / 2;

// On a phone, where the phases scroll inside: the one that goes on comes first.
const PHONE = "(width < 40rem)";
const current = host?.querySelector(".bar-phase.now")?.closest("section");
if (current && !location.hash && matchMedia(PHONE).matches) {
  host.scrollTop = current.offsetTop - host.querySelector(".timeline-head").offsetHeight;
}

// What the step that is pointed at or has the focus waits for, and what waits for it.
const steps = [...(host?.querySelectorAll("[data-step]") ?? [])];
const waitsFor = (step) => (step?.dataset.waitsFor ?? "").split(" ");

function showNeeds(event) {
  const step = event.target.closest?.("[data-step]");
  const needed = waitsFor(step);
  for (const one of steps) {
    one.classList.toggle("is-needed", needed.includes(one.dataset.step));
    one.classList.toggle("is-waiting", Boolean(step) && waitsFor(one).includes(step.dataset.step));
  }
}

for (const name of ["pointerover", "focusin"]) host?.addEventListener(name, showNeeds);
host?.addEventListener("pointerleave", () => showNeeds({ target: document.activeElement }));
host?.addEventListener("focusout", () => showNeeds({ target: document.body }));

function daysOf(event) {
  const column = drag.bar.parentElement.getBoundingClientRect().width / Number(host.dataset.columns);
  return Math.round((event.clientX - drag.x) / column) * Number(host.dataset.days);
}

host?.addEventListener("pointerdown", (event) => {
  const bar = event.target.closest("[data-bar]");
  if (!bar || event.button !== 0) return;
  drag = { bar, x: event.clientX, moved: false };
  bar.setPointerCapture(event.pointerId);
});

host?.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const by = event.clientX - drag.x;
  drag.moved ||= Math.abs(by) > LEAST;
  if (!drag.moved) return;
  drag.bar.classList.add("is-dragged");
  drag.bar.style.translate = `${by}px`;
});

function drop(event) {
  if (!drag) return;
  const { bar, moved } = drag;
  const days = moved ? daysOf(event) : 0;
  bar.classList.remove("is-dragged");
  bar.style.translate = "";
  drag = null;
  if (!moved) return;
  // The click that follows a drag would open the form without the days.
  bar.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => bar.removeEventListener("click", stop, { capture: true }), 0);
  if (!days || event.type === "pointercancel") return;
  const plain = bar.getAttribute("href");
  bar.href = `${plain}?days=${days}`;
  setTimeout(() => {
    bar.click();
    bar.setAttribute("href", plain);
  }, 0);
}

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}

host?.addEventListener("pointerup", drop);
host?.addEventListener("pointercancel", drop);
host?.addEventListener("dragstart", (event) => event.preventDefault());

// Scoring with one hand: 0–9 and X set the score, A, C and D the outcome, Enter goes on; slider, number and word follow.
import { read, write } from "./stepper.js";
import { onSwap } from "./swapping.js";

const OUTCOMES = { a: "achieved", c: "carry_over", d: "drop" };
const IN_TEXT = 'textarea, select, [contenteditable], input:not([type="range"], [type="radio"])';
const formNow = () => document.querySelector("form[data-scoring]");
const fieldOf = (form) => document.getElementById(form.dataset.scoring);
const sliderOf = (form) => form.querySelector("[data-score-slider]");

const showBand = (form, score) => {
  const bands = [...form.querySelectorAll("[data-bands] > [data-from]")];
  const off = Number.isNaN(score) || score < 0 || score > 1;
  const now = off ? null : bands.find((band) => score >= Number(band.dataset.from));
  for (const band of bands) band.hidden = band !== now;
};

const setScore = (form, score) => {
  const field = fieldOf(form);
  field.value = write(score);
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-scoring]");
  if (!form) return;
  if (event.target === sliderOf(form)) {
    fieldOf(form).value = write(Number(event.target.value));
    showBand(form, Number(event.target.value));
  } else if (event.target === fieldOf(form)) {
    const score = read(event.target.value);
    if (!Number.isNaN(score)) sliderOf(form).value = score;
    showBand(form, score);
  }
});

// Before the keys of the page: here C means carry over.
document.addEventListener(
  "keydown",
  (event) => {
    const form = formNow();
    if (!form || event.metaKey || event.ctrlKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (document.documentElement.dataset.shortcuts === "off" || event.target.closest(IN_TEXT)) return;
    const key = event.key.toLowerCase();
    if (/^\d$/.test(key)) setScore(form, Number(key) / 10);
    else if (key === "x") setScore(form, 1);
    else if (OUTCOMES[key]) form.querySelector(`[name="outcome"][value="${OUTCOMES[key]}"]`).click();
    else if (key === "enter" && event.target === sliderOf(form)) form.requestSubmit(form.querySelector("[data-primary]"));
    else return;
    event.preventDefault();
  },
  true,
);

const reveal = () => {
  const form = formNow();
  const slider = form && sliderOf(form);
  if (!slider?.hidden) return;
  for (const part of form.querySelectorAll("[data-score-slider], [data-score-keys]")) part.hidden = false;
  if (!form.querySelector('[aria-invalid="true"]')) slider.focus();
};
reveal();
onSwap(reveal);

// Answers that are not a fragment: errors become a toast, whole pages (a sign-in after the session ended,
// a redirect after a form) become a navigation instead of a page inside a page.
import { showTemplate } from "./toasts.js";

const TOAST_BY_STATUS = { 401: "toast-denied", 403: "toast-denied", 404: "toast-gone", 410: "toast-gone", 429: "toast-busy" };

document.addEventListener("htmx:after:request", (event) => {
  const { response, text, request } = event.detail.ctx;
  const isPage = /^\s*<!doctype html/i.test(text ?? "");
  if (isPage && response.raw.ok && !request.headers["HX-History-Restore-Request"]) {
    event.preventDefault();
    location.assign(response.raw.url);
  }
});

/** The sentence of an error page that says why, if it has one. */
const reasonIn = (html) =>
  new DOMParser().parseFromString(html ?? "", "text/html").querySelector("[data-error-reason]")?.textContent.trim();

document.addEventListener("htmx:response:error", (event) => {
  const { response, text } = event.detail.ctx;
  const { status } = response;
  // 409 and 422 bring back the form with its errors; everything else is told in a toast.
  if (status === 409 || status === 422) return;
  showTemplate(TOAST_BY_STATUS[status] ?? "toast-failed", status === 403 ? reasonIn(text) : "");
});

document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx && !event.detail.ctx.response) showTemplate("toast-offline");
});

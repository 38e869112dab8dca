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

document.addEventListener("htmx:response:error", (event) => {
  const { status } = event.detail.ctx.response;
  // 409 and 422 bring back the form with its errors; everything else is told in a toast.
  if (status !== 409 && status !== 422) showTemplate(TOAST_BY_STATUS[status] ?? "toast-failed");
});

document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx && !event.detail.ctx.response) showTemplate("toast-offline");
});

// What asks the server again and again (`hx-trigger="every …"`, with `data-while-visible`) rests while nobody sees it.
document.addEventListener("htmx:before:request", (event) => {
  if (document.hidden && event.detail.ctx.sourceElement?.matches("[data-while-visible]")) event.preventDefault();
});

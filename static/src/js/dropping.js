// A file dropped anywhere on `.drop-zone` goes into the file field inside it.
const zoneOf = (event) => event.target instanceof Element && event.target.closest(".drop-zone");

document.addEventListener("dragover", (event) => {
  const zone = zoneOf(event);
  if (!zone) return;
  event.preventDefault();
  zone.dataset.over = "";
});

document.addEventListener("dragleave", (event) => {
  const zone = zoneOf(event);
  if (zone && !zone.contains(event.relatedTarget)) delete zone.dataset.over;
});

document.addEventListener("drop", (event) => {
  const zone = zoneOf(event);
  const input = zone && zone.querySelector('input[type="file"]');
  if (!input) return;
  event.preventDefault();
  delete zone.dataset.over;
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

// `data-guess-time-zone` on a select: choose the zone of this device, if it is among the options.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What this browser calls a zone: some say the old name of a place ("Asia/Calcutta"), whatever they are asked for. */
function called(name) {
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return "";
  }
}

for (const field of document.querySelectorAll("select[data-guess-time-zone]")) {
  const options = [...field.options];
  const found =
    options.find((option) => option.value === zone) ?? options.find((option) => called(option.value) === zone);
  if (found) field.value = found.value;
}

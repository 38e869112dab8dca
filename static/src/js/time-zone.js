// `data-guess-time-zone` on a select: choose the zone of this device, if it is among the options.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const field of document.querySelectorAll("select[data-guess-time-zone]")) {
  if ([...field.options].some((option) => option.value === zone)) field.value = zone;
}

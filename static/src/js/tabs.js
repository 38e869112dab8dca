// Tabs that are wider than the window begin at the one that is open.
for (const tab of document.querySelectorAll("nav [aria-current]")) {
  const row = tab.closest("nav");
  if (row.scrollWidth > row.clientWidth) row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}

// Behaviour of every page. Each module listens on the document, so swapped-in content needs no binding.
import "./swapping.js";
import "./responses.js";
import "./drawer.js";
import "./dialogs.js";
import "./toasts.js";
import "./palette.js";
import "./mentions.js";
import "./scoring.js";
import "./hotkeys.js";
import "./rows.js";
import "./outline.js";
import "./theme.js";
import "./stepper.js";
import "./submitting.js";
import "./clipboard.js";
import "./dropping.js";
import "./time-zone.js";
import "./tabs.js";
import "./polling.js";

// One signal for tests and scripts: behaviours are bound.
const markReady = () => setTimeout(() => (document.documentElement.dataset.ready = "1"));
if (document.readyState === "complete") markReady();
else addEventListener("load", markReady);

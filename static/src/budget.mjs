// Prints the size of what pages load and fails when a budget is exceeded (KB = 1024 bytes, Brotli). app.* comes with
// every page, a module of its own with one page only.
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const budgets = [
  { file: "app.js", kilobytes: 25, compressed: true },
  { file: "map.js", kilobytes: 30, compressed: true },
  { file: "raci.js", kilobytes: 30, compressed: true },
  { file: "timeline.js", kilobytes: 30, compressed: true },
  { file: "app.css", kilobytes: 25, compressed: true },
  { file: "inter.woff2", kilobytes: 50, compressed: false },
];

let failed = false;
for (const { file, kilobytes, compressed } of budgets) {
  const content = readFileSync(`static/dist/${file}`);
  const size = (compressed ? brotliCompressSync(content) : content).length / 1024;
  const over = size > kilobytes;
  failed ||= over;
  console.log(`${over ? "OVER" : "ok  "} ${file.padEnd(12)} ${size.toFixed(1)} of ${kilobytes} KB`);
}
process.exit(failed ? 1 : 0);

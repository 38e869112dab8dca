// Copies the one font file the app loads (Latin subset, variable weight) next to the built stylesheet.
import { cpSync, mkdirSync } from "node:fs";

mkdirSync("static/dist", { recursive: true });
cpSync("node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2", "static/dist/inter.woff2");

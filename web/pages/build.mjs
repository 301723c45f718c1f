// One script and one style sheet for the three public pages, under names that do not change: the page is one HTML file.
import { copyFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
rmSync(dist, { recursive: true, force: true });
await build({
  root: here,
  configFile: false,
  logLevel: "warn",
  build: {
    outDir: dist,
    target: "es2022",
    rollupOptions: {
      input: join(here, "src/main.ts"),
      output: { entryFileNames: "pages.js", assetFileNames: "pages.[ext]", codeSplitting: false },
    },
  },
});
copyFileSync(join(here, "page.html"), join(dist, "page.html"));

// Classic scripts, each of which knows the hashed names of those it loads: words and what few visitors open, then the app, then the loader.
import { createHash } from "node:crypto";
import { readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));

/** Returns the name of the file: `widget-app-0123456789ab.js`; without the hash when `plain`. */
async function bundle(entry, name, define, plain = false) {
  const file = `${name}.js`;
  await build({
    root: here,
    configFile: false,
    logLevel: "warn",
    define,
    build: {
      outDir: dist,
      emptyOutDir: false,
      target: "es2022",
      lib: { entry: join(here, "src", entry), formats: ["iife"], name: "chatikaScript", fileName: () => file },
    },
  });
  if (plain) return file;
  const hash = createHash("sha256").update(readFileSync(join(dist, file))).digest("hex").slice(0, 12);
  const hashed = `${name}-${hash}.js`;
  renameSync(join(dist, file), join(dist, hashed));
  return hashed;
}

rmSync(dist, { recursive: true, force: true });
const words = {
  ru: await bundle("words_ru.ts", "widget-ru", {}),
  en: await bundle("words_en.ts", "widget-en", {}),
};
const more = await bundle("more.ts", "widget-more", {});
const app = await bundle("app.ts", "widget-app", { __VERSION__: JSON.stringify(version), __WORDS__: JSON.stringify(words), __MORE__: JSON.stringify(more) });
await bundle("loader.ts", "widget", { __APP_FILE__: JSON.stringify(app) }, true);
console.log(`dist: widget.js, ${app}, ${more}, ${words.ru}, ${words.en}`);

// Fails when what a visitor loads weighs more than it may (gzip -9, as a server would send it):
// the loader, what is fetched when a source or "my data" is opened, and all together with the heavier of the two languages, of which a visitor needs one.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const kLoaderLimit = 1536;
const kAllLimit = 15 * 1024;
const kMoreLimit = 4 * 1024;

const dist = join(dirname(fileURLToPath(import.meta.url)), "dist");
const files = readdirSync(dist).filter((name) => name.endsWith(".js"));

function weigh(start) {
  const found = files.filter((name) => name.startsWith(start));
  if (found.length !== 1) throw new Error(`${found.length} files ${start}*: run npm run build -w widget`);
  return gzipSync(readFileSync(join(dist, found[0])), { level: 9 }).length;
}

const loader = weigh("widget.");
const [app, more, ru, en] = ["widget-app-", "widget-more-", "widget-ru-", "widget-en-"].map(weigh);
if (files.length !== 5) throw new Error("unknown scripts in dist");
console.log(`app ${app}, Russian ${ru}, English ${en} bytes`);
for (const [name, weight, limit] of [["loader", loader, kLoaderLimit], ["on demand (a source, my data)", more, kMoreLimit], ["all", loader + app + Math.max(ru, en), kAllLimit]]) {
  console.log(`${weight <= limit ? "ok  " : "FAIL"} ${name}: ${weight} of ${limit} bytes gzipped`);
  if (weight > limit) process.exitCode = 1;
}

// Builds dist/ from src/, with fixed names (the static-files storage adds hashes), and writes dist/BUILD.json:
// the sha256 of every input and every output, so that a changed source without a rebuild is noticed without node.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "../static/reviewdesk/dist"));
const common = {
  absWorkingDir: here,
  bundle: true,
  charset: "utf8",
  format: "esm",
  legalComments: "none",
  minify: true,
  outdir: out,
  target: "es2022",
  logLevel: "warning",
};

/** Licence texts of every package that ended up in a bundle, in one file beside it. */
function legalTexts(metafiles) {
  const packages = new Set();
  for (const { inputs } of metafiles) {
    for (const path of Object.keys(inputs)) {
      const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
      if (found) packages.add(found[1]);
    }
  }
  return [...packages].sort().map((name) => {
    const folder = join(here, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${license}`;
    return `${name} ${version}\n\n${text}\n`;
  }).join("\n----\n\n");
}

function sha256(path) {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}

function digests(paths, base) {
  return Object.fromEntries(paths.map((path) => [relative(base, path).replaceAll("\\", "/"), sha256(path)]));
}

/** What a page may cost, in bytes of gzip -9: names of files and the most they may weigh together. */
const BUDGETS = [
  { page: "the desk", files: ["desk.js", "chunk.js", "merge.js", "app.js"], most: 150_000 },
  { page: "other signed-in pages", files: ["app.js"], most: 40_000 },
  { page: "public pages", files: ["public.js"], most: 10_000 },
];

function weigh() {
  for (const { page, files, most } of BUDGETS) {
    const bytes = files.reduce((sum, name) => sum + gzipSync(readFileSync(join(out, name)), { level: 9 }).length, 0);
    console.log(`${page}: ${bytes} of ${most} bytes`);
    if (bytes > most) process.exitCode = 1;
  }
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
// The desk is split: `merge` is loaded when a change view is opened, `chunk` is what both need.
const desk = await build({
  ...common,
  entryPoints: { desk: "src/desk.ts", merge: "src/editor/merge.ts" },
  splitting: true,
  chunkNames: "chunk",
  metafile: true,
});
const pages = await build({ ...common, entryPoints: { app: "src/app.ts", public: "src/public.ts" }, metafile: true });
writeFileSync(join(out, "LEGAL.txt"), legalTexts([desk.metafile, pages.metafile]));

const inputs = [
  ...filesBelow(join(here, "src")),
  ...["build.mjs", "package.json", "package-lock.json", "tsconfig.json"].map((name) => join(here, name)),
];
const outputs = filesBelow(out).filter((path) => !path.endsWith("BUILD.json"));
const record = { inputs: digests(inputs, here), outputs: digests(outputs, out) };
weigh();
writeFileSync(join(out, "BUILD.json"), `${JSON.stringify(record, null, 1)}\n`);

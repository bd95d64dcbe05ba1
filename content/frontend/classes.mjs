// Writes src/diff/classes.gen.ts from the class table that the server uses too (one Unicode version for both sides).
// Ranges are kept as base-36 gaps and lengths, which is a third of the size of a list of pairs.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const table = JSON.parse(readFileSync(join(here, "../../tests/text/vectors/word_classes.json"), "utf8"));

function packed(ranges) {
  let end = -1;
  return ranges.map(([low, high]) => {
    const pair = `${(low - end - 1).toString(36)} ${(high - low).toString(36)}`;
    end = high;
    return pair;
  }).join(" ");
}

writeFileSync(join(here, "src/diff/classes.gen.ts"), `// Written by classes.mjs from tests/text/vectors/word_classes.json. Do not edit.
export const UNICODE = ${JSON.stringify(table.unicode)};
export const WORD = ${JSON.stringify(packed(table.word))};
export const SPACE = ${JSON.stringify(packed(table.space))};
`);

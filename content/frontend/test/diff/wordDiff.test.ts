import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { UNICODE } from "../../src/diff/classes.gen";
import { changedWords, wordDiff } from "../../src/diff/wordDiff";
import { SPACE_CLASS, WORD_CLASS, classOf } from "../../src/diff/words";
import { Offsets } from "../../src/journal/offsets";
import { randomEdit, randomText, seeded } from "../random";

const VECTORS = "../../tests/text/vectors";

interface Vector {
  a: string;
  b: string;
  changes: [number, number, number, number, boolean][];
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(`${VECTORS}/${name}`, "utf8")) as T;
}

function applied(a: string, b: string): string {
  let made = "";
  let at = 0;
  for (const change of wordDiff(a, b)) {
    made += a.slice(at, change.fromA) + b.slice(change.fromB, change.toB);
    at = change.toA;
  }
  return made + a.slice(at);
}

describe("word_diff.v1", () => {
  it("gives the same changes as the server on every shared vector", () => {
    const vectors = read<Vector[]>("word_diff.v1.json");

    for (const { a, b, changes } of vectors) {
      const [inA, inB] = [new Offsets(a), new Offsets(b)];
      const ours = wordDiff(a, b).map((change) => [
        inA.toCodePoint(change.fromA), inA.toCodePoint(change.toA),
        inB.toCodePoint(change.fromB), inB.toCodePoint(change.toB), change.coarse,
      ]);
      expect(ours, JSON.stringify({ a, b })).toEqual(changes);
    }
    expect(vectors.length).toBeGreaterThanOrEqual(300);
  });

  it("makes the second text out of the first, whatever was edited", () => {
    const random = seeded(7);

    for (let round = 0; round < 400; round += 1) {
      const a = randomText(random, 60);
      const b = randomEdit(random, a);
      expect(applied(a, b)).toBe(b);
    }
  });

  it("refuses carriage returns", () => {
    expect(() => wordDiff("a\r\n", "a\n")).toThrow(RangeError);
  });

  it("counts in a coarse change only words without a partner", () => {
    const words = Array.from({ length: 900 }, (_, i) => `w${i}`);
    const [a, b] = [`start ${words.join(" ")} end`, `start ${[...words].reverse().join(" ")} end new`];

    const changes = wordDiff(a, b);

    expect(changes.some((change) => change.coarse)).toBe(true);
    expect(changedWords(a, b, changes)).toEqual({ inserted: 1, deleted: 0 });
  });

  it("holds 20,000 words with 1,500 edits under 0.6 seconds", () => {
    const random = seeded(3);
    const words = Array.from({ length: 20_000 }, (_, i) => `word${Math.floor(random() * 4000)}${i % 60 === 59 ? ".\n\n" : ""}`);
    const edited = words.map((word) => (random() < 0.075 ? `${word}x` : word));

    const started = performance.now();
    const changes = wordDiff(words.join(" "), edited.join(" "));
    const spent = performance.now() - started;

    expect(changes.length).toBeGreaterThan(1000);
    expect(spent).toBeLessThan(600);
  });
});

describe("character classes", () => {
  it("are those of the server's table, code point for code point", () => {
    const table = read<{ unicode: string; word: [number, number][]; space: [number, number][] }>("word_classes.json");
    const expected = new Uint8Array(0x110000);
    for (const [low, high] of table.word) expected.fill(WORD_CLASS, low, high + 1);
    for (const [low, high] of table.space) expected.fill(SPACE_CLASS, low, high + 1);

    const different = expected.findIndex((charClass, codePoint) => classOf(codePoint) !== charClass);

    expect(different).toBe(-1);
    expect(UNICODE).toBe(table.unicode);
  });
});

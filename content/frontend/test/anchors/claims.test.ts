import { ChangeSet } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { type ClaimRow, anchored, mapAnchored, sentenceAround } from "../../src/anchors/claims";

const TEXT = "🔑 One fact. It holds 42 keys.\nNext line has 7 days. And more.";

function claim(quote: string): ClaimRow {
  const start = [...TEXT.slice(0, TEXT.indexOf(quote))].length;
  return { sentence_hash: quote, quote, start, end: start + [...quote].length, kinds: ["number"], state: "correct", stale: false };
}

function changed(from: number, to: number, insert: string): ChangeSet {
  return ChangeSet.of({ from, to, insert }, TEXT.length, "\n");
}

describe("a claim", () => {
  it("stands at its place in the editor's units", () => {
    const [item] = anchored([claim("42 keys")], TEXT);

    expect(TEXT.slice(item?.from, item?.to)).toBe("42 keys");
  });

  it("moves with the text before it and stays fresh", () => {
    const [item] = mapAnchored(anchored([claim("42 keys")], TEXT), changed(0, 0, "Intro. "));

    expect(item?.from).toBe(TEXT.indexOf("42 keys") + 7);
    expect(item?.touched).toBe(false);
  });

  it("is touched when its own sentence is edited, not when the next line is", () => {
    const rows = anchored([claim("42 keys"), claim("7 days")], TEXT);
    const at = TEXT.indexOf("holds");

    expect(mapAnchored(rows, changed(at, at + 5, "has")).map((item) => item.touched)).toEqual([true, false]);
  });

  it("knows its sentence", () => {
    const at = TEXT.indexOf("7 days");

    const { from, to } = sentenceAround(TEXT, at, at + 6);

    expect(TEXT.slice(from, to)).toBe("Next line has 7 days.");
  });
});

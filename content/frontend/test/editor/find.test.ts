import { describe, expect, it } from "vitest";
import { matchesIn } from "../../src/editor/find";

describe("matches", () => {
  it("do not overlap", () => {
    expect(matchesIn("aaaa", { text: "aa", matchCase: true })).toEqual([0, 2]);
  });

  it("look past case unless told", () => {
    expect(matchesIn("Desk desk", { text: "desk", matchCase: false })).toEqual([0, 5]);
    expect(matchesIn("Desk desk", { text: "desk", matchCase: true })).toEqual([5]);
  });

  it("stay at their place where lower case is longer", () => {
    expect(matchesIn("İ desk", { text: "desk", matchCase: false })).toEqual([2]);
  });

  it("of nothing are none", () => {
    expect(matchesIn("text", { text: "", matchCase: false })).toEqual([]);
  });
});

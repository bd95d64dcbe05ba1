import { describe, expect, it } from "vitest";
import { headingsOf } from "../../src/panels/ribbon";
import { countsFrom } from "../../src/panels/who";

describe("who wrote this", () => {
  it("takes the server's counts, or its shares of the words", () => {
    const exact = countsFrom({ words: 10, kind_words: { typed: 3, machine: 7 } }, "14:02");
    const shares = countsFrom({ words: 10, typed_share: 0.3, machine_share: 0.7 }, "14:02");

    expect(exact?.byKind.get("typed")).toBe(3);
    expect(shares?.byKind.get("machine")).toBe(7);
    expect(exact?.about).toBe(false);
  });

  it("says nothing without measures", () => {
    expect(countsFrom(undefined, "")).toBeNull();
    expect(countsFrom({ words: null }, "")).toBeNull();
  });
});

describe("the outline", () => {
  it("lists headings and leaves code alone", () => {
    const text = "# One\n\n```sh\n# not a heading\n```\n## Two ##\n#nothing\n";

    expect(headingsOf(text)).toEqual([{ level: 1, title: "One", at: 0 }, { level: 2, title: "Two", at: text.indexOf("## Two") }]);
  });
});

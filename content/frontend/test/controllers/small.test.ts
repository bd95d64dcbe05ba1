import { describe, expect, it } from "vitest";
import { relative } from "../../src/controllers/small";
import { spellings } from "../../src/controllers/verify";
import { interpolate } from "../../src/page/gettext";

describe("relative time", () => {
  it.each([
    [2 * 86_400 + 60, "in 2 days"],
    [-3 * 3600, "3 hours ago"],
    [20, "now"],
    [-86_400, "yesterday"],
  ])("of %i seconds reads %s", (seconds, words) => {
    expect(relative(seconds, "en")).toBe(words);
  });
});

describe("a pasted copy", () => {
  it("is first tried as it is, then with the line ends that the clipboard changes", () => {
    expect(spellings("a\r\nb")).toEqual(["a\r\nb", "a\nb", "a\nb\n"]);
    expect(spellings("a\n")).toEqual(["a\n", "a"]);
  });
});

describe("a sentence with values", () => {
  it("keeps what has no value and writes numbers the reader's way", () => {
    expect(interpolate("%(n)s of %(of)s", { n: 1180 })).toBe("1,180 of %(of)s");
  });
});

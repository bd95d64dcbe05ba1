import { describe, expect, it } from "vitest";
import type { Kept } from "../../src/save/keep";
import { continues } from "../../src/save/restore";

const kept: Kept = {
  key: "me/1/3", at: 0, from: 4, baseSha256: "ab", entries: [[1, "input.type", [[0, "x"]]]], text: "x", fields: {},
};

describe("what was kept on the device", () => {
  it("continues only where the server stands at the same entry of the same base", () => {
    expect(continues(kept, "ab", 4)).toBe(true);
    expect(continues(kept, "ab", 5)).toBe(false);
    expect(continues(kept, "cd", 4)).toBe(false);
    expect(continues({ ...kept, entries: [] }, "ab", 4)).toBe(false);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BULK_LIMIT, type Evidence, kindOf, originOf } from "../../src/authorship/origin";

function evidence(event: string | null, rest: Partial<Evidence> = {}): Evidence {
  return { event, ours: false, inserted: 1, known: false, inputType: "", ...rest };
}

describe("the class of an insertion", () => {
  it.each([
    ["input.type", {}, "typed"],
    ["input.type", { inserted: BULK_LIMIT }, "typed"],
    ["input.type", { inserted: BULK_LIMIT + 1 }, "bulk"],
    ["input.type.compose", { inserted: 200 }, "composed"],
    ["input.type.compose.start", {}, "composed"],
    ["input.type", { inputType: "insertReplacementText" }, "replaced"],
    ["input.type", { inputType: "insertReplacementText", inserted: 300 }, "bulk"],
    ["input", {}, "tool"],
    ["delete.backward", {}, "tool"],
    ["input.paste", {}, "pasted"],
    ["input.paste", { known: true }, "moved"],
    ["input.drop", {}, "dropped"],
    ["input.drop", { known: true }, "moved"],
    ["move.drop", { known: true }, "moved"],
    ["move.drop", {}, "dropped"],
    ["move.line", { known: true }, "moved"],
    ["input.copyline", { known: true, inserted: 500 }, "moved"],
    ["undo", {}, "undone"],
    ["redo", {}, "undone"],
    ["input.complete", {}, "programmatic"],
    ["accept", {}, "programmatic"],
    ["revert", {}, "programmatic"],
    ["something.else", {}, "programmatic"],
    [null, {}, "programmatic"],
    ["input.type", { ours: true }, "programmatic"],
  ] as const)("of %s with %o is %s", (event, rest, expected) => {
    expect(originOf(evidence(event, rest))).toBe(expected);
  });

  it("never paints more human than typed, and what nobody typed never as typed", () => {
    expect(kindOf("bulk")).toBe("pasted");
    expect(kindOf("programmatic")).toBe("assisted");
    expect(kindOf("undone")).toBe("pasted");
    expect(kindOf("composed")).toBe("typed");
  });

  it("shares its limit for one large insertion with the server", () => {
    const python = readFileSync("../drafts/journal.py", "utf8");

    expect(/BULK_LIMIT: Final = \(?\s*(\d+)/.exec(python)?.[1]).toBe(String(BULK_LIMIT));
  });
});

import { describe, expect, it } from "vitest";
import { deskKeys, pressed } from "../../src/editor/keys";

const none = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

describe("a pressed key", () => {
  it.each([
    [{ ...none, key: "s", code: "KeyS", ctrlKey: true }, false, "Mod-S"],
    [{ ...none, key: "s", code: "KeyS", metaKey: true }, true, "Mod-S"],
    [{ ...none, key: "n", code: "KeyN", altKey: true }, false, "Alt-N"],
    [{ ...none, key: "˜", code: "KeyN", altKey: true, ctrlKey: true }, true, "Ctrl-Alt-N"],
    [{ ...none, key: "1", code: "Digit1", altKey: true }, false, "Alt-1"],
    [{ ...none, key: "Enter", code: "Enter", ctrlKey: true }, false, "Mod-Enter"],
    [{ ...none, key: "F6", code: "F6", shiftKey: true }, false, "Shift-F6"],
    [{ ...none, key: "Tab", code: "Tab" }, false, "Tab"],
  ])("%o on a Mac: %s is %s", (event, mac, name) => {
    expect(pressed(event, mac)).toBe(name);
  });

  it("means one thing only, and Tab is never taken", () => {
    for (const system of ["keys", "mac"] as const) {
      const names = deskKeys().map((key) => key[system]);
      expect(new Set(names).size).toBe(names.length);
      expect(names).not.toContain("Tab");
    }
  });
});

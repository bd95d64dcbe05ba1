import { describe, expect, it } from "vitest";
import { Offsets, cleaned } from "../../src/journal/offsets";
import { randomText, seeded } from "../random";

describe("offsets", () => {
  it("are the identity in a text without surrogates", () => {
    const offsets = new Offsets("plain é text");

    expect(offsets.toCodePoint(7)).toBe(7);
    expect(offsets.toUtf16(7)).toBe(7);
  });

  it("agree with counting code points one by one", () => {
    const random = seeded(11);

    for (let round = 0; round < 200; round += 1) {
      const text = randomText(random, 40);
      const offsets = new Offsets(text);
      let unit = 0;
      for (const [codePoint, character] of [...text].entries()) {
        expect(offsets.toCodePoint(unit)).toBe(codePoint);
        expect(offsets.toUtf16(codePoint)).toBe(unit);
        unit += character.length;
      }
      expect(offsets.toCodePoint(text.length)).toBe([...text].length);
      expect(offsets.toUtf16([...text].length)).toBe(text.length);
    }
  });
});

describe("text that enters the document", () => {
  it("has LF line ends only", () => {
    expect(cleaned("a\r\nb\rc\nd")).toBe("a\nb\nc\nd");
  });

  it("has no half characters", () => {
    expect(cleaned("a\ud83dz \udd11 🔑")).toBe("a\ufffdz \ufffd 🔑");
  });
});

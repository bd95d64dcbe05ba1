import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "../../src/page/digest";
import { randomText, seeded } from "../random";

describe("the digest of a text", () => {
  it("is SHA-256 of its UTF-8 bytes", () => {
    const random = seeded(1);
    const texts = ["", "abc", "é🔑", ...Array.from({ length: 130 }, (_, i) => "a".repeat(i)), ...Array.from({ length: 60 }, () => randomText(random, 400))];

    for (const text of texts) expect(sha256Hex(text)).toBe(createHash("sha256").update(text, "utf8").digest("hex"));
  });
});

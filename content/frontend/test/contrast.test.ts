import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("../static/reviewdesk/css/tokens.css", "utf8");

type Theme = 0 | 1;

/** The hexadecimal value of a token in light (0) or dark (1). */
function token(name: string, theme: Theme): string {
  const value = new RegExp(`--${name}:\\s*(.+?);`).exec(css)?.[1] ?? "";
  const reference = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
  if (reference) return token(reference, theme);
  const pair = /light-dark\((#\w+), (#\w+)\)/.exec(value);
  return pair?.[theme + 1] ?? value;
}

function luminance(hex: string): number {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit) : [hex.slice(1, 3), hex.slice(3, 5), hex.slice(5, 7)];
  const [red, green, blue] = digits.map((pair) => {
    const part = Number.parseInt(pair, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, two: string): number {
  const [light, dark] = [luminance(one), luminance(two)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe.each([["light", 0], ["dark", 1]] as const)("tokens in %s", (_name, theme) => {
  it.each(["bg", "panel", "sunk"])("keep text readable on %s", (ground) => {
    for (const ink of ["ink", "muted", "accent", "info", "warn", "bad"]) {
      expect(contrast(token(ink, theme), token(ground, theme)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(["bg", "panel"])("keep underlines and borders visible on %s", (ground) => {
    for (const mark of ["edge", "au-changed", "au-typed", "au-pasted", "au-tool", "au-quoted"]) {
      expect(contrast(token(mark, theme), token(ground, theme)), `${mark} on ${ground}`).toBeGreaterThanOrEqual(3);
    }
  });

  it("keep the words of notices readable", () => {
    for (const tone of ["accent", "info", "warn", "bad"]) {
      expect(contrast(token(tone, theme), token(`${tone}-soft`, theme)), tone).toBeGreaterThanOrEqual(4.5);
      expect(contrast(token("ink", theme), token(`${tone}-soft`, theme)), tone).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(token("on-accent", theme), token("accent", theme))).toBeGreaterThanOrEqual(4.5);
  });
});

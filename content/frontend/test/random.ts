/** Random texts and edits that are the same at every run. */

export type Random = () => number;

/** mulberry32: small, fast, good enough for test data. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const PIECES = ["alpha", "beta", "gamma", "é", "e\u0301", "漢字", "👩‍👩‍👧", "🔑", "𝒜", "don't", "42", "…", ".", ",", "—", "#", "- ", "  ", "\n", "\n\n", "مرحبا"];

function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

export function randomText(random: Random, pieces: number): string {
  return Array.from({ length: Math.floor(random() * pieces) }, () => pick(random, PIECES) + (random() < 0.6 ? " " : "")).join("");
}

/** Some whole characters of `text` replaced, removed, added. */
export function randomEdit(random: Random, text: string): string {
  const characters = [...text];
  for (let i = Math.floor(random() * 8); i > 0; i -= 1) {
    const at = Math.floor(random() * (characters.length + 1));
    characters.splice(at, Math.floor(random() * 6), ...(random() < 0.7 ? [pick(random, PIECES)] : []));
  }
  return characters.join("");
}

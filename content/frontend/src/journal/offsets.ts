/** The one place where UTF-16 units of the browser become code points of stored data, and back. */

/** Offsets of one text. Without surrogates (most texts) both directions are the identity. */
export class Offsets {
  /** UTF-16 index of the first unit of each surrogate pair, ascending. */
  private readonly pairs: readonly number[];

  constructor(text: string) {
    const pairs: number[] = [];
    for (let i = 0; i + 1 < text.length; i += 1) {
      if (isHigh(text.charCodeAt(i)) && isLow(text.charCodeAt(i + 1))) {
        pairs.push(i);
        i += 1;
      }
    }
    this.pairs = pairs;
  }

  /** Code points before the UTF-16 index `unit`; inside a pair it is the position before the pair. */
  toCodePoint(unit: number): number {
    return unit - firstAtLeast(this.pairs, unit);
  }

  /** UTF-16 index of the code point `codePoint`. */
  toUtf16(codePoint: number): number {
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.pairs[middle] ?? 0) - middle < codePoint) low = middle + 1;
      else high = middle;
    }
    return codePoint + low;
  }
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Index of the first element that is not below `limit`. */
function firstAtLeast(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Text as it may enter the document: LF only, no half characters. */
export function cleaned(text: string): string {
  const lines = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  return lines.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

/** Units of `word_diff.v1` and their alignment: steps 3 to 5 of the method. */
import { SPACE_CLASS, type Tokens, type Vocabulary, WORD_CLASS, tokensOf } from "./words";

/** A line, or a sentence of a line that is too long; offsets are UTF-16 units of the whole text. */
export interface Unit {
  readonly from: number;
  readonly to: number;
  readonly id: number;
  readonly tokens: Tokens;
  /** First and one past the last token of this unit inside `tokens`. */
  readonly first: number;
  readonly last: number;
  /** Sorted, distinct ids of its word tokens. */
  readonly words: readonly number[];
}

/** One pair of equal or similar units, or units without a partner (one side empty). */
export interface Aligned {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
  readonly paired: boolean;
}

/** A line with more tokens than this is cut at sentence ends. */
const LONG_LINE_TOKENS = 400;
const SENTENCE_ENDS = new Set([".", "!", "?", "…", "。", "！", "？"]);
const SIMILAR_ENOUGH = 250;

const PAIR = 1;
const SKIP_A = 2;
const SKIP_B = 3;

function distinctWords(tokens: Tokens, first: number, last: number): number[] {
  const ids = new Set<number>();
  for (let i = first; i < last; i += 1) if (tokens.classes[i] === WORD_CLASS) ids.add(tokens.ids[i] ?? -1);
  return [...ids].sort((a, b) => a - b);
}

/** Token indexes at which a long line is cut. */
function cutsOf(line: string, tokens: Tokens): number[] {
  const count = tokens.ids.length;
  const cuts: number[] = [];
  for (let i = 0; i + 1 < count && count > LONG_LINE_TOKENS; i += 1) {
    const start = i === 0 ? 0 : (tokens.ends[i - 1] ?? 0);
    const ends = SENTENCE_ENDS.has(line.slice(start, tokens.ends[i]));
    if (ends && tokens.classes[i + 1] === SPACE_CLASS && i + 2 < count) cuts.push(i + 2);
  }
  return [...cuts, count];
}

/** The units of `text`, in order, without gap. */
export function unitsOf(text: string, vocabulary: Vocabulary, unitIds: Vocabulary): Unit[] {
  const units: Unit[] = [];
  for (let lineStart = 0; lineStart < text.length; ) {
    const feed = text.indexOf("\n", lineStart);
    const lineEnd = feed < 0 ? text.length : feed + 1;
    const line = text.slice(lineStart, lineEnd);
    const tokens = tokensOf(line, vocabulary);
    let first = 0;
    for (const last of cutsOf(line, tokens)) {
      const start = first === 0 ? 0 : (tokens.ends[first - 1] ?? 0);
      const end = tokens.ends[last - 1] ?? 0;
      units.push({
        from: lineStart + start,
        to: lineStart + end,
        id: unitIds.idOf(line.slice(start, end)),
        tokens,
        first,
        last,
        words: distinctWords(tokens, first, last),
      });
      first = last;
    }
    lineStart = lineEnd;
  }
  return units;
}

function shared(a: readonly number[], b: readonly number[]): number {
  let i = 0;
  let j = 0;
  let count = 0;
  while (i < a.length && j < b.length) {
    const difference = (a[i] ?? 0) - (b[j] ?? 0);
    if (difference === 0) count += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return count;
}

/** 0..1000: how alike two units are. */
export function similarity(a: Unit, b: Unit): number {
  if (a.id === b.id) return 1000;
  if (a.words.length === 0 || b.words.length === 0) return 0;
  return Math.floor((2000 * shared(a.words, b.words)) / (a.words.length + b.words.length));
}

interface Band {
  readonly low: number;
  readonly high: number;
}

function bandOf(row: number, n: number, m: number): Band {
  const width = Math.max(60, Math.abs(n - m) + 40);
  const middle = n === 0 ? 0 : Math.floor((row * m) / n);
  return { low: Math.max(0, middle - width), high: Math.min(m, middle + width) };
}

interface Cell {
  readonly score: number;
  readonly choice: number;
}

function betterOf(pair: number, skipA: number, skipB: number): Cell {
  let cell: Cell = { score: pair, choice: PAIR };
  if (skipA > cell.score) cell = { score: skipA, choice: SKIP_A };
  if (skipB >= cell.score) cell = { score: skipB, choice: SKIP_B };
  return cell;
}

const UNREACHABLE = -1;

/** The recorded choices of the dynamic programme, one list for each row of A. */
function choicesFor(a: readonly Unit[], b: readonly Unit[]): Uint8Array[] {
  const rows: Uint8Array[] = [];
  let previous = new Int32Array(b.length + 1).fill(UNREACHABLE);
  for (let i = 0; i <= a.length; i += 1) {
    const band = bandOf(i, a.length, b.length);
    const scores = new Int32Array(b.length + 1).fill(UNREACHABLE);
    const choices = new Uint8Array(b.length + 1);
    for (let j = band.low; j <= band.high; j += 1) {
      if (i === 0 && j === 0) {
        scores[0] = 0;
        continue;
      }
      const unitA = a[i - 1];
      const unitB = b[j - 1];
      const before = previous[j - 1] ?? UNREACHABLE;
      const alike = unitA && unitB && before >= 0 ? similarity(unitA, unitB) : 0;
      const pair = alike > SIMILAR_ENOUGH ? before + alike : UNREACHABLE;
      const cell = betterOf(pair, i > 0 ? (previous[j] ?? UNREACHABLE) : UNREACHABLE, j > 0 ? (scores[j - 1] ?? UNREACHABLE) : UNREACHABLE);
      scores[j] = cell.score;
      choices[j] = cell.choice;
    }
    rows.push(choices);
    previous = scores;
  }
  return rows;
}

/** Steps back from the end along the recorded choices; pairs as `[i, j]`, ascending. */
function pairsOf(rows: readonly Uint8Array[], n: number, m: number): [number, number][] {
  const pairs: [number, number][] = [];
  let i = n;
  let j = m;
  while (i > 0 && j > 0) {
    const choice = rows[i]?.[j] ?? SKIP_B;
    if (choice === PAIR) pairs.push([i - 1, j - 1]);
    if (choice !== SKIP_B) i -= 1;
    if (choice !== SKIP_A) j -= 1;
  }
  return pairs.reverse();
}

/** Aligns `a` with `b`: pairs and the gaps between them, as index ranges into the two lists, in order. */
export function align(a: readonly Unit[], b: readonly Unit[]): Aligned[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start]?.id === b[start]?.id) start += 1;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1]?.id === b[endB - 1]?.id) {
    endA -= 1;
    endB -= 1;
  }
  const middleA = a.slice(start, endA);
  const middleB = b.slice(start, endB);
  const both = middleA.length > 0 && middleB.length > 0;
  const pairs = both ? pairsOf(choicesFor(middleA, middleB), middleA.length, middleB.length) : [];
  const aligned: Aligned[] = [];
  let atA = start;
  let atB = start;
  for (const [i, j] of [...pairs, [middleA.length, middleB.length] as const]) {
    const [toA, toB] = [start + i, start + j];
    if (toA > atA || toB > atB) aligned.push({ fromA: atA, toA, fromB: atB, toB, paired: false });
    if (i < middleA.length && j < middleB.length) {
      aligned.push({ fromA: toA, toA: toA + 1, fromB: toB, toB: toB + 1, paired: true });
    }
    atA = toA + 1;
    atB = toB + 1;
  }
  return aligned;
}

/** `word_diff.v1`: the one diff of gate and screen, the same in Python (`content/text/diff.py`) and here. */
import { type Unit, align, unitsOf } from "./align";
import { SPACE_CLASS, Vocabulary, WORD_CLASS, classOf, tokensOf } from "./words";

export const METHOD = "word_diff.v1";

/** One changed place; offsets are UTF-16 units. `coarse`: too different to say which words changed. */
export interface WordChange {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
  readonly coarse: boolean;
}

/** With this many edits or more inside a pair the search stops, as it is quadratic in them: the pair is one change. */
const MOST_EDITS = 1000;

function startOf(unit: Unit, token: number): number {
  const lineStart = unit.from - (unit.first === 0 ? 0 : (unit.tokens.ends[unit.first - 1] ?? 0));
  return lineStart + (token === 0 ? 0 : (unit.tokens.ends[token - 1] ?? 0));
}

/** Furthest points of each round of the greedy search, or null beyond `MOST_EDITS`. */
function trace(a: readonly number[], b: readonly number[]): Int32Array[] | null {
  const rounds: Int32Array[] = [];
  let reach = new Int32Array(3);
  for (let d = 0; d < Math.min(MOST_EDITS, a.length + b.length + 1); d += 1) {
    // Index k + d + 1, with one spare cell at each end.
    const next = new Int32Array(2 * d + 3);
    const before = (k: number): number => reach[k + d] ?? 0;
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && before(k - 1) < before(k + 1));
      let x = d === 0 ? 0 : down ? before(k + 1) : before(k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      next[k + d + 1] = x;
      if (x >= a.length && x - k >= b.length) return [...rounds, next];
    }
    rounds.push(next);
    reach = next;
  }
  return null;
}

/** Runs of changed tokens `[fromA, toA, fromB, toB]`, ascending; null if there are too many edits. */
function changedRuns(a: readonly number[], b: readonly number[]): [number, number, number, number][] | null {
  if (a.length === 0 || b.length === 0) return [[0, a.length, 0, b.length]];
  const rounds = trace(a, b);
  if (!rounds) return null;
  const runs: [number, number, number, number][] = [];
  let x = a.length;
  let y = b.length;
  for (let d = rounds.length - 1; d > 0; d -= 1) {
    const reach = rounds[d - 1] ?? new Int32Array(0);
    const before = (k: number): number => reach[k + d] ?? 0;
    const k = x - y;
    const down = k === -d || (k !== d && before(k - 1) < before(k + 1));
    const fromX = down ? before(k + 1) : before(k - 1);
    const fromY = fromX - (down ? k + 1 : k - 1);
    const [toX, toY] = down ? [fromX, fromY + 1] : [fromX + 1, fromY];
    const last = runs[runs.length - 1];
    if (last && last[0] === toX && last[2] === toY) [last[0], last[2]] = [fromX, fromY];
    else runs.push([fromX, toX, fromY, toY]);
    [x, y] = [fromX, fromY];
  }
  return runs.reverse();
}

/** Changes inside one pair of similar units. */
function inPair(a: Unit, b: Unit): WordChange[] {
  let [firstA, firstB, lastA, lastB] = [a.first, b.first, a.last, b.last];
  const same = (i: number, j: number): boolean => a.tokens.ids[i] === b.tokens.ids[j];
  while (firstA < lastA && firstB < lastB && same(firstA, firstB)) [firstA, firstB] = [firstA + 1, firstB + 1];
  while (lastA > firstA && lastB > firstB && same(lastA - 1, lastB - 1)) [lastA, lastB] = [lastA - 1, lastB - 1];
  if (firstA === lastA && firstB === lastB) return [];
  const runs = changedRuns(a.tokens.ids.slice(firstA, lastA), b.tokens.ids.slice(firstB, lastB));
  const coarse = runs === null;
  return (runs ?? [[0, lastA - firstA, 0, lastB - firstB] as const]).map(([fromA, toA, fromB, toB]) => ({
    fromA: startOf(a, firstA + fromA),
    toA: startOf(a, firstA + toA),
    fromB: startOf(b, firstB + fromB),
    toB: startOf(b, firstB + toB),
    coarse,
  }));
}

function isSmallSpace(text: string): boolean {
  if (text.length === 0) return true;
  const codePoint = text.codePointAt(0) ?? 0;
  return text.length === (codePoint > 0xffff ? 2 : 1) && classOf(codePoint) === SPACE_CLASS;
}

/** Joins neighbours with at most one space between them on both sides. */
function joined(changes: readonly WordChange[], a: string, b: string): WordChange[] {
  const result: WordChange[] = [];
  for (const change of changes) {
    const last = result[result.length - 1];
    if (last && isSmallSpace(a.slice(last.toA, change.fromA)) && isSmallSpace(b.slice(last.toB, change.fromB))) {
      result[result.length - 1] = {
        fromA: last.fromA,
        toA: change.toA,
        fromB: last.fromB,
        toB: change.toB,
        coarse: last.coarse || change.coarse,
      };
    } else result.push(change);
  }
  return result;
}

/** The changes that make `b` out of `a`: ascending, disjoint. `a` and `b` use LF only. */
export function wordDiff(a: string, b: string): WordChange[] {
  if (a.includes("\r") || b.includes("\r")) throw new RangeError("word_diff.v1 compares texts with LF line ends");
  const [words, lines] = [new Vocabulary(), new Vocabulary()];
  const unitsA = unitsOf(a, words, lines);
  const unitsB = unitsOf(b, words, lines);
  const changes: WordChange[] = [];
  for (const part of align(unitsA, unitsB)) {
    const [first, second] = [unitsA[part.fromA], unitsB[part.fromB]];
    if (part.paired && first && second) changes.push(...inPair(first, second));
    else {
      changes.push({
        fromA: first?.from ?? a.length,
        toA: unitsA[part.toA - 1]?.to ?? 0,
        fromB: second?.from ?? b.length,
        toB: unitsB[part.toB - 1]?.to ?? 0,
        coarse: false,
      });
    }
  }
  return joined(changes.map((change) => withEmptySides(change)), a, b);
}

/** An empty side of a gap ends where it begins. */
function withEmptySides(change: WordChange): WordChange {
  return { ...change, toA: Math.max(change.fromA, change.toA), toB: Math.max(change.fromB, change.toB) };
}

/** Words deleted and inserted by `changes`; in a coarse change only words without a partner count. */
export function changedWords(a: string, b: string, changes: readonly WordChange[]): { inserted: number; deleted: number } {
  let inserted = 0;
  let deleted = 0;
  for (const change of changes) {
    const [gone, come] = [wordsIn(a.slice(change.fromA, change.toA)), wordsIn(b.slice(change.fromB, change.toB))];
    const common = change.coarse ? multisetShared(gone, come) : 0;
    deleted += gone.length - common;
    inserted += come.length - common;
  }
  return { inserted, deleted };
}

const counting = new Vocabulary();

function wordsIn(text: string): number[] {
  const { ids, classes } = tokensOf(text, counting);
  return ids.filter((_, i) => classes[i] === WORD_CLASS);
}

function multisetShared(a: readonly number[], b: readonly number[]): number {
  const left = new Map<number, number>();
  for (const id of a) left.set(id, (left.get(id) ?? 0) + 1);
  let count = 0;
  for (const id of b) {
    const rest = left.get(id) ?? 0;
    if (rest > 0) {
      left.set(id, rest - 1);
      count += 1;
    }
  }
  return count;
}

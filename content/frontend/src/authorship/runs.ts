/** Who wrote which stretch of the text: a run list over the whole document, pure data (UTF-16 units). */

/** The kinds of `authorship.md` 5, least human first. */
export const KINDS = ["machine", "matched", "assisted", "imported", "pasted", "quoted", "asserted", "typed"] as const;
export type Kind = (typeof KINDS)[number];

export interface Run {
  readonly length: number;
  readonly kind: Kind;
}

/** Runs over a document: no empty run, neighbours differ in kind, lengths sum to the document's length. */
export type Runs = readonly Run[];

const RANKS: ReadonlyMap<Kind, number> = new Map(KINDS.map((kind, rank) => [kind, rank]));

export function isKind(value: unknown): value is Kind {
  return typeof value === "string" && RANKS.has(value as Kind);
}

export function lengthOf(runs: Runs): number {
  return runs.reduce((sum, run) => sum + run.length, 0);
}

/** Builds a run list piece by piece, joining neighbours of one kind. */
export class RunsBuilder {
  private readonly runs: { length: number; kind: Kind }[] = [];

  add(length: number, kind: Kind): this {
    if (length <= 0) return this;
    const last = this.runs[this.runs.length - 1];
    if (last?.kind === kind) last.length += length;
    else this.runs.push({ length, kind });
    return this;
  }

  addAll(runs: Runs): this {
    for (const run of runs) this.add(run.length, run.kind);
    return this;
  }

  done(): Runs {
    return this.runs;
  }
}

export function runsOf(kind: Kind, length: number): Runs {
  return new RunsBuilder().add(length, kind).done();
}

/** The runs of `[from, to)`. */
export function sliceRuns(runs: Runs, from: number, to: number): Runs {
  const builder = new RunsBuilder();
  let start = 0;
  for (const run of runs) {
    const end = start + run.length;
    if (end > from) builder.add(Math.min(end, to) - Math.max(start, from), run.kind);
    if (end >= to) break;
    start = end;
  }
  return builder.done();
}

/** One replaced stretch: `[from, to)` of the old document becomes `inserted`. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly inserted: Runs;
}

/** Runs after `splices` (ascending, disjoint, positions of the old document). */
export function spliceRuns(runs: Runs, splices: readonly Splice[]): Runs {
  const builder = new RunsBuilder();
  let at = 0;
  for (const splice of splices) {
    builder.addAll(sliceRuns(runs, at, splice.from)).addAll(splice.inserted);
    at = splice.to;
  }
  return builder.addAll(sliceRuns(runs, at, Number.MAX_SAFE_INTEGER)).done();
}

/** `runs` with `[from, to)` set to `kind`. */
export function paintRuns(runs: Runs, from: number, to: number, kind: Kind): Runs {
  return to > from ? spliceRuns(runs, [{ from, to, inserted: runsOf(kind, to - from) }]) : runs;
}

/** At each position the less human of two answers; both cover the same document. */
export function lessHuman(a: Runs, b: Runs): Runs {
  const builder = new RunsBuilder();
  let [i, j, usedA, usedB] = [0, 0, 0, 0];
  for (let first = a[0], second = b[0]; first && second; first = a[i], second = b[j]) {
    const step = Math.min(first.length - usedA, second.length - usedB);
    builder.add(step, rankOf(first.kind) <= rankOf(second.kind) ? first.kind : second.kind);
    [usedA, usedB] = [usedA + step, usedB + step];
    if (usedA === first.length) [i, usedA] = [i + 1, 0];
    if (usedB === second.length) [j, usedB] = [j + 1, 0];
  }
  return builder.done();
}

export function rankOf(kind: Kind): number {
  return RANKS.get(kind) ?? 0;
}

/** Runs from the server's `[start, end, kind]` rows (already UTF-16); gaps and unknown kinds count as machine. */
export function runsFromSpans(spans: readonly (readonly [number, number, string])[], length: number): Runs {
  const builder = new RunsBuilder();
  let at = 0;
  for (const [start, end, kind] of spans) {
    const from = Math.max(at, Math.min(start, length));
    const to = Math.max(from, Math.min(end, length));
    builder.add(from - at, "machine").add(to - from, isKind(kind) ? kind : "machine");
    at = to;
  }
  return builder.add(length - at, "machine").done();
}

/** Calls `visit` for each run that meets `[from, to)`, with its own bounds. */
export function eachRun(runs: Runs, from: number, to: number, visit: (start: number, end: number, kind: Kind) => void): void {
  let start = 0;
  for (const run of runs) {
    const end = start + run.length;
    if (start >= to) return;
    if (end > from) visit(start, end, run.kind);
    start = end;
  }
}

import { describe, expect, it } from "vitest";
import {
  KINDS, type Kind, type Runs, lengthOf, lessHuman, paintRuns, rankOf, runsFromSpans, sliceRuns, spliceRuns,
} from "../../src/authorship/runs";
import { type Random, seeded } from "../random";

function expanded(runs: Runs): Kind[] {
  return runs.flatMap((run) => Array.from({ length: run.length }, () => run.kind));
}

function packed(kinds: readonly Kind[]): Runs {
  return runsFromSpans(kinds.map((kind, i) => [i, i + 1, kind] as const), kinds.length);
}

function randomKinds(random: Random, length: number): Kind[] {
  return Array.from({ length }, () => KINDS[Math.floor(random() * 3)] as Kind);
}

describe("runs", () => {
  it("join neighbors of one kind and drop empty ones", () => {
    expect(runsFromSpans([[0, 2, "typed"], [2, 2, "pasted"], [2, 3, "typed"]], 5)).toEqual([
      { length: 3, kind: "typed" }, { length: 2, kind: "machine" },
    ]);
  });

  it("count gaps and unknown kinds as machine", () => {
    expect(expanded(runsFromSpans([[1, 2, "typed"], [2, 3, "telepathy"]], 3))).toEqual(["machine", "typed", "machine"]);
  });

  it("behave like a list of kinds under slicing, splicing, painting and lowering", () => {
    const random = seeded(2);

    for (let round = 0; round < 500; round += 1) {
      const kinds = randomKinds(random, Math.floor(random() * 30));
      const runs = packed(kinds);
      const from = Math.floor(random() * (kinds.length + 1));
      const to = from + Math.floor(random() * (kinds.length - from + 1));
      const fresh = randomKinds(random, Math.floor(random() * 5));
      const other = randomKinds(random, kinds.length);

      expect(expanded(runs)).toEqual(kinds);
      expect(expanded(sliceRuns(runs, from, to))).toEqual(kinds.slice(from, to));
      expect(expanded(spliceRuns(runs, [{ from, to, inserted: packed(fresh) }])))
        .toEqual([...kinds.slice(0, from), ...fresh, ...kinds.slice(to)]);
      expect(expanded(paintRuns(runs, from, to, "quoted"))).toEqual(kinds.map((kind, i) => (i >= from && i < to ? "quoted" : kind)));
      expect(expanded(lessHuman(runs, packed(other)))).toEqual(kinds.map((kind, i) => {
        const rival = other[i] as Kind;
        return rankOf(kind) <= rankOf(rival) ? kind : rival;
      }));
    }
  });

  it("keep their length when several places change at once", () => {
    const runs = packed(["machine", "machine", "typed", "typed", "machine"]);

    const next = spliceRuns(runs, [
      { from: 0, to: 1, inserted: [] },
      { from: 3, to: 3, inserted: packed(["pasted", "pasted"]) },
    ]);

    expect(expanded(next)).toEqual(["machine", "typed", "pasted", "pasted", "typed", "machine"]);
    expect(lengthOf(next)).toBe(6);
  });
});

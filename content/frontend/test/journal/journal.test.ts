import { ChangeSet, EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { Journal } from "../../src/journal/journal";
import { randomText, seeded } from "../random";

function insertion(text: string, length: number, at: number): ChangeSet {
  return ChangeSet.of({ from: at, insert: text }, length, "\n");
}

describe("the journal", () => {
  it("holds time, event and changes of a transaction, and nothing else", () => {
    const journal = new Journal("ab", 0);

    journal.record(1000, "input.type", insertion("x", 3, 1));

    expect(journal.since(0)).toEqual([[1000, "input.type", [1, [0, "x"], 2]]]);
  });

  it("leads from the base to the text when its changes are played one after the other", () => {
    const random = seeded(5);

    for (let round = 0; round < 100; round += 1) {
      const base = randomText(random, 30);
      const journal = new Journal("", 0);
      let state = EditorState.create({ doc: base, extensions: EditorState.lineSeparator.of("\n") });
      for (let i = 0; i < 20; i += 1) {
        const from = Math.floor(random() * (state.doc.length + 1));
        const to = Math.min(state.doc.length, from + Math.floor(random() * 5));
        const tr = state.update({ changes: { from, to, insert: randomText(random, 3) } });
        journal.record(i, "input.type", tr.changes);
        state = tr.state;
      }

      let played = EditorState.create({ doc: base, extensions: EditorState.lineSeparator.of("\n") }).doc;
      for (const entry of JSON.parse(JSON.stringify(journal.since(0)))) played = ChangeSet.fromJSON(entry[2]).apply(played);

      expect(played.toString()).toBe(state.doc.toString());
    }
  });

  it("sends only what the server does not hold", () => {
    const journal = new Journal("ab", 4);
    journal.record(1, null, insertion("x", 0, 0));
    journal.record(2, null, insertion("y", 1, 0));

    journal.markStored(5);

    expect(journal.since(journal.stored)?.length).toBe(1);
    expect(journal.total).toBe(6);
  });

  it("says when the server asks for entries from before the page was opened", () => {
    const journal = new Journal("ab", 4);

    expect(journal.since(2)).toBeNull();
  });

  it("begins anew after a version, keeping what was typed meanwhile", () => {
    const journal = new Journal("old", 0);
    journal.record(1, null, insertion("x", 0, 0));
    journal.record(2, null, insertion("y", 1, 0));

    journal.rebase("new", 1);

    expect(journal.baseSha256).toBe("new");
    expect(journal.stored).toBe(0);
    expect(journal.since(0)?.map(([at]) => at)).toEqual([2]);
  });
});

import { history, invertedEffects, moveLineDown, redo, undo } from "@codemirror/commands";
import { EditorState, type StateCommand, type TransactionSpec } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { type Surroundings, authorship, authorshipField, setRuns } from "../../src/authorship/field";
import { stretches } from "../../src/authorship/paint";
import { type Kind, lengthOf, runsOf } from "../../src/authorship/runs";
import { randomText, seeded } from "../random";

class Writer {
  state: EditorState;
  readonly seen: Surroundings = { clip: null, inputType: "" };

  constructor(text: string) {
    this.state = EditorState.create({
      doc: text,
      extensions: [EditorState.lineSeparator.of("\n"), history({ newGroupDelay: 0 }), authorship(runsOf("machine", text.length), this.seen)],
    });
  }

  dispatch(spec: TransactionSpec): void {
    this.state = this.state.update(spec).state;
    expect(lengthOf(this.state.field(authorshipField))).toBe(this.state.doc.length);
  }

  type(from: number, to: number, insert: string, userEvent = "input.type"): void {
    this.dispatch({ changes: { from, to, insert }, userEvent });
  }

  command(command: StateCommand): void {
    command({ state: this.state, dispatch: (tr) => { this.state = tr.state; } });
    expect(lengthOf(this.state.field(authorshipField))).toBe(this.state.doc.length);
  }

  /** The text with a letter for each character's kind. */
  get kinds(): string {
    const letters: Partial<Record<Kind, string>> = { machine: "m", typed: "t", pasted: "p", assisted: "a" };
    return this.state.field(authorshipField).map((run) => (letters[run.kind] ?? "?").repeat(run.length)).join("");
  }
}

describe("the authorship of the document", () => {
  it("marks what is typed and drops what is deleted", () => {
    const writer = new Writer("hello world");

    writer.type(5, 5, "xy");
    writer.type(0, 2, "", "delete.backward");

    expect(writer.kinds).toBe("mmmttmmmmmm");
  });

  it("gives undone text back to whom it belonged", () => {
    const writer = new Writer("hello world");
    writer.type(2, 5, "", "delete.selection");

    writer.command(undo);

    expect(writer.kinds).toBe("mmmmmmmmmmm");
  });

  it("gives redone typing back as typed", () => {
    const writer = new Writer("ab");
    writer.type(1, 1, "xyz");
    writer.command(undo);

    writer.command(redo);

    expect(writer.kinds).toBe("mtttm");
  });

  it("holds nothing but the draft after everything was undone", () => {
    const random = seeded(9);

    for (let round = 0; round < 60; round += 1) {
      const text = randomText(random, 20) || "start";
      const writer = new Writer(text);
      for (let i = 0; i < 15; i += 1) {
        const from = Math.floor(random() * (writer.state.doc.length + 1));
        const to = Math.min(writer.state.doc.length, from + Math.floor(random() * 6));
        const insert = random() < 0.6 ? "word" : "";
        if (insert || to > from) writer.type(from, to, insert, random() < 0.8 ? "input.type" : "input.paste");
        if (random() < 0.25) writer.command(undo);
        if (random() < 0.15) writer.command(redo);
      }
      for (let i = 0; i < 40; i += 1) writer.command(undo);

      expect(writer.state.doc.toString()).toBe(text);
      expect(new Set(writer.kinds)).toEqual(new Set("m"));
    }
  });

  it("calls pasted text pasted, and text cut here what it was", () => {
    const writer = new Writer("one two three");
    writer.type(4, 7, "", "delete.cut");
    writer.seen.clip = { text: "two", runs: runsOf("machine", 3) };

    writer.type(0, 0, "two", "input.paste");
    writer.type(0, 0, "foreign ", "input.paste");

    expect(writer.kinds).toBe("ppppppppmmmmmmmmmmmmm");
  });

  it("lets a moved line keep its author", () => {
    const writer = new Writer("machine\nother");
    writer.dispatch({ selection: { anchor: 0 } });

    writer.command(moveLineDown);

    expect(writer.state.doc.toString()).toBe("other\nmachine");
    expect(new Set(writer.kinds)).toEqual(new Set("m"));
  });

  it("calls changes without a user event the work of a tool", () => {
    const writer = new Writer("ab");

    writer.dispatch({ changes: { from: 1, insert: "zz" } });

    expect(writer.kinds).toBe("maam");
  });

  it("takes the server's runs", () => {
    const writer = new Writer("abc");

    writer.dispatch({ effects: setRuns.of([{ length: 1, kind: "typed" }, { length: 2, kind: "machine" }]) });

    expect(writer.kinds).toBe("tmm");
    expect(writer.state.facet(invertedEffects).length).toBeGreaterThan(0);
  });
});

describe("painted stretches", () => {
  it("call a word of mixed authors changed, as a whole", () => {
    const text = "alpha beta gamma";
    const runs = [{ length: 3, kind: "machine" }, { length: 4, kind: "typed" }, { length: 9, kind: "machine" }] as const;

    const painted = stretches(text, runs).map((item) => [text.slice(item.from, item.to), item.kind]);

    expect(painted).toEqual([["alpha", "changed"], [" ", "typed"], ["beta", "changed"], [" gamma", "machine"]]);
  });

  it("cover the text without gap", () => {
    const text = "one two";
    const runs = [{ length: 4, kind: "typed" }, { length: 3, kind: "pasted" }] as const;

    expect(stretches(text, runs)).toEqual([{ from: 0, to: 4, kind: "typed" }, { from: 4, to: 7, kind: "pasted" }]);
  });
});

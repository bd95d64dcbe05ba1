/** Underlines by who wrote a word, for what is on screen only. */
import { type Extension, RangeSetBuilder, type EditorState } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { WORD_CLASS, classOf } from "../diff/words";
import { authorshipField } from "./field";
import { type Kind, type Runs, eachRun } from "./runs";

/** `changed`: a word of mixed runs, until the save is answered. */
export type Painted = Kind | "changed";

const MARKS: ReadonlyMap<Painted, Decoration> = new Map(
  (["machine", "matched", "assisted", "imported", "pasted", "quoted", "asserted", "typed", "changed"] as const).map((kind) => [
    kind,
    Decoration.mark({ class: `au au-${kind}` }),
  ]),
);

export interface PaintedStretch {
  readonly from: number;
  readonly to: number;
  readonly kind: Painted;
}

function isWordAt(text: string, index: number): boolean {
  return index >= 0 && index < text.length && classOf(text.codePointAt(index) ?? 0) === WORD_CLASS;
}

/**
 * Stretches to paint in `text`, whose runs are given: a word of more than one kind is `changed` as a whole,
 * everything else has the kind of its run; neighbours of one kind are one stretch.
 */
export function stretches(text: string, runs: Runs): PaintedStretch[] {
  const found: { from: number; to: number; kind: Painted }[] = [];
  const add = (from: number, to: number, kind: Painted): void => {
    const last = found[found.length - 1];
    if (last?.kind === kind && last.to === from) last.to = to;
    else if (to > from) found.push({ from, to, kind });
  };
  let done = 0;
  eachRun(runs, 0, text.length, (start, end, kind) => {
    const from = Math.max(done, start);
    let to = end;
    while (to > from && to < text.length && isWordAt(text, to) && isWordAt(text, to - 1)) to -= 1;
    add(from, to, kind);
    done = Math.max(done, to);
    if (to >= end || end >= text.length) return;
    // The run ends inside a word: the whole word is mixed.
    let wordEnd = end;
    while (wordEnd < text.length && isWordAt(text, wordEnd)) wordEnd += 1;
    add(done, wordEnd, "changed");
    done = wordEnd;
  });
  return found;
}

function decorationsFor(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const { state } = view;
  const runs = state.field(authorshipField);
  for (const { from, to } of view.visibleRanges) {
    const [start, end] = [state.doc.lineAt(from).from, state.doc.lineAt(to).to];
    const visible = visibleRuns(runs, start, end);
    for (const stretch of stretches(state.sliceDoc(start, end), visible)) {
      const mark = MARKS.get(stretch.kind);
      if (mark) builder.add(start + stretch.from, start + stretch.to, mark);
    }
  }
  return builder.finish();
}

function visibleRuns(runs: Runs, from: number, to: number): Runs {
  const visible: { length: number; kind: Kind }[] = [];
  eachRun(runs, from, to, (start, end, kind) => {
    visible.push({ length: Math.min(end, to) - Math.max(start, from), kind });
  });
  return visible;
}

class Painter {
  decorations: DecorationSet;

  constructor(view: EditorView) {
    this.decorations = decorationsFor(view);
  }

  update(update: ViewUpdate): void {
    const repainted = update.startState.field(authorshipField) !== update.state.field(authorshipField);
    if (update.docChanged || update.viewportChanged || repainted) this.decorations = decorationsFor(update.view);
  }
}

export function painting(): Extension {
  return ViewPlugin.fromClass(Painter, { decorations: (plugin) => plugin.decorations });
}

/** Where the next stretch of `kind` after `position` begins and ends (wraps round); null if there is none. */
export function nextOf(state: EditorState, kind: Kind, position: number): { from: number; to: number } | null {
  let first: { from: number; to: number } | null = null;
  let next: { from: number; to: number } | null = null;
  eachRun(state.field(authorshipField), 0, state.doc.length, (from, to, found) => {
    if (found !== kind || state.sliceDoc(from, to).trim() === "") return;
    first ??= { from, to };
    if (from > position) next ??= { from, to };
  });
  return next ?? first;
}

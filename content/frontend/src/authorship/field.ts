/** The authorship of the document as editor state: mapped through every change, restored by undo. */
import { invertedEffects } from "@codemirror/commands";
import { type ChangeDesc, type Extension, Facet, StateEffect, StateField, Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { type Clip, runsFromClip, runsFromText } from "./clipboard";
import { kindOf, originOf } from "./origin";
import { type Kind, type Runs, type Splice, eachRun, paintRuns, runsOf, sliceRuns, spliceRuns } from "./runs";

/** One restored stretch, in positions of the document after the transaction. */
interface Restored {
  readonly from: number;
  readonly to: number;
  readonly kind: Kind;
}

function mapRestored(value: Restored, mapping: ChangeDesc): Restored | undefined {
  const from = mapping.mapPos(value.from, 1);
  const to = mapping.mapPos(value.to, -1);
  return to > from ? { from, to, kind: value.kind } : undefined;
}

const restoreRuns = StateEffect.define<Restored>({ map: mapRestored });

/** Sets the runs of the whole document: the server's answer, mapped to what stands now. */
export const setRuns = StateEffect.define<Runs>();

/** What the browser remembers beside the text: the last copied stretch and the input type under way. */
export interface Surroundings {
  clip: Clip | null;
  inputType: string;
}

/** The surroundings of this editor; one object per desk, kept across views. */
export const surroundings = Facet.define<Surroundings, Surroundings>({
  combine: (values) => values[0] ?? { clip: null, inputType: "" },
});

interface Piece {
  readonly fromA: number;
  readonly toA: number;
  readonly text: string;
}

function piecesOf(tr: Transaction): Piece[] {
  const pieces: Piece[] = [];
  tr.changes.iterChanges((fromA, toA, _fromB, _toB, inserted) => {
    pieces.push({ fromA, toA, text: inserted.sliceString(0, undefined, "\n") });
  });
  return pieces;
}

/** Runs of text that only changed its place: found in the clip, or among what this transaction deleted or had selected. */
function movedRuns(tr: Transaction, piece: Piece, pieces: readonly Piece[], runs: Runs): Runs | null {
  const event = tr.annotation(Transaction.userEvent) ?? "";
  if (event === "input.paste" || event === "input.drop") {
    return runsFromClip(tr.startState.facet(surroundings).clip, piece.text);
  }
  if (!event.startsWith("move") && event !== "input.copyline") return null;
  const doc = tr.startState.doc;
  const places = [
    ...pieces.map(({ fromA, toA }) => ({ from: fromA, to: toA })),
    ...tr.startState.selection.ranges.map((range) => ({ from: doc.lineAt(range.from).from, to: doc.lineAt(range.to).to })),
  ];
  for (const { from, to } of places) {
    const found = runsFromText(doc.sliceString(from, to, "\n"), sliceRuns(runs, from, to), piece.text);
    if (found) return found;
  }
  return null;
}

function insertedRuns(tr: Transaction, piece: Piece, pieces: readonly Piece[], runs: Runs): Runs {
  const moved = movedRuns(tr, piece, pieces, runs);
  const origin = originOf({
    event: tr.annotation(Transaction.userEvent) ?? null,
    ours: tr.annotation(Transaction.remote) === true,
    inserted: [...piece.text].length,
    known: moved !== null,
    inputType: tr.startState.facet(surroundings).inputType,
  });
  if (origin === "moved" && moved) return moved;
  return runsOf(origin === "moved" ? "pasted" : kindOf(origin), piece.text.length);
}

function changed(runs: Runs, tr: Transaction): Runs {
  let next = runs;
  if (tr.docChanged) {
    const pieces = piecesOf(tr);
    const splices: Splice[] = pieces.map((piece) => ({
      from: piece.fromA,
      to: piece.toA,
      inserted: piece.text.length > 0 ? insertedRuns(tr, piece, pieces, runs) : [],
    }));
    next = spliceRuns(runs, splices);
  }
  for (const effect of tr.effects) {
    if (effect.is(restoreRuns)) next = paintRuns(next, effect.value.from, effect.value.to, effect.value.kind);
    else if (effect.is(setRuns)) next = effect.value;
  }
  return next;
}

/** Runs over the whole document; give the first value with `authorshipField.init(() => runs)`. */
export const authorshipField = StateField.define<Runs>({
  create: (state) => runsOf("machine", state.doc.length),
  update: changed,
});

/** For undo: every deleted stretch keeps who wrote it. Plain mapping would call undone text new. */
const keepDeleted = invertedEffects.of((tr) => {
  const runs = tr.startState.field(authorshipField, false);
  if (!runs || !tr.docChanged) return [];
  const effects: StateEffect<Restored>[] = [];
  tr.changes.iterChangedRanges((fromA, toA) => {
    eachRun(runs, fromA, toA, (start, end, kind) => {
      const [from, to] = [Math.max(start, fromA), Math.min(end, toA)];
      if (to > from) effects.push(restoreRuns.of({ from, to, kind }));
    });
  });
  return effects;
});

function remember(view: EditorView): void {
  const { state } = view;
  const whole = state.selection.ranges.every((range) => range.empty);
  const places = state.selection.ranges.map((range) =>
    whole ? state.doc.lineAt(range.head) : { from: range.from, to: range.to });
  const runs = state.field(authorshipField);
  const [first] = places;
  if (!first || places.length > 1) return;
  state.facet(surroundings).clip = {
    text: state.sliceDoc(first.from, first.to),
    runs: sliceRuns(runs, first.from, first.to),
  };
}

const watch = EditorView.domEventObservers({
  copy: (_event, view) => remember(view),
  cut: (_event, view) => remember(view),
  dragstart: (_event, view) => remember(view),
  beforeinput: (event, view) => {
    const seen = view.state.facet(surroundings);
    seen.inputType = event.inputType;
    // The transaction follows within the same task or the next one; after that the mark must not stick.
    setTimeout(() => { seen.inputType = ""; }, 50);
  },
});

/** Everything the authorship of one editor needs. */
export function authorship(runs: Runs, seen: Surroundings): Extension {
  return [surroundings.of(seen), authorshipField.init(() => runs), keepDeleted, watch];
}

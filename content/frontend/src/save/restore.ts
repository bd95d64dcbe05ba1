/** Putting back what a crash or a dead network left on this device. */
import { ChangeSet, Transaction } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { Entry } from "../journal/journal";
import type { Kept } from "./keep";

/** True if the kept entries continue exactly where the server stands. */
export function continues(kept: Kept, baseSha256: string, stored: number): boolean {
  return kept.baseSha256 === baseSha256 && kept.from === stored && kept.entries.length > 0;
}

function changesOf(entry: Entry, length: number): ChangeSet | null {
  const changes = ChangeSet.fromJSON(entry[2]);
  return changes.length === length ? changes : null;
}

/** Plays the kept entries into the view, each with its own event; false if they do not fit the text. */
export function replayInto(view: EditorView, entries: readonly Entry[]): boolean {
  const length = view.state.doc.length;
  let expected = length;
  for (const entry of entries) {
    const changes = changesOf(entry, expected);
    if (!changes) return false;
    expected = changes.newLength;
  }
  for (const entry of entries) {
    const [, event, json] = entry;
    const annotations = event === null ? [] : [Transaction.userEvent.of(event)];
    view.dispatch({ changes: ChangeSet.fromJSON(json), annotations });
  }
  return true;
}

/** Puts the kept text in place of the present one; the save then carries the text and counts as not recorded. */
export function replaceText(view: EditorView, text: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, annotations: Transaction.userEvent.of("restore") });
}

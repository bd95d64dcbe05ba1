/** The change views, loaded when one is opened: unified, side by side, the list of changes. */
import {
  Change, MergeView, getChunks, getOriginalDoc, goToNextChunk, goToPreviousChunk, mergeViewSiblings, unifiedMergeView,
} from "@codemirror/merge";
import { type EditorStateConfig, type Extension, Text } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { wordDiff } from "../diff/wordDiff";

const diffConfig = {
  override: (a: string, b: string): readonly Change[] =>
    wordDiff(a, b).map((change) => new Change(change.fromA, change.toA, change.fromB, change.toB)),
};

function textOf(source: string): Text {
  return Text.of(source.split("\n"));
}

/** Changes against `original`, in the text. */
export function unified(original: string): Extension {
  return unifiedMergeView({
    original: textOf(original),
    diffConfig,
    allowInlineDiffs: true,
    mergeControls: false,
    highlightChanges: true,
    gutter: true,
    syntaxHighlightDeletions: false,
  });
}

/** `original` left, the text right. */
export function beside(
  { parent, original, text }: { parent: HTMLElement; original: { doc: string; extensions: Extension }; text: EditorStateConfig },
): MergeView {
  return new MergeView({ a: { doc: textOf(original.doc), extensions: original.extensions }, b: text, parent, diffConfig, gutter: true });
}

/** One change in words, for the list and for announcements. */
export interface NamedChange {
  readonly removed: string;
  readonly added: string;
  readonly before: string;
  readonly after: string;
  /** Position in the text. */
  readonly at: number;
}

/** Every change between `original` and `text`, with a few words around it. */
export function namedChanges(original: string, text: string): NamedChange[] {
  const around = 48;
  return wordDiff(original, text).map((change) => ({
    removed: original.slice(change.fromA, change.toA),
    added: text.slice(change.fromB, change.toB),
    before: text.slice(Math.max(0, change.fromB - around), change.fromB),
    after: text.slice(change.toB, change.toB + around),
    at: change.fromB,
  }));
}

export interface Place {
  readonly index: number;
  readonly count: number;
  readonly removed: string;
  readonly added: string;
}

/** Moves to the next or previous change and says where that is; null if there is no change. */
export function step(view: EditorView, forward: boolean): Place | null {
  if (!(forward ? goToNextChunk : goToPreviousChunk)(view)) return null;
  const found = getChunks(view.state);
  const at = view.state.selection.main.head;
  const index = found?.chunks.findIndex((chunk) => at >= chunk.fromB && at <= chunk.toB) ?? -1;
  const chunk = found?.chunks[index];
  if (!found || !chunk) return null;
  return {
    index: index + 1,
    count: found.chunks.length,
    removed: joined(chunk.changes.map((change) => originalOf(view, chunk.fromA + change.fromA, chunk.fromA + change.toA))),
    added: joined(chunk.changes.map((change) => view.state.sliceDoc(chunk.fromB + change.fromB, chunk.fromB + change.toB))),
  };
}

function joined(pieces: readonly string[]): string {
  return pieces.filter((piece) => piece.trim() !== "").join(" … ");
}

/** Side by side, the original is a view of its own and not part of this state. */
function originalOf(view: EditorView, from: number, to: number): string {
  const original = mergeViewSiblings(view)?.a.state.doc ?? getOriginalDoc(view.state);
  return original.sliceString(from, to, "\n");
}

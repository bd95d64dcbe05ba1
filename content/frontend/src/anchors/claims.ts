/** Claims and unverified paragraphs, kept at their place while the text moves under them. */
import type { ChangeDesc } from "@codemirror/state";
import { Offsets } from "../journal/offsets";

/** One claim as the server sends it; offsets in code points. */
export interface ClaimRow {
  readonly sentence_hash: string;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  readonly kinds: readonly string[];
  readonly state: string;
  readonly stale: boolean;
  readonly basis?: string;
  readonly source_url?: string;
  readonly note?: string;
}

export interface ParagraphRow {
  readonly start: number;
  readonly end: number;
  readonly sentence_hashes: readonly string[];
  readonly quote: string;
  readonly verified: boolean;
}

/** A row bound to the text as it stands (UTF-16 units), with its sentence; `touched` once that was edited. */
export interface Anchored<Row> {
  readonly row: Row;
  readonly from: number;
  readonly to: number;
  readonly sentence: { readonly from: number; readonly to: number };
  readonly touched: boolean;
}

/** Rows of an answer, for the text it is about. */
export function anchored<Row extends { start: number; end: number }>(rows: readonly Row[], text: string): Anchored<Row>[] {
  const offsets = new Offsets(text);
  return rows.map((row) => {
    const [from, to] = [offsets.toUtf16(row.start), offsets.toUtf16(row.end)];
    return { row, from, to, sentence: sentenceAround(text, from, to), touched: false };
  });
}

const SENTENCE_END = /[.!?…。！？]\s|\n/g;

/** The sentence around `[from, to)`, by the plain rule; only to grey a row at once, the server decides. */
export function sentenceAround(text: string, from: number, to: number): { from: number; to: number } {
  let [start, end] = [text.lastIndexOf("\n", from - 1) + 1, text.length];
  SENTENCE_END.lastIndex = start;
  for (let found = SENTENCE_END.exec(text); found; found = SENTENCE_END.exec(text)) {
    const after = found.index + found[0].length;
    if (after <= from) start = after;
    else if (found.index >= to - 1) {
      end = found[0] === "\n" ? found.index : found.index + 1;
      break;
    }
  }
  return { from: start, to: end };
}

/** The rows after `changes`; a row whose sentence was changed is marked. */
export function mapAnchored<Row>(rows: readonly Anchored<Row>[], changes: ChangeDesc): Anchored<Row>[] {
  return rows.map((item) => {
    const { sentence } = item;
    const from = changes.mapPos(item.from, 1);
    return {
      row: item.row,
      from,
      to: Math.max(from, changes.mapPos(item.to, -1)),
      sentence: { from: changes.mapPos(sentence.from, -1), to: changes.mapPos(sentence.to, 1) },
      touched: item.touched || changes.touchesRange(sentence.from, sentence.to) !== false,
    };
  });
}

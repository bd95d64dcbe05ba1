/** One open draft: the text with its views, the record, the claims at their places, what is saved. */
import { type ChangeSet, type Extension, Prec, Transaction } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { type Anchored, type ClaimRow, type ParagraphRow, anchored, mapAnchored } from "../anchors/claims";
import { type Surroundings, authorship, authorshipField, setRuns } from "../authorship/field";
import { painting } from "../authorship/paint";
import { type Kind, type Runs, lessHuman, runsFromSpans, sliceRuns, spliceRuns } from "../authorship/runs";
import { type DeskData, type Figures, figuresIn } from "../data";
import { Journal, recording } from "../journal/journal";
import { Offsets } from "../journal/offsets";
import { sha256Hex } from "../page/digest";
import type { Answer } from "../page/http";
import type { Snapshot } from "../save/autosave";
import { wordCard } from "./card";
import { Modes } from "./modes";
import { type EditorLook, ground, setup, writable, writing } from "./setup";

export interface SessionOptions {
  readonly data: DeskData;
  readonly parent: HTMLElement;
  readonly look: EditorLook;
  readonly now: () => number;
  /** The text changed. */
  readonly changed: () => void;
  readonly leave: () => void;
  readonly kindLabel: (kind: Kind) => string;
}

/** The server's runs (code points, for `text`) in UTF-16 units. */
function runsIn(figures: Figures, text: string): Runs {
  const offsets = new Offsets(text);
  const spans = (figures.runs ?? []).map(([start, end, kind]) => [offsets.toUtf16(start), offsets.toUtf16(end), kind] as const);
  return runsFromSpans(spans, text.length);
}

export class Session {
  readonly journal: Journal;
  readonly modes: Modes;
  figures: Figures;
  claims: readonly Anchored<ClaimRow>[];
  paragraphs: readonly Anchored<ParagraphRow>[];
  base: number;
  fence: number;
  /** True once the text differs from what the figures were measured on. */
  edited = false;
  /** False once the server has no typing record: then its runs are taken as they are. */
  recorded = true;
  private readonly seen: Surroundings = { clip: null, inputType: "" };
  private snapshotText: string;
  private since: ChangeSet | null = null;

  constructor(private readonly options: SessionOptions) {
    const { data } = options;
    this.figures = data;
    this.base = data.base;
    this.fence = data.fence;
    this.recorded = data.text_only !== true;
    this.journal = new Journal(data.base_sha256, data.text_only ? 0 : data.journal_seq);
    this.snapshotText = data.text;
    this.claims = anchored(data.claims ?? [], data.text);
    this.paragraphs = anchored(data.paragraphs ?? [], data.text);
    this.modes = new Modes({
      parent: options.parent,
      text: data.text,
      original: data.original,
      runs: runsIn(data, data.text),
      extensions: (runs) => this.extensions(runs),
      originalExtensions: () => [ground({ ...options.look, label: data.original_label ?? options.look.label }), writable(false)],
    });
  }

  get text(): string {
    return this.modes.view.state.doc.sliceString(0, undefined, "\n");
  }

  get runs(): Runs {
    return this.modes.view.state.field(authorshipField);
  }

  /** The text now; changes are counted from here until the answer. */
  snapshot(): Snapshot {
    this.snapshotText = this.text;
    this.since = null;
    return { text: this.snapshotText, sha256: sha256Hex(this.snapshotText) };
  }

  /** Takes the figures of an answer about the last snapshot, moved to where the text stands now. */
  take(answer: Answer): void {
    const fresh = figuresIn(answer.body);
    this.figures = { ...this.figures, ...fresh };
    this.edited = this.since !== null;
    if (fresh.claims) this.claims = this.moved(anchored(fresh.claims, this.snapshotText));
    if (fresh.paragraphs) this.paragraphs = this.moved(anchored(fresh.paragraphs, this.snapshotText));
    if (!fresh.runs) return;
    const current = this.runs;
    const theirs = this.mapRuns(runsIn(fresh, this.snapshotText), current);
    const effects = setRuns.of(this.recorded ? lessHuman(current, theirs) : theirs);
    this.modes.view.dispatch({ effects, annotations: Transaction.addToHistory.of(false) });
  }

  /** A new Revision begins a new record. */
  rebase(base: number): void {
    this.base = base;
    this.recorded = true;
  }

  setWritable(yes: boolean): void {
    this.modes.view.dispatch({ effects: writing.reconfigure(writable(yes)) });
  }

  /** Selects `[from, to)` and brings it into view. */
  go(from: number, to: number = from): void {
    const { view } = this.modes;
    const end = view.state.doc.length;
    const [anchor, head] = [Math.min(from, end), Math.min(to, end)];
    view.dispatch({ selection: { anchor, head }, effects: EditorView.scrollIntoView(anchor, { y: "center" }), userEvent: "select" });
    view.focus();
  }

  private moved<Row>(rows: readonly Anchored<Row>[]): readonly Anchored<Row>[] {
    return this.since ? mapAnchored(rows, this.since) : rows;
  }

  private mapRuns(runs: Runs, current: Runs): Runs {
    if (!this.since) return runs;
    const splices: { from: number; to: number; inserted: Runs }[] = [];
    this.since.iterChanges((fromA, toA, fromB, toB) => {
      splices.push({ from: fromA, to: toA, inserted: sliceRuns(current, fromB, toB) });
    });
    return spliceRuns(runs, splices);
  }

  private extensions(runs: Runs): Extension {
    const { options } = this;
    return [
      setup(options.look),
      authorship(runs, this.seen),
      painting(),
      recording(this.journal, options.now),
      wordCard(options.kindLabel),
      Prec.low(keymap.of([{ key: "Escape", run: () => { options.leave(); return true; } }])),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        this.since = this.since ? this.since.compose(update.changes) : update.changes;
        this.claims = mapAnchored(this.claims, update.changes);
        this.paragraphs = mapAnchored(this.paragraphs, update.changes);
        this.edited = true;
        options.changed();
      }),
    ];
  }
}

/** The views of one text: edit, changes, side by side. A switch keeps text, selection, undo, authorship. */
import { historyField } from "@codemirror/commands";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { authorshipField } from "../authorship/field";
import type { Runs } from "../authorship/runs";

export type Mode = "edit" | "changes" | "side";

export function isMode(value: unknown): value is Mode {
  return value === "edit" || value === "changes" || value === "side";
}

type MergeModule = typeof import("./merge");

export interface ModesOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly original: string;
  /** All of the editor for text whose authorship is `runs`. */
  readonly extensions: (runs: Runs) => Extension;
  readonly originalExtensions: () => Extension;
  readonly runs: Runs;
}

export class Modes {
  view: EditorView;
  mode: Mode = "edit";
  private readonly changes = new Compartment();
  private beside: { destroy(): void } | null = null;
  private loaded: Promise<MergeModule> | null = null;

  constructor(private readonly options: ModesOptions) {
    const extensions = [options.extensions(options.runs), this.changes.of([])];
    this.view = new EditorView({ state: EditorState.create({ doc: options.text, extensions }), parent: options.parent });
  }

  /** The change views' code, fetched once. */
  merge(): Promise<MergeModule> {
    this.loaded ??= import("./merge");
    return this.loaded;
  }

  async set(mode: Mode): Promise<void> {
    const merge = mode === "edit" ? null : await this.merge();
    if (mode === this.mode) return;
    const rebuild = mode === "side" || this.mode === "side";
    this.mode = mode;
    this.options.parent.dataset.mode = mode;
    if (rebuild) this.rebuild(merge);
    this.view.dispatch({ effects: this.changes.reconfigure(mode === "changes" && merge ? merge.unified(this.options.original) : []) });
  }

  /** Compares the whole text again; while typing only the touched part is compared. */
  async refresh(): Promise<void> {
    if (this.mode !== "changes" || this.view.composing) return;
    const merge = await this.merge();
    if (this.mode === "changes") this.view.dispatch({ effects: this.changes.reconfigure(merge.unified(this.options.original)) });
  }

  private rebuild(merge: MergeModule | null): void {
    const { state } = this.view;
    const { parent, original } = this.options;
    const focused = this.view.hasFocus;
    const config = {
      doc: state.doc,
      selection: state.selection,
      extensions: [
        this.options.extensions(state.field(authorshipField)),
        historyField.init(() => state.field(historyField)),
        this.changes.of([]),
      ],
    };
    this.view.destroy();
    this.beside?.destroy();
    this.beside = null;
    if (this.mode === "side" && merge) {
      const pair = merge.beside({ parent, original: { doc: original, extensions: this.options.originalExtensions() }, text: config });
      [this.beside, this.view] = [pair, pair.b];
    } else this.view = new EditorView({ state: EditorState.create(config), parent });
    this.view.dispatch({ effects: EditorView.scrollIntoView(this.view.state.selection.main, { y: "center" }) });
    if (focused) this.view.focus();
  }
}

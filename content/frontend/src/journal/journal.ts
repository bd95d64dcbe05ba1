/** The typing record: one entry for each transaction that changed the text. Nothing else is recorded. */
import { type ChangeSet, type Extension, Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** `[at_ms, event, changes]`: epoch milliseconds, CodeMirror's user event or null, `ChangeSet.toJSON()` (UTF-16 units). */
export type Entry = readonly [number, string | null, unknown];

/** Entries since the base Revision, and how many of them the server already holds. */
export class Journal {
  /** Number of entries the server had when `entries` begins. */
  private first: number;
  private entries: Entry[] = [];
  private storedCount: number;

  constructor(
    private base: string,
    stored: number,
  ) {
    this.first = stored;
    this.storedCount = stored;
  }

  /** Hex SHA-256 of the text the first entry applies to. */
  get baseSha256(): string {
    return this.base;
  }

  /** Entries the server holds. */
  get stored(): number {
    return this.storedCount;
  }

  /** All entries there are, stored or not. */
  get total(): number {
    return this.first + this.entries.length;
  }

  record(at: number, event: string | null, changes: ChangeSet): void {
    this.entries.push([at, event, changes.toJSON()]);
  }

  /** Entries from number `from` on; null if they are from before this page was opened. */
  since(from: number): readonly Entry[] | null {
    return from < this.first || from > this.total ? null : this.entries.slice(from - this.first);
  }

  /** The server now holds the first `count` entries. */
  markStored(count: number): void {
    this.storedCount = count;
  }

  /** The text after the first `count` entries became a Revision of its own: a new journal begins there. */
  rebase(base: string, count: number): void {
    this.entries = this.since(count)?.slice() ?? [];
    this.base = base;
    this.first = 0;
    this.storedCount = 0;
  }
}

/** Writes every change of the document into `journal`. */
export function recording(journal: Journal, now: () => number): Extension {
  return EditorView.updateListener.of((update) => {
    for (const tr of update.transactions) {
      if (tr.docChanged) journal.record(Math.round(now()), tr.annotation(Transaction.userEvent) ?? null, tr.changes);
    }
  });
}

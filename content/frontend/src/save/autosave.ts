/** Saves while one writes: one request at a time, kept on the device before it leaves, nothing lost on any answer. */
import type { Journal } from "../journal/journal";
import { type Answer, detailOf } from "../page/http";
import { nextStep, waitSeconds } from "./conflict";
import type { Fields, Keep } from "./keep";

export type SaveState = "saved" | "saving" | "unsaved" | "offline" | "conflict" | "readonly";

/** The document at one instant. */
export interface Snapshot {
  readonly text: string;
  readonly sha256: string;
}

/** What the saver asks of the desk. */
export interface Desk {
  /** The text now; the desk counts changes "since the snapshot" from this call on. */
  snapshot(): Snapshot;
  /** Fields that differ from what was last saved. */
  changedFields(): Fields;
  send(kind: "working_copy" | "revision", body: unknown): Promise<Answer>;
  show(state: SaveState, pending: number): void;
  /** A save was answered with numbers, for the text of the last snapshot. */
  answered(answer: Answer, sent: Fields): void;
  /** Saving has stopped, or goes on in another way; `sentence` is the server's, possibly empty. */
  trouble(kind: "conflict" | "lease_lost" | "closed" | "refused" | "sign_in" | "no_record", sentence: string): void;
}

export interface SaverOptions {
  readonly desk: Desk;
  readonly journal: Journal;
  readonly keep: Keep;
  readonly key: () => string;
  readonly base: () => { base: number; fence: number };
  readonly now: () => number;
  /** True when what the server holds has no typing record: each save then carries the text. */
  readonly textOnly: boolean;
  readonly readOnly: boolean;
}

/** Time after the last key, and the longest time after the first unsaved one. */
const QUIET_MS = 1500;
const LONGEST_MS = 10_000;

interface Attempt {
  readonly snapshot: Snapshot;
  readonly fields: Fields;
  readonly total: number;
  readonly withText: boolean;
}

export class Saver {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private firstTouched: number | null = null;
  private running: Promise<boolean> | null = null;
  private failures = 0;
  private stopped: boolean;
  private textOnly: boolean;
  private withText = false;
  private kept = false;
  private state: SaveState;

  constructor(private readonly options: SaverOptions) {
    this.stopped = options.readOnly;
    this.textOnly = options.textOnly;
    this.state = options.readOnly ? "readonly" : "saved";
  }

  /** Something changed: save soon. */
  touch(): void {
    if (this.stopped) return;
    const now = this.options.now();
    this.firstTouched ??= now;
    this.show(this.failures > 1 ? "offline" : "unsaved");
    this.plan(Math.max(0, Math.min(QUIET_MS, this.firstTouched + LONGEST_MS - now)));
  }

  /** True if something is neither saved nor kept on this device. */
  get atRisk(): boolean {
    return this.isDirty() && !this.kept;
  }

  /** Changes that are not on the server. */
  get pending(): number {
    return this.options.journal.total - this.options.journal.stored + Object.keys(this.options.desk.changedFields()).length;
  }

  /** Saves what there is now; true when all of it is on the server. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    // What is typed while a request is under way needs another one; a person who types on and on is answered "not yet".
    for (let round = 0; round < 3 && this.isDirty(); round += 1) {
      while (this.running) await this.running;
      if (this.stopped) return false;
      if (this.isDirty() && !(await this.run("working_copy", ""))) return false;
    }
    return !this.isDirty();
  }

  /** Makes a version of the text as it stands now; true when the server has it. */
  async saveVersion(note: string): Promise<boolean> {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    return this.stopped ? false : this.run("revision", note);
  }

  /** Ends saving: another person holds the draft, or it cannot be saved any more. */
  stop(state: SaveState): void {
    clearTimeout(this.timer);
    this.stopped = true;
    this.show(state);
  }

  /** From now on each save carries the whole text. */
  sendText(): void {
    this.textOnly = true;
    this.withText = true;
  }

  private isDirty(): boolean {
    return this.pending > 0 || this.withText;
  }

  private plan(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { void this.flush(); }, milliseconds);
  }

  private show(state: SaveState): void {
    this.state = state;
    this.options.desk.show(state, this.pending);
  }

  private run(kind: "working_copy" | "revision", note: string): Promise<boolean> {
    this.running = this.attempt(kind, note, 0).finally(() => { this.running = null; });
    return this.running;
  }

  private async attempt(kind: "working_copy" | "revision", note: string, round: number): Promise<boolean> {
    const { desk, journal } = this.options;
    const attempt: Attempt = {
      snapshot: desk.snapshot(),
      fields: desk.changedFields(),
      total: journal.total,
      withText: this.withText || this.textOnly,
    };
    if (this.state !== "offline") this.show("saving");
    this.kept = await this.keepIt(attempt);
    const answer = await desk.send(kind, this.bodyFor(attempt, note));
    const step = nextStep(answer);
    if (step === "saved") return this.accept(kind, attempt, answer);
    if ((step === "resend_from" || step === "resend_with_text") && round < 2) {
      this.prepareAgain(step, answer);
      return this.attempt(kind, note, round + 1);
    }
    if (step === "later") this.waitAndTry();
    else await this.end(step === "resend_from" || step === "resend_with_text" ? "refused" : step, attempt, answer);
    return false;
  }

  private bodyFor(attempt: Attempt, note: string): Record<string, unknown> {
    const { journal } = this.options;
    const entries = this.textOnly ? null : journal.since(journal.stored)?.slice(0, attempt.total - journal.stored) ?? null;
    return {
      ...this.options.base(),
      from: entries ? journal.stored : 0,
      journal: entries ? { base_sha256: journal.baseSha256, entries } : null,
      sha256: attempt.snapshot.sha256,
      ...(Object.keys(attempt.fields).length > 0 ? { fields: attempt.fields } : {}),
      ...(attempt.withText || !entries ? { text: attempt.snapshot.text } : {}),
      ...(note ? { note } : {}),
    };
  }

  private async keepIt(attempt: Attempt): Promise<boolean> {
    const { journal, keep, key, now } = this.options;
    return keep.put({
      key: key(),
      at: now(),
      from: journal.stored,
      baseSha256: journal.baseSha256,
      entries: journal.since(journal.stored) ?? [],
      text: attempt.snapshot.text,
      fields: attempt.fields,
    });
  }

  private async accept(kind: "working_copy" | "revision", attempt: Attempt, answer: Answer): Promise<boolean> {
    const { desk, journal, keep, key } = this.options;
    const oldKey = key();
    this.failures = 0;
    this.firstTouched = null;
    this.withText = false;
    if (kind === "revision") {
      journal.rebase(attempt.snapshot.sha256, attempt.total);
      this.textOnly = false;
    } else journal.markStored(attempt.total);
    desk.answered(answer, attempt.fields);
    this.kept = false;
    await keep.drop(oldKey);
    if (this.isDirty()) this.touch();
    else this.show("saved");
    return true;
  }

  private prepareAgain(step: "resend_from" | "resend_with_text", answer: Answer): void {
    const expected = answer.body.expected;
    if (step === "resend_from" && typeof expected === "number" && this.options.journal.since(expected)) {
      this.options.journal.markStored(expected);
      return;
    }
    this.sendText();
    this.options.desk.trouble("no_record", "");
  }

  private waitAndTry(): void {
    this.failures += 1;
    this.show(this.failures >= 2 ? "offline" : "unsaved");
    this.plan(waitSeconds(this.failures) * 1000);
  }

  private async end(
    step: "conflict" | "lease_lost" | "closed" | "refused" | "sign_in", attempt: Attempt, answer: Answer,
  ): Promise<void> {
    if (step === "sign_in") {
      this.show("offline");
      this.plan(waitSeconds(5) * 1000);
    } else this.stop(step === "conflict" ? "conflict" : step === "refused" ? "offline" : "readonly");
    if (step === "lease_lost" || step === "conflict") await this.handIn(attempt);
    this.options.desk.trouble(step, detailOf(answer));
  }

  /** The last text goes up once more, whole, for the server to keep as a private branch. It stays on the device as well. */
  private async handIn(attempt: Attempt): Promise<void> {
    await this.options.desk.send("working_copy", { ...this.bodyFor({ ...attempt, withText: true }, ""), late: true });
  }
}

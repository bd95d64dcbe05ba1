/** Saving as the person sees it: the state in words, the bands for what went wrong, leaving only when safe. */
import type { DeskData } from "../data";
import type { Session } from "../editor/session";
import { sha256Hex } from "../page/digest";
import { hideBand, showBand } from "../page/bands";
import { byId } from "../page/dom";
import { clock, counted, gettext, interpolate } from "../page/gettext";
import { type Answer, send } from "../page/http";
import { sayNow } from "../page/speech";
import { addVersion } from "../panels/versions";
import { type SaveState, Saver } from "./autosave";
import { FieldWatch } from "./fields";
import type { Fields, Keep, Kept } from "./keep";
import { LeaseKeeper } from "./lease";
import { watchDraft } from "./live";
import { continues, replaceText, replayInto } from "./restore";

export interface SavingOptions {
  readonly data: DeskData;
  readonly session: Session;
  readonly keep: Keep;
  /** A save was answered and its figures taken. */
  readonly answered: () => void;
}

export class Saving {
  private readonly saver: Saver;
  private readonly fields: FieldWatch;
  private readonly lease: LeaseKeeper;
  private savedAt: Date;
  private lastInput = Date.now();
  private readonly stopWatching: () => void;

  constructor(private readonly options: SavingOptions) {
    const { data, session } = options;
    this.savedAt = data.saved_at ? new Date(data.saved_at) : new Date();
    this.fields = new FieldWatch(document, () => this.touch());
    this.saver = new Saver({
      desk: {
        snapshot: () => session.snapshot(),
        changedFields: () => this.fields.changes(),
        send: (kind, body) => send(kind === "revision" ? "POST" : "PATCH", kind === "revision" ? data.urls.revisions : data.urls.workingCopy, body),
        show: (state, pending) => this.show(state, pending),
        answered: (answer, sent) => this.answered(answer, sent),
        trouble: (kind, sentence) => this.trouble(kind, sentence),
      },
      journal: session.journal,
      keep: options.keep,
      key: () => this.key(),
      base: () => ({ base: session.base, fence: session.fence }),
      now: () => Date.now(),
      textOnly: data.text_only === true,
      readOnly: data.readonly === true,
    });
    this.lease = new LeaseKeeper({
      renew: () => send("POST", data.urls.lease, { fence: session.fence }),
      lastInput: () => this.lastInput,
      now: () => Date.now(),
      warnAt: data.lease?.warn_at ? Date.parse(data.lease.warn_at) : null,
      warn: (endsAt) => this.warnLease(endsAt),
      lost: (sentence) => this.loseLease(sentence),
    });
    this.stopWatching = watchDraft({ data, session, lost: (sentence) => this.loseLease(sentence), readOnly: data.readonly === true });
  }

  touch(): void {
    this.lastInput = Date.now();
    this.saver.touch();
  }

  /** Starts the clocks and offers what an earlier visit left behind. */
  async open(): Promise<void> {
    if (this.options.data.readonly) {
      this.fields.setWritable(false);
      this.show("readonly", 0);
      return;
    }
    this.show("saved", 0);
    this.lease.start();
    this.guardLeaving();
    const kept = await this.options.keep.take(this.key());
    if (kept && kept.text !== this.options.session.text) this.offer(kept);
  }

  /** Saves, then runs `next`; false if the save did not get through. */
  async before<T>(next: () => Promise<T> | T): Promise<boolean> {
    if (this.options.data.readonly || await this.saver.flush()) {
      await next();
      return true;
    }
    return false;
  }

  /** Saves now, because the page is being left or looked away from. */
  flush(): void {
    void this.saver.flush();
  }

  async saveVersion(): Promise<boolean> {
    return this.saver.saveVersion("");
  }

  private key(): string {
    const { data, session } = this.options;
    return `${data.user ?? "me"}/${data.case ?? data.urls.workingCopy}/${session.base}`;
  }

  private answered(answer: Answer, sent: Fields): void {
    const { session } = this.options;
    const { number, saved_at: savedAt } = answer.body;
    this.savedAt = typeof savedAt === "string" ? new Date(savedAt) : new Date();
    this.fields.markSaved(sent);
    if (typeof number === "number") {
      session.rebase(number);
      const list = byId("desk-versions");
      if (list) addVersion(list, number, this.savedAt);
    }
    hideBand("save");
    session.take(answer);
    this.options.answered();
  }

  private show(state: SaveState, pending: number): void {
    const place = byId("desk-save");
    if (!place) return;
    const waiting = counted("%(n)s change", "%(n)s changes", pending);
    const words: Readonly<Record<SaveState, string>> = {
      saved: interpolate(gettext("Saved %(at)s"), { at: clock(this.savedAt) }),
      saving: gettext("Saving…"),
      unsaved: gettext("Not saved yet"),
      offline: interpolate(gettext("Offline, kept on this device (%(changes)s)"), { changes: waiting }),
      conflict: gettext("Conflict"),
      readonly: gettext("Read only"),
    };
    place.dataset.state = state;
    if (state === "readonly") place.title = this.options.data.readonly_reason ?? "";
    place.textContent = words[state];
  }

  private trouble(kind: "conflict" | "lease_lost" | "closed" | "refused" | "sign_in" | "no_record", sentence: string): void {
    const copy = { label: gettext("Copy my text"), run: () => { void navigator.clipboard.writeText(this.options.session.text); } };
    const reload = { label: gettext("Load the newest version"), run: () => location.reload() };
    if (kind === "lease_lost") this.loseLease(sentence);
    else if (kind === "no_record") {
      this.options.session.recorded = false;
      showBand("record", "warn", gettext("Saved without a typing record. What you wrote counts as “by a person, not recorded”."));
    } else if (kind === "sign_in") {
      const { signInUrl } = document.body.dataset;
      showBand("save", "bad", gettext("You are signed out. Your text is kept on this device."), signInUrl
        ? [{ label: gettext("Sign in"), run: () => { window.open(signInUrl, "_blank", "noopener"); } }, { label: gettext("Save again"), run: () => this.flush() }]
        : [copy]);
    } else if (kind === "conflict") {
      this.freeze();
      showBand("save", "bad", sentence || gettext("Somebody saved a newer version. Your text was handed in beside it and is kept on this device."), [copy, reload]);
    } else if (kind === "closed") {
      this.freeze();
      showBand("save", "bad", sentence || gettext("This draft cannot be edited any more. Your text is kept on this device."), [copy, reload]);
    } else showBand("save", "bad", sentence || gettext("This could not be saved. Your text is kept on this device."), [copy]);
  }

  private freeze(): void {
    this.options.session.setWritable(false);
    this.fields.setWritable(false);
    this.lease.stop();
  }

  private loseLease(sentence: string): void {
    this.freeze();
    this.saver.stop("readonly");
    this.stopWatching();
    showBand("save", "bad", sentence || gettext("Another person holds this draft now. What you wrote was handed in and is kept on this device."), [
      { label: gettext("Copy my text"), run: () => { void navigator.clipboard.writeText(this.options.session.text); } },
      { label: gettext("Reload"), run: () => location.reload() },
    ]);
  }

  private warnLease(endsAt: Date): void {
    const sentence = interpolate(gettext("Your hold on this draft ends at %(at)s."), { at: clock(endsAt) });
    showBand("lease", "warn", sentence, [{ label: gettext("Keep working"), run: () => {
      this.lastInput = Date.now();
      hideBand("lease");
      void this.lease.keepWorking();
    } }]);
    sayNow(sentence);
  }

  private guardLeaving(): void {
    addEventListener("beforeunload", (event) => { if (this.saver.atRisk) event.preventDefault(); });
    addEventListener("blur", () => this.flush());
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.flush(); });
    for (const name of ["keydown", "pointerdown"]) addEventListener(name, () => { this.lastInput = Date.now(); }, { passive: true });
    // Forms of the page (hand over, send back, release) act on what is saved: save first, then send them.
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || form.dataset.saved !== undefined || event.defaultPrevented) return;
      if (form.method.toLowerCase() !== "post" || this.saver.pending === 0) return;
      const { submitter } = event;
      event.preventDefault();
      void this.before(() => {
        form.dataset.saved = "";
        delete form.dataset.sent; // `form` lets it go once, and this is that once
        form.requestSubmit(submitter);
      });
    });
  }

  private offer(kept: Kept): void {
    const sentence = interpolate(gettext("%(changes)s from %(at)s were kept on this device."), {
      changes: counted("%(n)s change", "%(n)s changes", Math.max(1, kept.entries.length)), at: clock(new Date(kept.at)),
    });
    showBand("kept", "warn", sentence, [
      { label: gettext("Put back"), run: () => this.putBack(kept) },
      { label: gettext("Discard"), run: () => { hideBand("kept"); void this.options.keep.drop(kept.key); } },
    ]);
  }

  private putBack(kept: Kept): void {
    const { session } = this.options;
    const { view } = session.modes;
    hideBand("kept");
    const fits = continues(kept, session.journal.baseSha256, session.journal.stored)
      && session.journal.total === session.journal.stored && replayInto(view, kept.entries);
    if (!fits || sha256Hex(session.text) !== sha256Hex(kept.text)) {
      replaceText(view, kept.text);
      session.recorded = false;
      this.saver.sendText();
    }
    this.fields.putBack(kept.fields);
    this.touch();
  }
}

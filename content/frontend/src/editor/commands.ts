/** What the buttons and keys of the desk do. */
import type { ClaimsPanel } from "../panels/claims";
import { showBand } from "../page/bands";
import { all, byId } from "../page/dom";
import { gettext, interpolate } from "../page/gettext";
import { sayPolitely } from "../page/speech";
import type { Saving } from "../save/saving";
import { changeListDialog, placeSentence } from "./announce";
import { FindBar } from "./find";
import { type Command, deskKeys, isMac } from "./keys";
import { isMode } from "./modes";
import type { Session } from "./session";

export interface CommandsOptions {
  readonly session: Session;
  readonly saving: Saving;
  readonly claims: ClaimsPanel | null;
  readonly original: string;
  readonly readOnly: boolean;
}

const PANES = ["#pane-claims", "#desk-modes", ".cm-content", "#pane-facts"];

export class DeskCommands {
  private readonly findBar: FindBar | null;
  private readonly table: Readonly<Record<Command, () => Promise<void> | void>>;

  constructor(private readonly options: CommandsOptions) {
    const { claims, session } = options;
    const toolbar = byId("desk-modes")?.closest(".toolbar");
    this.findBar = toolbar ? new FindBar(() => session.modes.view, toolbar, options.readOnly) : null;
    this.table = {
      save: () => this.saveVersion(),
      sign: () => byId<HTMLAnchorElement>("desk-sign")?.click(),
      edit: () => this.setMode("edit"),
      changes: () => this.setMode("changes"),
      side: () => this.setMode("side"),
      next_change: () => this.step(true),
      previous_change: () => this.step(false),
      change_list: () => this.listChanges(),
      original: () => this.showOriginal(),
      next_claim: () => this.nextClaim(true),
      previous_claim: () => this.nextClaim(false),
      claim_right: () => { claims?.answerAt(this.caret, "correct"); },
      claim_wrong: () => { claims?.answerAt(this.caret, "cannot_verify"); },
      find: () => this.findBar?.open(),
      find_next: () => this.findBar?.step(1),
      find_previous: () => this.findBar?.step(-1),
      next_pane: () => this.pane(1),
      previous_pane: () => this.pane(-1),
    };
  }

  async run(command: Command): Promise<void> {
    await this.table[command]();
  }

  async setMode(mode: unknown): Promise<void> {
    if (!isMode(mode)) return;
    this.options.saving.flush();
    await this.options.session.modes.set(mode);
    for (const button of all("#desk-modes [data-mode]")) button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
  }

  /** Connects the buttons of the page and tells the key sheet what there is. */
  attach(): void {
    for (const button of all("#desk-modes [data-mode]")) {
      button.addEventListener("click", () => { void this.setMode(button.dataset.mode); });
    }
    byId("desk-next")?.addEventListener("click", () => { void this.step(true); });
    byId("desk-prev")?.addEventListener("click", () => { void this.step(false); });
    byId("desk-list")?.addEventListener("click", () => { void this.listChanges(); });
    byId("desk-keep")?.addEventListener("click", () => { void this.saveVersion(); });
    this.attachPaint();
    this.attachSign();
    document.addEventListener("rd:keys", (event) => {
      const rows = (event as CustomEvent<{ keys: string; label: string }[]>).detail;
      for (const key of deskKeys()) rows.push({ keys: isMac() ? key.mac : key.keys, label: key.label });
    });
  }

  private get caret(): number {
    return this.options.session.modes.view.state.selection.main.head;
  }

  private attachPaint(): void {
    const paint = byId<HTMLSelectElement>("desk-paint");
    const editor = byId("desk-editor");
    if (!paint || !editor) return;
    const apply = (): void => { editor.dataset.paint = paint.value; };
    paint.addEventListener("change", apply);
    apply();
  }

  /** What is signed is a version: it is saved before the page of the sign-off opens. */
  private attachSign(): void {
    const link = byId<HTMLAnchorElement>("desk-sign");
    if (!link?.href) return;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      link.setAttribute("aria-busy", "true");
      void this.versionOf(() => location.assign(link.href)).then((saved) => {
        if (saved) return;
        link.removeAttribute("aria-busy");
        showBand("sign", "bad", gettext("Signing needs a saved text. Your text is kept on this device; try again when it is saved."));
      });
    });
  }

  /** What is typed becomes a version, then `next` runs; a page that is only read goes on at once. */
  private async versionOf(next: () => void): Promise<boolean> {
    const { readOnly, saving } = this.options;
    if (!readOnly && !(await saving.saveVersion())) return false;
    next();
    return true;
  }

  private async saveVersion(): Promise<void> {
    if (await this.options.saving.saveVersion()) sayPolitely(gettext("Saved as a version."));
  }

  private async step(forward: boolean): Promise<void> {
    const { session } = this.options;
    if (session.modes.mode === "edit") await this.setMode("changes");
    const merge = await session.modes.merge();
    const place = merge.step(session.modes.view, forward);
    sayPolitely(place ? placeSentence(place) : gettext("No changes."));
  }

  private async listChanges(): Promise<void> {
    const { session, original } = this.options;
    const merge = await session.modes.merge();
    const dialog = changeListDialog(merge.namedChanges(original, session.text), (at) => session.go(at));
    document.body.append(dialog);
    dialog.showModal();
  }

  private async showOriginal(): Promise<void> {
    const { session, original } = this.options;
    const merge = await session.modes.merge();
    const change = merge.namedChanges(original, session.text)
      .find((item) => this.caret >= item.at && this.caret <= item.at + item.added.length);
    const sentence = !change ? gettext("The draft says the same here.")
      : change.removed.trim() === "" ? gettext("The draft had nothing here.")
      : interpolate(gettext("The draft said: “%(text)s”"), { text: change.removed.trim() });
    showBand("original", "info", sentence);
  }

  private nextClaim(forward: boolean): void {
    const claim = this.options.claims?.next(this.caret, forward);
    if (claim) this.options.claims?.show(claim);
    else sayPolitely(gettext("No open claim."));
  }

  private pane(step: number): void {
    const places = PANES.map((selector) => document.querySelector<HTMLElement>(selector)).filter((place) => place !== null);
    const at = places.findIndex((place) => place.contains(document.activeElement));
    const next = places[(at + step + places.length) % places.length];
    const target = next?.matches(".cm-content") ? next : next?.querySelector<HTMLElement>("button, a[href], summary, select, input") ?? next;
    target?.focus();
  }
}

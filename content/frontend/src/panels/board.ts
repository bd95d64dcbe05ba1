/** Everything around the text that shows numbers: drawn after each answer, estimated a moment after each key. */
import { type Kind, KINDS, eachRun } from "../authorship/runs";
import type { Labels } from "../data";
import { countWords } from "../diff/words";
import type { Session } from "../editor/session";
import { all, byId } from "../page/dom";
import { clock, counted, gettext, interpolate } from "../page/gettext";
import { sayPolitely } from "../page/speech";
import { type ClaimsPanel, isOpen } from "./claims";
import { drawGate } from "./gate";
import { drawOutline, drawRibbon, headingsOf } from "./ribbon";
import { type KindCounts, countsFrom, drawWho } from "./who";

const ESTIMATE_MS = 250;

export interface BoardOptions {
  readonly session: Session;
  readonly claims: ClaimsPanel | null;
  readonly labels: Labels;
  readonly jump: (kind: Kind) => void;
  /** The sentence of the page stands where nobody edits and nothing is open. */
  readonly readOnly: boolean;
}

export class Board {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private answeredAt = "";
  private openRules: number | null = null;

  constructor(private readonly options: BoardOptions) {}

  /** The server answered: all its numbers. */
  answered(at: Date): void {
    this.answeredAt = clock(at);
    this.draw();
  }

  /** Something was typed: estimates soon, claims that became stale. */
  soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), ESTIMATE_MS);
  }

  draw(): void {
    clearTimeout(this.timer);
    const { session, claims, labels } = this.options;
    const text = session.text;
    const place = { who: byId("desk-who"), gate: byId("desk-gate"), ribbon: byId("desk-ribbon"), outline: byId("desk-outline") };
    const measures = session.figures.measures;
    const counts = session.edited ? this.estimate(text) : countsFrom(measures, this.answeredAt);
    if (place.who) drawWho(place.who, counts, String(measures?.method ?? "authorship.v1"), labels, this.options.jump);
    if (place.gate) this.sayCrossing(drawGate(place.gate, session.figures, labels).open.length);
    if (place.ribbon) drawRibbon(place.ribbon, session.runs, (position) => session.go(position));
    if (place.outline) drawOutline(place.outline, headingsOf(text), (position) => session.go(position));
    claims?.draw(session.claims, session.paragraphs);
    this.drawNeeds();
  }

  private estimate(text: string): KindCounts {
    const byKind = new Map<Kind, number>(KINDS.map((kind) => [kind, 0]));
    let words = 0;
    eachRun(this.options.session.runs, 0, text.length, (start, end, kind) => {
      const count = countWords(text.slice(start, end));
      words += count;
      byKind.set(kind, (byKind.get(kind) ?? 0) + count);
    });
    return { words, byKind, about: true, at: "" };
  }

  private drawNeeds(): void {
    const { session } = this.options;
    const open = session.claims.filter(isOpen).length;
    for (const place of all("[data-count=claims]")) place.textContent = open > 0 ? String(open) : "";
    const changes = session.figures.changes;
    const count = byId("desk-changes");
    if (count && changes) {
      count.textContent = counted("%(n)s place changed", "%(n)s places changed", changes.hunks);
      count.title = interpolate(gettext("%(inserted)s words in, %(deleted)s words out"), { inserted: changes.inserted, deleted: changes.deleted });
    }
    const needs = byId("desk-needs");
    const left = session.paragraphs.filter((item) => !item.row.verified).length;
    const parts = [
      this.openRules ? counted("%(n)s rule", "%(n)s rules", this.openRules) : "",
      open > 0 ? counted("%(n)s claim", "%(n)s claims", open) : "",
      left > 0 ? counted("%(n)s paragraph to verify", "%(n)s paragraphs to verify", left) : "",
    ].filter(Boolean);
    if (needs && (parts.length > 0 || !this.options.readOnly)) needs.textContent = parts.length > 0
      ? interpolate(gettext("Needs: %(parts)s"), { parts: parts.join(" · ") })
      : gettext("Needs nothing more before the sign-off.");
  }

  /** Speaks only when the gate opens or closes, never ticking numbers. */
  private sayCrossing(open: number): void {
    const before = this.openRules;
    this.openRules = open;
    if (before === null || (before === 0) === (open === 0)) return;
    sayPolitely(open === 0 ? gettext("The gate is open: you can sign off.") : gettext("The gate is closed again."));
  }
}

/** Claims to check, and paragraphs with sentences that nobody edited or verified. */
import type { Anchored, ClaimRow, ParagraphRow } from "../anchors/claims";
import { el, refill } from "../page/dom";
import { counted, gettext } from "../page/gettext";
import { claimKindLabel, claimStateLabel } from "./words";

export type Claim = Anchored<ClaimRow>;
export type Paragraph = Anchored<ParagraphRow>;

/** What the editor answered about one claim. */
export interface Check {
  readonly sentence_hash: string;
  readonly state: string;
  readonly basis: string;
  readonly source_url: string;
  readonly note: string;
}

export interface ClaimActs {
  readonly go: (from: number, to: number) => void;
  readonly check: (check: Check) => void;
  readonly stand: (hashes: readonly string[]) => void;
  readonly readOnly: boolean;
}

type Filter = "open" | "done" | "all";

/** What a claim reads as: an edit makes its check stale at once. */
export function shownState(claim: Claim): string {
  const stale = claim.row.stale || (claim.touched && claim.row.state !== "unchecked");
  return stale ? "stale" : claim.row.state;
}

export function isOpen(claim: Claim): boolean {
  return ["unchecked", "stale", "cannot_verify"].includes(shownState(claim));
}

/** The panel; it remembers its filter and which row is unfolded. */
export class ClaimsPanel {
  private filter: Filter = "open";
  private unfolded = "";
  private claims: readonly Claim[] = [];
  private paragraphs: readonly Paragraph[] = [];

  constructor(private readonly place: HTMLElement, private readonly acts: ClaimActs) {}

  draw(claims: readonly Claim[], paragraphs: readonly Paragraph[]): void {
    [this.claims, this.paragraphs] = [claims, paragraphs];
    const shown = claims.filter((claim) => this.filter === "all" || isOpen(claim) === (this.filter === "open"));
    refill(this.place,
      claims.length > 0 ? this.filters() : null,
      claims.length === 0
        ? el("p", { class: "muted" }, gettext("No claims were found. Read for facts all the same."))
        : shown.length === 0
          ? el("p", { class: "muted" }, this.filter === "open" ? gettext("Every claim is checked.") : gettext("Nothing here."))
          : el("ul", { class: "claims" }, ...shown.map((claim) => this.row(claim))),
      this.leftAsTheyAre());
  }

  /** The claim or paragraph after (or before) `position`; null if there is none. */
  next(position: number, forward: boolean): Claim | null {
    const open = this.claims.filter(isOpen);
    return forward
      ? open.find((claim) => claim.from > position) ?? open[0] ?? null
      : [...open].reverse().find((claim) => claim.from < position) ?? open[open.length - 1] ?? null;
  }

  /** Unfolds the row of `claim` and moves there. */
  show(claim: Claim): void {
    this.unfolded = claim.row.sentence_hash;
    this.draw(this.claims, this.paragraphs);
    this.acts.go(claim.from, claim.to);
  }

  /** Marks the claim at `position` (or its paragraph) as `state`; false if there is nothing to mark. */
  answerAt(position: number, state: string): boolean {
    if (this.acts.readOnly) return false;
    const claim = this.claims.find((item) => isOpen(item) && position >= item.sentence.from && position <= item.sentence.to);
    if (claim) {
      this.acts.check({ sentence_hash: claim.row.sentence_hash, state, basis: "own_knowledge", source_url: "", note: "" });
      return true;
    }
    const paragraph = this.paragraphs.find((item) => !item.row.verified && position >= item.from && position <= item.to);
    if (!paragraph || state !== "correct") return false;
    this.acts.stand(paragraph.row.sentence_hashes);
    return true;
  }

  private filters(): HTMLElement {
    const open = this.claims.filter(isOpen).length;
    const button = (filter: Filter, label: string): HTMLElement =>
      el("button", {
        type: "button", "aria-pressed": String(this.filter === filter), "data-focus": `filter-${filter}`,
        onclick: () => { this.filter = filter; this.draw(this.claims, this.paragraphs); },
      }, label);
    return el("div", { class: "segmented segmented-small", role: "group", "aria-label": gettext("Which claims") },
      button("open", counted("%(n)s open", "%(n)s open", open)),
      button("done", counted("%(n)s done", "%(n)s done", this.claims.length - open)),
      button("all", gettext("All")));
  }

  private row(claim: Claim): HTMLLIElement {
    const { row } = claim;
    const state = shownState(claim);
    const unfolded = this.unfolded === row.sentence_hash;
    return el("li", { class: "claim", "data-hash": row.sentence_hash, "data-state": state },
      el("p", { class: "claim-head" },
        ...row.kinds.map((kind) => el("span", { class: "chip" }, claimKindLabel(kind))),
        el("span", { class: `state state-${state}` }, claimStateLabel(state))),
      el("button", {
        class: "claim-quote", type: "button", "aria-expanded": String(unfolded), "data-focus": `claim-${row.sentence_hash}`,
        onclick: () => {
          this.unfolded = unfolded ? "" : row.sentence_hash;
          this.draw(this.claims, this.paragraphs);
          this.acts.go(claim.from, claim.to);
        },
      }, row.quote),
      unfolded && !this.acts.readOnly ? this.answerForm(row) : null);
  }

  private answerForm(row: ClaimRow): HTMLElement {
    const id = `basis-${row.sentence_hash.slice(0, 8)}`;
    const basis = el("select", { id },
      ...([["source", gettext("A source")], ["own_knowledge", gettext("I know it")], ["experiment", gettext("I tried it")], ["ai_answer", gettext("An AI said so")]] as const)
        .map(([value, label]) => el("option", { value, selected: (row.basis || "source") === value }, label)));
    const url = el("input", { type: "url", id: `${id}-u`, value: row.source_url ?? "", placeholder: "https://" });
    const note = el("input", { type: "text", id: `${id}-n`, value: row.note ?? "" });
    const answer = (state: string, label: string, primary: boolean): HTMLElement =>
      el("button", {
        class: `btn btn-small${primary ? " btn-primary" : ""}`, type: "button", "data-check": state, "data-focus": `check-${state}`,
        onclick: () => this.acts.check({
          sentence_hash: row.sentence_hash, state, basis: basis.value, source_url: url.value.trim(), note: note.value.trim(),
        }),
      }, label);
    return el("div", { class: "claim-form" },
      el("div", { class: "field" }, el("label", { for: id }, gettext("How do you know?")), basis),
      el("div", { class: "field" }, el("label", { for: `${id}-u` }, gettext("Source address")), url),
      el("div", { class: "field" }, el("label", { for: `${id}-n` }, gettext("Note, or why it is no claim")), note),
      el("div", { class: "cluster" },
        answer("correct", gettext("Correct"), true),
        answer("corrected", gettext("Corrected"), false),
        answer("removed", gettext("Removed"), false),
        answer("cannot_verify", gettext("Cannot verify"), false),
        answer("not_a_claim", gettext("Not a claim"), false)));
  }

  private leftAsTheyAre(): HTMLElement | null {
    const open = this.paragraphs.filter((paragraph) => !paragraph.row.verified);
    if (this.paragraphs.length === 0) return null;
    return el("section", { class: "paragraphs", "aria-label": gettext("Sentences left as they are") },
      el("h2", { class: "panel-title" }, gettext("Sentences left as they are")),
      el("p", { class: "muted small" }, open.length === 0
        ? gettext("Every sentence is edited or verified.")
        : counted("%(n)s paragraph holds sentences nobody edited or verified.", "%(n)s paragraphs hold sentences nobody edited or verified.", open.length)),
      el("ul", { class: "claims" }, ...open.map((paragraph) => this.paragraphRow(paragraph))));
  }

  private paragraphRow(paragraph: Paragraph): HTMLLIElement {
    const key = paragraph.row.sentence_hashes[0] ?? "";
    return el("li", { class: "paragraph", "data-touched": String(paragraph.touched) },
      el("button", { class: "claim-quote", type: "button", "data-focus": `par-${key}`, onclick: () => this.acts.go(paragraph.from, paragraph.to) },
        paragraph.row.quote),
      this.acts.readOnly ? null : el("button", {
        class: "btn btn-small", type: "button", "data-stand": key, "data-focus": `stand-${key}`, disabled: paragraph.touched,
        onclick: () => this.acts.stand(paragraph.row.sentence_hashes),
      }, gettext("Read, stands")));
  }
}

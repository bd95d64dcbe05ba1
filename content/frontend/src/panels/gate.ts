/** The gate: one sentence for each rule that is open, what is met folded away, what a higher level would need. */
import type { Figures, Labels, Verdict } from "../data";
import { el, refill } from "../page/dom";
import { counted, gettext, interpolate } from "../page/gettext";
import { disclosureLabel, levelLabel, outcomeLabel, ruleLabel, wayOutLabel } from "./words";

const CLAIM_RULES = new Set([
  "minimum_human_share.v1", "minimum_novel_share.v1", "maximum_ai_run.v1", "substantive_change.v1", "maximum_asserted_share.v1",
]);
const LATER_RULES = new Set(["required_approvals.v1", "no_objection.v1", "signoff_not_older_than.v1", "source_is_current.v1"]);

export interface GateGroups {
  readonly open: readonly Verdict[];
  readonly askedLater: readonly Verdict[];
  readonly met: readonly Verdict[];
  readonly afterwards: readonly Verdict[];
  readonly higher: readonly Verdict[];
}

function stageOf(verdict: Verdict): string {
  if (verdict.stage) return verdict.stage;
  return CLAIM_RULES.has(verdict.rule) ? "claim" : LATER_RULES.has(verdict.rule) ? "approve" : "sign";
}

/** Verdicts by what the editor can do about them now. */
export function grouped(verdicts: readonly Verdict[]): GateGroups {
  const asked = (verdict: Verdict): boolean =>
    verdict.asked_when_signing ?? verdict.rule === "declaration_complete.v1";
  const isOpen = (verdict: Verdict): boolean => verdict.outcome === "pending" || verdict.outcome === "error";
  const signing = verdicts.filter((verdict) => stageOf(verdict) === "sign");
  return {
    open: signing.filter((verdict) => isOpen(verdict) && !asked(verdict)),
    askedLater: signing.filter((verdict) => isOpen(verdict) && asked(verdict)),
    met: verdicts.filter((verdict) => verdict.outcome === "approved"),
    afterwards: verdicts.filter((verdict) => ["approve", "publish"].includes(stageOf(verdict)) && verdict.outcome !== "approved"),
    higher: verdicts.filter((verdict) => stageOf(verdict) === "claim" && isOpen(verdict)),
  };
}

function row(verdict: Verdict, labels: Labels): HTMLLIElement {
  const wayOut = verdict.outcome === "approved" ? "" : wayOutLabel(verdict.way_out);
  return el("li", { class: "verdict", "data-rule": verdict.rule, "data-outcome": verdict.outcome },
    el("p", { class: "verdict-head" },
      el("strong", {}, ruleLabel(verdict.rule, labels)),
      el("span", { class: `state state-${verdict.outcome}` }, outcomeLabel(verdict.outcome))),
    verdict.reason ? el("p", { class: "verdict-reason" }, verdict.reason) : null,
    wayOut && verdict.way_out !== "editor" ? el("p", { class: "verdict-way muted small" }, wayOut) : null);
}

function list(verdicts: readonly Verdict[], labels: Labels): HTMLUListElement {
  return el("ul", { class: "verdicts" }, ...verdicts.map((verdict) => row(verdict, labels)));
}

function folded(title: string, verdicts: readonly Verdict[], labels: Labels, key: string, open: boolean): HTMLElement | null {
  if (verdicts.length === 0) return null;
  return el("details", { class: "more", "data-key-of": key, open },
    el("summary", { "data-focus": key }, title), list(verdicts, labels));
}

function headline(groups: GateGroups, asked: number): HTMLElement {
  if (groups.open.length === 0) {
    return el("p", { class: "gate-line gate-open" }, gettext("Nothing is open before the sign-off."));
  }
  return el("p", { class: "gate-line" },
    counted("%(n)s rule is open before sign-off.", "%(n)s rules are open before sign-off.", groups.open.length),
    asked > 0 ? ` ${gettext("One more is asked when you sign.")}` : "");
}

/** Draws the panel into `place`. */
export function drawGate(place: HTMLElement, figures: Figures, labels: Labels): GateGroups {
  const groups = grouped(figures.verdicts ?? []);
  const wasOpen = (key: string): boolean => place.querySelector<HTMLDetailsElement>(`[data-key-of="${key}"]`)?.open ?? false;
  const [met, after, higher] = [wasOpen("met"), wasOpen("after"), wasOpen("higher")];
  if (!figures.verdicts) {
    refill(place, el("p", { class: "muted" }, gettext("Still being measured.")));
    return groups;
  }
  refill(place,
    headline(groups, groups.askedLater.length),
    groups.open.length > 0 ? list(groups.open, labels) : null,
    figures.claim_level ? el("div", { class: "claim-level" },
      el("p", {}, gettext("Reaches now:"), " ", el("span", { class: `level level-${figures.claim_level}` }, levelLabel(figures.claim_level, labels))),
      figures.disclosure ? el("p", { class: "muted small" }, disclosureLabel(figures.disclosure, labels)) : null) : null,
    folded(counted("%(n)s rule for a higher level", "%(n)s rules for a higher level", groups.higher.length), groups.higher, labels, "higher", higher),
    folded(interpolate(gettext("Asked when you sign (%(n)s)"), { n: groups.askedLater.length }), groups.askedLater, labels, "asked", wasOpen("asked")),
    folded(interpolate(gettext("After the sign-off (%(n)s)"), { n: groups.afterwards.length }), groups.afterwards, labels, "after", after),
    folded(counted("%(n)s rule is met", "%(n)s rules are met", groups.met.length), groups.met, labels, "met", met));
  return groups;
}

/** Who wrote this: words by kind as a bar and a list; each row jumps to the next such word. */
import type { Kind } from "../authorship/runs";
import { KINDS } from "../authorship/runs";
import type { Labels, Measures } from "../data";
import { el, refill, svg } from "../page/dom";
import { gettext, interpolate, number, percent } from "../page/gettext";
import { kindLabel } from "./words";

/** Order on screen: most human first. */
const SHOWN: readonly Kind[] = ["typed", "asserted", "quoted", "pasted", "imported", "assisted", "matched", "machine"];

export interface KindCounts {
  readonly words: number;
  readonly byKind: ReadonlyMap<Kind, number>;
  /** An estimate of this page; the server has not answered yet. */
  readonly about: boolean;
  /** "14:02" of the answer, or "". */
  readonly at: string;
}

function numberAt(measures: Measures, name: string): number | null {
  const value = measures[name];
  return typeof value === "number" ? value : null;
}

/** Counts of the server's measures; null if they are not there. */
export function countsFrom(measures: Measures | undefined, at: string): KindCounts | null {
  const words = measures ? numberAt(measures, "words") : null;
  if (!measures || words === null) return null;
  const given = measures.kind_words as Readonly<Record<string, unknown>> | undefined;
  const byKind = new Map<Kind, number>();
  for (const kind of KINDS) {
    const exact = given?.[kind];
    const share = numberAt(measures, `${kind}_share`);
    byKind.set(kind, typeof exact === "number" ? exact : Math.round((share ?? 0) * words));
  }
  return { words, byKind, about: false, at };
}

function bar(counts: KindCounts, labels: Labels): SVGElement {
  let x = 0;
  const rects = SHOWN.map((kind) => {
    const width = counts.words > 0 ? (1000 * (counts.byKind.get(kind) ?? 0)) / counts.words : 0;
    const rect = svg("rect", { class: `k-${kind}`, x: x.toFixed(1), y: 0, width: width.toFixed(1), height: 12 });
    x += width;
    return width > 0 ? rect : null;
  });
  const spoken = SHOWN.filter((kind) => (counts.byKind.get(kind) ?? 0) > 0)
    .map((kind) => `${kindLabel(kind, labels)}: ${number(counts.byKind.get(kind) ?? 0)}`).join("; ");
  return svg("svg", {
    class: "mix-bar", viewBox: "0 0 1000 12", preserveAspectRatio: "none", role: "img",
    "aria-label": interpolate(gettext("Of %(n)s words. %(parts)s"), { n: counts.words, parts: spoken }),
  }, ...rects);
}

function line(kind: Kind, counts: KindCounts, labels: Labels, jump: (kind: Kind) => void): HTMLLIElement {
  const words = counts.byKind.get(kind) ?? 0;
  return el("li", {},
    el("button", { class: "who-row", type: "button", "data-kind": kind, "data-focus": `who-${kind}`, onclick: () => jump(kind) },
      el("span", { class: `key k-${kind}`, "aria-hidden": "true" }),
      el("span", { class: `who-kind au-${kind}` }, kindLabel(kind, labels)),
      el("span", { class: "num" }, `${counts.about ? gettext("about") : ""} ${number(words)}`.trim()),
      el("span", { class: "num muted" }, counts.words > 0 ? percent(words / counts.words) : "")));
}

/** Draws the panel into `place`. */
export function drawWho(place: HTMLElement, counts: KindCounts | null, method: string, labels: Labels, jump: (kind: Kind) => void): void {
  if (!counts) {
    refill(place, el("p", { class: "muted" }, gettext("Still being counted.")));
    return;
  }
  const shown = SHOWN.filter((kind) => (counts.byKind.get(kind) ?? 0) > 0);
  const note = counts.about
    ? gettext("An estimate of this page, until the save is answered.")
    : interpolate(counts.at ? gettext("Counted at %(at)s by %(method)s, of %(n)s words.") : gettext("Counted by %(method)s, of %(n)s words."),
        { at: counts.at, method, n: counts.words });
  refill(place,
    el("figure", { class: "mix" }, bar(counts, labels)),
    el("ul", { class: "who-list" }, ...shown.map((kind) => line(kind, counts, labels, jump))),
    el("p", { class: "muted small" }, note));
}

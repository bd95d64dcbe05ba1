/** Notices in a page's own words, one for each topic, with what can be done about it. */
import { byId, el } from "./dom";
import { gettext } from "./gettext";
import { sayNow, sayPolitely } from "./speech";

export interface BandAction {
  readonly label: string;
  readonly run: () => void;
}

export type Tone = "info" | "good" | "warn" | "bad";

function place(): HTMLElement | null {
  return byId("desk-bands") ?? byId("bands");
}

/** Shows (or replaces) the band of `topic`. */
export function showBand(topic: string, tone: Tone, sentence: string, actions: readonly BandAction[] = []): void {
  hideBand(topic);
  const band = el("div", { class: `band band-${tone}`, "data-topic": topic },
    el("p", {}, sentence),
    el("div", { class: "band-actions" },
      ...actions.map(({ label, run }) => el("button", { class: "btn btn-small", type: "button", onclick: run }, label)),
      el("button", { class: "btn btn-quiet btn-small", type: "button", onclick: () => hideBand(topic) }, gettext("Close"))));
  place()?.append(band);
  if (tone === "bad") sayNow(sentence);
  else sayPolitely(sentence);
}

export function hideBand(topic: string): void {
  place()?.querySelector(`[data-topic="${CSS.escape(topic)}"]`)?.remove();
}

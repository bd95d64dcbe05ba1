/** The last versions: what the server listed, and each one saved from this page on top. */
import { el } from "../page/dom";
import { clock, gettext, interpolate } from "../page/gettext";

const MOST = 5;

export function addVersion(place: HTMLElement, version: number, at: Date): void {
  place.prepend(el("li", { class: "is-new" },
    el("span", { class: "version-number" }, interpolate(gettext("Version %(n)s"), { n: version })), " ",
    el("span", {}, gettext("You")), " ",
    el("time", { datetime: at.toISOString() }, clock(at))));
  while (place.children.length > MOST) place.lastElementChild?.remove();
}

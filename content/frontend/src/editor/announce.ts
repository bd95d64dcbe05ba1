/** Sentences about a change, for people who listen and for the list of changes. */
import { el } from "../page/dom";
import { gettext, interpolate } from "../page/gettext";
import type { NamedChange, Place } from "./merge";

const LONGEST = 160;

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

/** "Change 3 of 41: removed …; added …". */
export function placeSentence(place: Place): string {
  const values = { n: place.index, of: place.count, removed: shortened(place.removed), added: shortened(place.added) };
  if (!values.removed) return interpolate(gettext("Change %(n)s of %(of)s: added %(added)s"), values);
  if (!values.added) return interpolate(gettext("Change %(n)s of %(of)s: removed %(removed)s"), values);
  return interpolate(gettext("Change %(n)s of %(of)s: removed %(removed)s; added %(added)s"), values);
}

/** A dialog that lists every change; choosing one calls `go`. */
export function changeListDialog(changes: readonly NamedChange[], go: (at: number) => void): HTMLDialogElement {
  const dialog = el("dialog", { class: "dialog dialog-wide", "aria-labelledby": "change-list-title" });
  const rows = changes.map((change) => el("li", {},
    el("button", { type: "button", class: "change-row", onclick: () => { dialog.close(); go(change.at); } },
      `…${change.before.replace(/\s+/g, " ")}`,
      change.removed ? el("del", { class: "diff-del" }, el("span", { class: "visually-hidden" }, gettext("removed: ")), shortened(change.removed)) : null,
      change.added ? el("ins", { class: "diff-ins" }, el("span", { class: "visually-hidden" }, gettext("added: ")), shortened(change.added)) : null,
      `${change.after.replace(/\s+/g, " ")}…`)));
  dialog.append(
    el("h2", { id: "change-list-title" }, interpolate(gettext("Changes against the draft (%(n)s)"), { n: changes.length })),
    changes.length === 0 ? el("p", {}, gettext("The text is as it came.")) : el("ol", { class: "change-list" }, ...rows),
    el("div", { class: "form-actions" }, el("button", { class: "btn", type: "button", onclick: () => dialog.close() }, gettext("Close"))));
  dialog.addEventListener("close", () => dialog.remove());
  return dialog;
}

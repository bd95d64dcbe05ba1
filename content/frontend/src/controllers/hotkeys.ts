/** Single letters outside text fields: `data-key="n"` or `data-key="g q"` clicks the element; `?` lists them all. */
import { all, el, isWriting } from "../page/dom";
import { gettext } from "../page/gettext";

const OFF = "reviewdesk-letters-off";
const SEQUENCE_MS = 1200;

/** People who speak to their computer switch letters off. */
export function lettersAreOff(): boolean {
  return localStorage.getItem(OFF) !== null;
}

interface KeyRow {
  keys: string;
  label: string;
}

function labelOf(element: HTMLElement): string {
  const text = element.cloneNode(true) as HTMLElement;
  for (const part of text.querySelectorAll("kbd, .count")) part.remove();
  return element.dataset.keyLabel ?? (text.textContent?.trim() || element.getAttribute("aria-label") || "");
}

function knownKeys(): KeyRow[] {
  const found: KeyRow[] = all("[data-key]").map((element) => ({ keys: element.dataset.key ?? "", label: labelOf(element) }));
  if (document.querySelector("[data-key-focus]")) found.push({ keys: "/", label: gettext("Filter") });
  if (document.querySelector("[data-row]")) {
    found.push({ keys: "j", label: gettext("Next row") }, { keys: "k", label: gettext("Previous row") }, { keys: "Enter", label: gettext("Open the row") });
  }
  document.dispatchEvent(new CustomEvent("rd:keys", { detail: found }));
  found.push({ keys: "?", label: gettext("This list") });
  return found;
}

/** The sheet of every key on this page, with the switch for single letters. */
export function showKeySheet(): void {
  const toggle = el("input", { type: "checkbox", checked: !lettersAreOff(), onchange: () => {
    if (toggle.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  } });
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": "keys-title" },
    el("h2", { id: "keys-title" }, gettext("Keys on this page")),
    el("dl", { class: "keys" }, ...knownKeys().map(({ keys, label }) => el("div", {},
      el("dt", {}, ...keys.replace("Mod", /Mac|iP/.test(navigator.platform) ? "Cmd" : "Ctrl").split(/[ -](?=.)/).map((key) => el("kbd", {}, key))),
      el("dd", {}, label)))),
    el("label", { class: "choice" }, toggle, ` ${gettext("Single letters work as keys")}`),
    el("div", { class: "form-actions" }, el("button", { class: "btn", type: "button", onclick: () => dialog.close() }, gettext("Close"))));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** Listens for the letters of the page. */
export function hotkeys(): void {
  let waiting = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener("keydown", (event) => {
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.isComposing;
    if (!plain || isWriting(event.target) || lettersAreOff() || document.querySelector("dialog[open]")) return;
    const keys = waiting ? `${waiting} ${event.key}` : event.key;
    const found = all("[data-key]").find((element) => element.dataset.key === keys && element.closest("[hidden]") === null);
    const begins = all("[data-key]").some((element) => element.dataset.key?.startsWith(`${keys} `));
    clearTimeout(timer);
    waiting = begins ? keys : "";
    timer = setTimeout(() => { waiting = ""; }, SEQUENCE_MS);
    if (found) found.click();
    else if (event.key === "?") showKeySheet();
    else if (event.key === "/") document.querySelector<HTMLElement>("[data-key-focus]")?.focus();
    else return;
    event.preventDefault();
  });
}

/** Controllers of a few lines each. */
import { all, byId } from "../page/dom";
import { gettext, interpolate, locale } from "../page/gettext";
import { sayPolitely } from "../page/speech";
import { showKeySheet } from "./hotkeys";

const THEME_COOKIE = "reviewdesk-theme";
const YEAR_SECONDS = 31_536_000;

/** Light or dark, kept in a cookie so that the server can write it into the page. */
export function theme(element: HTMLElement): void {
  const root = document.documentElement;
  const chosen = /(?:^|; )reviewdesk-theme=(light|dark)/.exec(document.cookie)?.[1];
  if (chosen && !root.dataset.theme) root.dataset.theme = chosen;
  element.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    document.cookie = `${THEME_COOKIE}=${root.dataset.theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    sayPolitely(dark ? gettext("Light") : gettext("Dark"));
  });
}

export function keySheet(element: HTMLElement): void {
  element.addEventListener("click", showKeySheet);
}

/** Copies `data-copy`, or the text of `data-copy-from`. */
export function copy(element: HTMLElement): void {
  element.addEventListener("click", () => {
    const { copyFrom } = element.dataset;
    const text = element.dataset.copy ?? (copyFrom ? document.querySelector(copyFrom)?.textContent : "") ?? "";
    void navigator.clipboard.writeText(text).then(() => {
      const before = element.textContent;
      element.textContent = gettext("Copied");
      sayPolitely(gettext("Copied"));
      setTimeout(() => { element.textContent = before; }, 1600);
    });
  });
}

/** A filter form that goes when a choice is made; text fields go with Enter. */
export function autosubmit(element: HTMLElement): void {
  if (!(element instanceof HTMLFormElement)) return;
  for (const control of all("select, input[type=checkbox], input[type=radio]", element)) {
    control.addEventListener("change", () => element.requestSubmit());
  }
}

/** `<details>` as a menu: closes on Escape and on a click elsewhere. */
export function menu(element: HTMLElement): void {
  const close = (): void => element.removeAttribute("open");
  document.addEventListener("click", (event) => { if (!element.contains(event.target as Node)) close(); });
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    element.querySelector("summary")?.focus();
  });
}

export function band(element: HTMLElement): void {
  element.querySelector("[data-dismiss]")?.addEventListener("click", () => element.remove());
}

/** Tabs by the usual pattern: arrows move, one panel shows. */
export function tabs(element: HTMLElement): void {
  const buttons = all<HTMLButtonElement>("[role=tab]", element);
  const select = (chosen: HTMLButtonElement): void => {
    for (const button of buttons) {
      const on = button === chosen;
      button.setAttribute("aria-selected", String(on));
      button.tabIndex = on ? 0 : -1;
      const panel = byId(button.getAttribute("aria-controls") ?? "");
      if (panel) panel.hidden = !on;
    }
  };
  for (const [i, button] of buttons.entries()) {
    button.addEventListener("click", () => select(button));
    button.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      const next = buttons[(i + step + buttons.length) % buttons.length];
      if (step === 0 || !next) return;
      select(next);
      next.focus();
    });
  }
  const first = buttons.find((button) => button.getAttribute("aria-selected") === "true") ?? buttons[0];
  if (first) select(first);
}

/** Seconds until `data-until`, in the words of `data-text`. */
export function countdown(element: HTMLElement): void {
  const until = Date.parse(element.dataset.until ?? "");
  const text = element.dataset.text ?? "%s";
  const timer = setInterval(tick, 1000);
  function tick(): void {
    const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
    element.textContent = text.replace("%s", String(left));
    if (left === 0) clearInterval(timer);
  }
  tick();
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3600], ["minute", 60],
];

/** "in 2 days", "3 hours ago", "now". */
export function relative(seconds: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return unit === "second" ? format.format(0, "second") : format.format(Math.trunc(seconds / size), unit);
}

const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  short: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  date: { day: "numeric", month: "short", year: "numeric" },
  full: { dateStyle: "long", timeStyle: "short" },
};

/** Times in the reader's zone; the server's text stays as the title. */
export function time(element: HTMLElement): void {
  const at = new Date(element.getAttribute("datetime") ?? "");
  if (Number.isNaN(at.getTime())) return;
  const style = element.dataset.style ?? "short";
  element.title ||= element.textContent?.trim() ?? "";
  const write = (): void => {
    element.textContent = style === "relative"
      ? relative((at.getTime() - Date.now()) / 1000, locale())
      : new Intl.DateTimeFormat(locale(), STYLES[style] ?? STYLES.short).format(at);
  };
  write();
  if (style === "relative") setInterval(write, 30_000);
}

/** A bar or dot of a chart says its number where the pointer is. */
export function chart(element: HTMLElement): void {
  const readout = element.querySelector<HTMLElement>(".chart-readout");
  if (!readout) return;
  element.addEventListener("pointerover", (event) => {
    const title = (event.target as Element).closest("a, rect, circle")?.querySelector("title")?.textContent;
    if (title) readout.textContent = title;
  });
}

/** "2 new drafts": the sentence of a count, from `data-one` and `data-many`. */
export function newsSentence(element: HTMLElement, count: number): string {
  const text = (count === 1 ? element.dataset.one : element.dataset.many) ?? "%s";
  return interpolate(text.replace("%s", "%(n)s"), { n: count });
}

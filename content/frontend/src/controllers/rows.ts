/** Rows that are walked with j and k, opened with Enter, and opened by a click anywhere on them. */
import { all, isWriting } from "../page/dom";
import { lettersAreOff } from "./hotkeys";

export function rows(element: HTMLElement): void {
  const list = (): HTMLElement[] => all("[data-row]", element);
  const linkOf = (row: HTMLElement): HTMLAnchorElement | null => row.querySelector<HTMLAnchorElement>("a.row-link, a[href]");
  const move = (step: number): void => {
    const found = list();
    const at = found.findIndex((row) => row.contains(document.activeElement));
    const next = found[at < 0 ? (step > 0 ? 0 : found.length - 1) : Math.max(0, Math.min(found.length - 1, at + step))];
    if (next) linkOf(next)?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isWriting(event.target) || lettersAreOff()) return;
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      move(event.key === "j" ? 1 : -1);
    }
  });
  element.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("a, button, input, label, summary") || getSelection()?.toString()) return;
    const row = target.closest<HTMLElement>("[data-row]");
    if (row) linkOf(row)?.click();
  });
}

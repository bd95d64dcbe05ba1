/** `data-rd="name other"` on an element starts the controllers of those names on it. */

/** Starts on one element; the answer ends it again. */
export type Controller = (element: HTMLElement) => (() => void) | void;

/** Starts every controller below `root` that has not been started. */
export function attach(root: ParentNode, controllers: Readonly<Record<string, Controller>>): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-rd]")) {
    if (element.dataset.rdOn !== undefined) continue;
    element.dataset.rdOn = "";
    for (const name of (element.dataset.rd ?? "").split(" ")) controllers[name]?.(element);
  }
}

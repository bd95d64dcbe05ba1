/** Dialogs in place of a page of their own, questions before a form goes, forms that go once. */
import { byId, el } from "../page/dom";
import { gettext } from "../page/gettext";

function closable(dialog: HTMLDialogElement): void {
  for (const button of dialog.querySelectorAll("[data-close]")) button.addEventListener("click", () => dialog.close());
  // A click on the backdrop is a click on the dialog itself.
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}

/** A button or link that opens `<dialog id=data-dialog>`; focus returns to it afterwards. */
export function dialogOpener(element: HTMLElement): void {
  const dialog = byId<HTMLDialogElement>(element.dataset.dialog ?? "");
  if (!dialog) return;
  closable(dialog);
  dialog.addEventListener("close", () => element.focus());
  element.addEventListener("click", (event) => {
    event.preventDefault();
    element.closest("details")?.removeAttribute("open");
    dialog.showModal();
  });
  if (dialog.querySelector(".error-summary")) dialog.showModal();
}

/** Asks before the form goes; the sentence is `data-confirm`. */
export function confirmation(element: HTMLElement): void {
  if (!(element instanceof HTMLFormElement)) return;
  element.addEventListener("submit", (event) => {
    if (element.dataset.confirmed !== undefined) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    ask(element.dataset.confirm ?? "", element.dataset.confirmOk ?? gettext("Go on"), () => {
      element.dataset.confirmed = "";
      element.requestSubmit(submitter);
    });
  });
}

function ask(sentence: string, label: string, yes: () => void): void {
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": "ask-title" },
    el("h2", { id: "ask-title" }, gettext("Are you sure?")),
    el("p", {}, sentence),
    el("div", { class: "form-actions" },
      el("button", { class: "btn btn-primary", type: "button", onclick: () => { dialog.close(); yes(); } }, label),
      el("button", { class: "btn btn-quiet", type: "button", onclick: () => dialog.close() }, gettext("Go back"))));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** One submit only; after an error the summary has the focus. */
export function form(element: HTMLElement): void {
  element.querySelector<HTMLElement>(".error-summary")?.focus();
  element.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (element.dataset.sent !== undefined) {
      event.preventDefault();
      return;
    }
    element.dataset.sent = "";
    for (const button of element.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-busy", "true");
    // A page that comes back from the history must be usable again.
    addEventListener("pageshow", () => {
      delete element.dataset.sent;
      for (const button of element.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
    }, { once: true });
  });
}

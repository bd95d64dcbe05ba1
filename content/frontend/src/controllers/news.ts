/** `data-rd="poll"`: a count that says how much is new, or a waiting fragment that is replaced. */
import { showBand } from "../page/bands";
import { gettext } from "../page/gettext";
import { sayPolitely } from "../page/speech";
import { poll } from "./poll";
import { newsSentence } from "./small";

const EVERY_SECONDS = 15;

export function news(replaced: (element: HTMLElement) => void): (element: HTMLElement) => () => void {
  return (element) => {
    const live = element.dataset.live ?? "";
    if (live) element.addEventListener("click", () => location.reload());
    return poll({
      url: element.dataset.url ?? location.href,
      everySeconds: Number(element.dataset.every) || EVERY_SECONDS,
      signedOut: () => showBand("signed-out", "warn", gettext("You are signed out."), [
        { label: gettext("Sign in"), run: () => location.reload() },
      ]),
      news: async (response) => {
        const to = response.headers.get("X-Poll-Location");
        // Only ever a path of our own.
        if (to?.startsWith("/") && !to.startsWith("//")) location.assign(to);
        if ((response.headers.get("Content-Type") ?? "").includes("json")) tell(element, live, await response.json());
        else {
          replaceContent(element, await response.text());
          replaced(element);
        }
        return response.headers.get("X-Poll") === "stop" || to ? "stop" : "go_on";
      },
    });
  };
}

function tell(element: HTMLElement, live: string, value: unknown): void {
  const count = Number((value as Record<string, unknown>)[live] ?? 0);
  if (!(count > 0)) return;
  const sentence = newsSentence(element, count);
  if (element.textContent?.trim() !== sentence) sayPolitely(sentence);
  element.textContent = sentence;
  element.hidden = false;
}

/** The server's own fragment; scripts in it never run. */
function replaceContent(element: HTMLElement, html: string): void {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  element.replaceChildren(...[...parsed.body.childNodes].map((node) => document.importNode(node, true)));
}

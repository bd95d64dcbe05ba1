/** Check a copy against what was signed: the digest is made here, the text never leaves the page. */
import { embedded } from "../page/dom";
import { gettext, interpolate } from "../page/gettext";

interface Subject {
  readonly name: string;
  readonly sha256: string;
}

export interface Answer {
  readonly tone: "green" | "amber" | "red";
  readonly sign: string;
  readonly word: string;
  readonly sentence: string;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Spellings of a pasted text that say the same: line ends and the last line break get lost in the clipboard. */
export function spellings(text: string): string[] {
  const lines = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  const bare = lines.replace(/\n+$/, "");
  return [...new Set([text, lines, bare, `${bare}\n`])];
}

async function compare(copies: readonly Uint8Array<ArrayBuffer>[], subjects: readonly Subject[], signedOn: string): Promise<Answer> {
  for (const [i, bytes] of copies.entries()) {
    const digest = await sha256(bytes);
    const subject = subjects.find((one) => one.sha256 === digest);
    if (!subject) continue;
    const values = { name: subject.name, on: signedOn };
    return {
      tone: "green",
      sign: "✓",
      word: gettext("Same."),
      sentence: i === 0
        ? interpolate(signedOn ? gettext("Byte for byte what was signed on %(on)s (%(name)s).") : gettext("Byte for byte what was signed (%(name)s)."), values)
        : interpolate(gettext("The same text as was signed (%(name)s); only line ends differ, which copying changes."), values),
    };
  }
  return {
    tone: "red",
    sign: "✕",
    word: gettext("Differs."),
    sentence: gettext("This is not the text that was signed. One changed character is enough for this answer."),
  };
}

function show(place: HTMLElement, answer: Answer): void {
  const verdict = document.createElement("p");
  verdict.className = `verdict verdict-${answer.tone}`;
  const sign = Object.assign(document.createElement("span"), { className: "verdict-sign", textContent: answer.sign });
  sign.setAttribute("aria-hidden", "true");
  const words = Object.assign(document.createElement("span"), { className: "verdict-text" });
  words.append(Object.assign(document.createElement("strong"), { textContent: answer.word }), ` ${answer.sentence}`);
  verdict.append(sign, words);
  place.replaceChildren(verdict);
}

function copiesIn(form: HTMLFormElement): Promise<Uint8Array<ArrayBuffer>[]> | null {
  const file = form.querySelector<HTMLInputElement>("input[type=file]")?.files?.[0];
  if (file) return file.arrayBuffer().then((buffer) => [new Uint8Array(buffer)]);
  const text = form.querySelector("textarea")?.value ?? "";
  if (text === "") return null;
  return Promise.resolve(spellings(text).map((spelling) => new TextEncoder().encode(spelling)));
}

/** Takes over the form of the page; without WebCrypto (a page that is not https) the form goes to the server as it says. */
export function verify(element: HTMLElement): void {
  const form = element.querySelector("form");
  const place = element.querySelector<HTMLElement>(".verify-answer");
  const data = embedded("subjects") as { subjects: Subject[]; signed_on?: string } | null;
  if (!form || !place || !data || !globalThis.crypto?.subtle) return;
  element.dataset.local = "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const copies = copiesIn(form);
    if (copies) void copies.then((found) => compare(found, data.subjects, data.signed_on ?? "")).then((answer) => show(place, answer));
  });
}

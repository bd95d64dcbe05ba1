/** What is said to people who listen instead of look: one polite region, one urgent region. */
import { byId } from "./dom";

function say(id: string, sentence: string): void {
  const region = byId(id);
  if (!region) return;
  region.textContent = "";
  // An equal sentence twice is only heard if the region was empty in between.
  setTimeout(() => { region.textContent = sentence; }, 30);
}

export function sayPolitely(sentence: string): void {
  say("say-polite", sentence);
}

export function sayNow(sentence: string): void {
  say("say-now", sentence);
}

/** The keys of the desk: one table for what they do and for the sheet that explains them. */
import { gettext } from "../page/gettext";

export type Command =
  | "save" | "sign" | "edit" | "changes" | "side" | "next_change" | "previous_change" | "change_list"
  | "next_claim" | "previous_claim" | "claim_right" | "claim_wrong" | "original" | "find" | "find_next" | "find_previous" | "next_pane" | "previous_pane";

export interface DeskKey {
  readonly command: Command;
  readonly keys: string;
  /** On a Mac, where Option types characters. */
  readonly mac: string;
  readonly label: string;
}

export function deskKeys(): readonly DeskKey[] {
  const alt = (command: Command, key: string, label: string): DeskKey =>
    ({ command, keys: `Alt-${key}`, mac: `Ctrl-Alt-${key}`, label });
  const same = (command: Command, keys: string, label: string): DeskKey => ({ command, keys, mac: keys, label });
  return [
    same("save", "Mod-S", gettext("Save a version")),
    same("sign", "Mod-Enter", gettext("Go to the sign-off")),
    alt("edit", "1", gettext("Edit")),
    alt("changes", "2", gettext("Changes")),
    alt("side", "3", gettext("Side by side")),
    alt("next_change", "N", gettext("Next change")),
    alt("previous_change", "P", gettext("Previous change")),
    same("change_list", "F7", gettext("List of changes")),
    alt("original", "O", gettext("Show what the draft said")),
    alt("next_claim", "J", gettext("Next claim")),
    alt("previous_claim", "K", gettext("Previous claim")),
    alt("claim_right", "V", gettext("Claim is correct, or paragraph stands")),
    alt("claim_wrong", "X", gettext("Claim cannot be verified")),
    same("find", "Mod-F", gettext("Find and replace")),
    same("find_next", "Mod-G", gettext("Find the next")),
    same("find_previous", "Mod-Shift-G", gettext("Find the previous")),
    same("next_pane", "F6", gettext("Next pane")),
    same("previous_pane", "Shift-F6", gettext("Previous pane")),
  ];
}

export function isMac(): boolean {
  return /Mac|iP(hone|ad)/.test(navigator.platform);
}

/** What a key event is, written as in the table. Letters and digits by their place, since Alt may change what they type. */
export function pressed(event: Pick<KeyboardEvent, "key" | "code" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">, mac: boolean): string {
  const place = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1];
  const name = place && event.altKey ? place : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const mod = mac ? event.metaKey : event.ctrlKey;
  return [
    mod ? "Mod" : "",
    mac && event.ctrlKey ? "Ctrl" : "",
    event.altKey ? "Alt" : "",
    event.shiftKey ? "Shift" : "",
    name,
  ].filter(Boolean).join("-");
}

/** Runs `run` for the keys of the table, wherever the focus is. Returns how to stop. */
export function listen(run: (command: Command) => void): () => void {
  const mac = isMac();
  const commands = new Map(deskKeys().map((key) => [mac ? key.mac : key.keys, key.command]));
  const down = (event: KeyboardEvent): void => {
    const command = commands.get(pressed(event, mac));
    if (!command || event.isComposing || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    event.stopPropagation();
    run(command);
  };
  document.addEventListener("keydown", down, { capture: true });
  return () => document.removeEventListener("keydown", down, { capture: true });
}

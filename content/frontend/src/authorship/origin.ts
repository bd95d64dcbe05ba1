/** What class an insertion has, from what the editor says about the transaction. Colours the estimate; the server decides. */
import type { Kind } from "./runs";

export type Origin =
  | "programmatic" | "undone" | "moved" | "pasted" | "dropped" | "composed" | "bulk" | "replaced" | "typed" | "tool";

/**
 * More code points than this in one insertion that was neither composed nor pasted is "one large insertion".
 * The longest single keystroke effects seen (list continuation, autocorrected words) stay below it. The server
 * holds the same number (`BULK_LIMIT` in content/drafts/journal.py).
 */
export const BULK_LIMIT = 40;

/** What is known of one insertion. */
export interface Evidence {
  /** The user event of the transaction; null if there is none. */
  readonly event: string | null;
  /** Made by our own code, not by the person. */
  readonly ours: boolean;
  /** Code points inserted. */
  readonly inserted: number;
  /** The text stood in this document before and its runs are known. */
  readonly known: boolean;
  /** `inputType` of the `beforeinput` event that led here, or "". */
  readonly inputType: string;
}

function under(event: string, name: string): boolean {
  return event === name || event.startsWith(`${name}.`);
}

/** The class, by the rules of the design in their order. */
export function originOf(evidence: Evidence): Origin {
  const { event, inserted } = evidence;
  if (evidence.ours || event === null) return "programmatic";
  if (event === "undo" || event === "redo") return "undone";
  const moving = under(event, "move") || event === "input.copyline" || event === "input.paste" || event === "input.drop";
  if (moving && evidence.known) return "moved";
  if (event === "input.paste") return "pasted";
  if (event === "input.drop" || event === "move.drop") return "dropped";
  if (under(event, "input.type.compose")) return "composed";
  if (event === "input.complete" || event === "accept" || event === "revert") return "programmatic";
  if (!under(event, "input") && !under(event, "delete")) return "programmatic";
  if (inserted > BULK_LIMIT) return "bulk";
  if (evidence.inputType === "insertReplacementText") return "replaced";
  return event === "input.type" ? "typed" : "tool";
}

const PAINTED: Readonly<Record<Exclude<Origin, "moved">, Kind>> = {
  programmatic: "assisted",
  undone: "pasted",
  pasted: "pasted",
  dropped: "pasted",
  composed: "typed",
  bulk: "pasted",
  replaced: "typed",
  typed: "typed",
  tool: "typed",
};

/** The kind painted until the server answers. `moved` text keeps the kinds it had. */
export function kindOf(origin: Exclude<Origin, "moved">): Kind {
  return PAINTED[origin];
}

/** What to do about an answer to a save: one table from status and code to the next step. */
import { type Answer, codeOf } from "../page/http";

export type Step =
  /** Stored; the answer holds numbers. */
  | "saved"
  /** The server holds another number of entries: send again from there. */
  | "resend_from"
  /** The record did not lead to this text: send again with the text itself. */
  | "resend_with_text"
  /** Somebody saved a newer version: nothing is merged silently. */
  | "conflict"
  /** Another person holds the draft, or it is closed: read only. */
  | "lease_lost"
  | "closed"
  /** Stop saving, say why. */
  | "refused"
  /** Signed out: keep, sign in, try again. */
  | "sign_in"
  /** No answer or a busy server: wait and try again. */
  | "later";

const BY_CODE: Readonly<Record<string, Step>> = {
  sequence_gap: "resend_from",
  journal_mismatch: "resend_with_text",
  stale_revision: "conflict",
  lease_lost: "lease_lost",
  lease_held: "lease_lost",
  case_closed: "closed",
  not_in_state: "closed",
  not_permitted: "closed",
  not_authenticated: "sign_in",
};

export function nextStep(answer: Answer): Step {
  const { status } = answer;
  if (status >= 200 && status < 300) return "saved";
  const known = BY_CODE[codeOf(answer)];
  if (known) return known;
  if (status === 401 || status === 403) return "sign_in";
  if (status === 412) return "conflict";
  if (status === 0 || status === 429 || status >= 500) return "later";
  return "refused";
}

/** Seconds to wait after `failures` failures in a row: 2, 4, 8 … 60. */
export function waitSeconds(failures: number): number {
  return Math.min(60, 2 ** Math.max(1, failures));
}

/** The shape of what the server writes into the desk page and answers to saves. */
import type { ClaimRow, ParagraphRow } from "./anchors/claims";

export interface Verdict {
  readonly rule: string;
  readonly stage?: string;
  readonly outcome: string;
  readonly reason: string;
  readonly way_out: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly asked_when_signing?: boolean;
}

export type Measures = Readonly<Record<string, unknown>>;

export interface Changes {
  readonly inserted: number;
  readonly deleted: number;
  readonly hunks: number;
}

/** Numbers that come with the page and with each answer; all optional, because long texts are measured later. */
export interface Figures {
  readonly verdicts?: readonly Verdict[];
  readonly measures?: Measures;
  readonly changes?: Changes;
  readonly claims?: readonly ClaimRow[];
  readonly paragraphs?: readonly ParagraphRow[];
  readonly claim_level?: string;
  readonly disclosure?: string;
  readonly runs?: readonly (readonly [number, number, string])[];
}

export interface Urls {
  readonly workingCopy: string;
  readonly revisions: string;
  readonly lease: string;
  readonly claims: string;
  readonly stands: string;
  readonly live: string;
  readonly read: string;
  readonly sign: string;
}

export interface DeskData extends Figures {
  readonly base: number;
  readonly base_sha256: string;
  readonly fence: number;
  readonly text: string;
  readonly original: string;
  readonly original_label?: string;
  readonly fields: { readonly title?: string; readonly summary?: string; readonly extras?: Readonly<Record<string, string>> };
  readonly journal_seq: number;
  readonly text_only?: boolean;
  readonly saved_at?: string;
  readonly user?: string;
  readonly case?: number | string;
  readonly language?: string;
  readonly readonly?: boolean;
  readonly readonly_reason?: string;
  /** Claims may be checked although the text is read-only: what an approver does. */
  readonly claims_open?: boolean;
  readonly start_mode?: string;
  readonly urls: Urls;
  readonly lease?: { readonly expires_at?: string; readonly warn_at?: string };
  readonly labels?: {
    readonly rules?: Readonly<Record<string, string>>;
    readonly kinds?: Readonly<Record<string, string>>;
    readonly levels?: Readonly<Record<string, string>>;
    readonly disclosures?: Readonly<Record<string, string>>;
  };
}

export type Labels = NonNullable<DeskData["labels"]>;

function isList(value: unknown): boolean {
  return Array.isArray(value);
}

/** The figures in an answer: only the parts that are there and have the right shape. */
export function figuresIn(body: Readonly<Record<string, unknown>>): Figures {
  const figures: Record<string, unknown> = {};
  for (const name of ["verdicts", "claims", "paragraphs", "runs"]) if (isList(body[name])) figures[name] = body[name];
  for (const name of ["measures", "changes"]) {
    if (typeof body[name] === "object" && body[name] !== null) figures[name] = body[name];
  }
  for (const name of ["claim_level", "disclosure"]) if (typeof body[name] === "string") figures[name] = body[name];
  return figures;
}

/** The words of the desk for the values that the server stores. */
import type { Labels } from "../data";
import { gettext } from "../page/gettext";

/** Kinds of words, as people read them. */
export function kindLabel(kind: string, labels: Labels): string {
  const known: Readonly<Record<string, string>> = {
    machine: gettext("From the draft"),
    typed: gettext("Typed here"),
    asserted: gettext("By a person, not recorded"),
    pasted: gettext("Pasted, source not given"),
    matched: gettext("Known AI text"),
    assisted: gettext("Written by a tool"),
    quoted: gettext("Quoted"),
    imported: gettext("Template or import"),
  };
  return labels.kinds?.[kind] ?? known[kind] ?? kind;
}

/** What a rule asks for, in a few words. */
export function ruleLabel(rule: string, labels: Labels): string {
  const known: Readonly<Record<string, string>> = {
    "coverage.v1": gettext("Every sentence edited or verified"),
    "all_claims_checked.v1": gettext("Every claim checked"),
    "declaration_complete.v1": gettext("Your declaration"),
    "responsible_person_set.v1": gettext("Somebody answers for it"),
    "attested_fields_complete.v1": gettext("Title and other fields"),
    "pasted_text_has_source.v1": gettext("Pasted text has a source"),
    "no_tamper_signals.v1": gettext("Nothing odd in the text"),
    "hidden_characters_resolved.v1": gettext("No hidden characters"),
    "no_hidden_characters.v1": gettext("No hidden characters"),
    "minimum_reading_time.v1": gettext("Time to read"),
    "no_open_threads.v1": gettext("No open questions"),
    "no_objection.v1": gettext("No objection"),
    "enforced_checks_clean.v1": gettext("Checks are clean"),
    "generation_depth_limit.v1": gettext("Not AI on AI on AI"),
    "not_a_duplicate_of_published.v1": gettext("Not published already"),
    "required_approvals.v1": gettext("A second person approves"),
    "signoff_not_older_than.v1": gettext("Sign-off is recent"),
    "minimum_human_share.v1": gettext("Words by hand"),
    "minimum_novel_share.v1": gettext("New words"),
    "maximum_ai_run.v1": gettext("No long untouched stretch"),
    "substantive_change.v1": gettext("More than spelling"),
    "maximum_asserted_share.v1": gettext("Edits with a record"),
  };
  return labels.rules?.[rule] ?? known[rule] ?? rule.replace(/\.v\d+$/, "").replaceAll("_", " ");
}

export function outcomeLabel(outcome: string): string {
  const known: Readonly<Record<string, string>> = {
    approved: gettext("met"),
    pending: gettext("open"),
    skipped: gettext("later"),
    error: gettext("not measured"),
  };
  return known[outcome] ?? outcome;
}

export function wayOutLabel(wayOut: string): string {
  const known: Readonly<Record<string, string>> = {
    editor: gettext("The editor can clear this."),
    approver: gettext("An approver can clear this."),
    manager: gettext("A manager can clear this."),
    source: gettext("The source can clear this."),
    wait: gettext("This clears by itself."),
  };
  return known[wayOut] ?? "";
}

export function levelLabel(level: string, labels: Labels): string {
  const known: Readonly<Record<string, string>> = {
    reviewed: gettext("Reviewed"),
    substantially_edited: gettext("Substantially edited"),
    human_rewritten: gettext("Rewritten by a person"),
  };
  return labels.levels?.[level] ?? known[level] ?? level;
}

export function disclosureLabel(disclosure: string, labels: Labels): string {
  const known: Readonly<Record<string, string>> = {
    label_required: gettext("Readers will see a label that AI was used."),
    exempt_reviewed: gettext("No label is required."),
    out_of_scope: gettext("Not a matter of public interest: no label is required."),
  };
  return labels.disclosures?.[disclosure] ?? known[disclosure] ?? "";
}

export function claimStateLabel(state: string): string {
  const known: Readonly<Record<string, string>> = {
    unchecked: gettext("Unchecked"),
    correct: gettext("Correct"),
    corrected: gettext("Corrected"),
    removed: gettext("Removed"),
    cannot_verify: gettext("Cannot verify"),
    not_a_claim: gettext("Not a claim"),
    stale: gettext("Changed since checked"),
    stands: gettext("Stands"),
  };
  return known[state] ?? state;
}

export function claimKindLabel(kind: string): string {
  const known: Readonly<Record<string, string>> = {
    number: gettext("number"),
    date: gettext("date"),
    absolute: gettext("absolute"),
    quotation: gettext("quotation"),
    url: gettext("link"),
    name: gettext("name"),
  };
  return known[kind] ?? kind;
}

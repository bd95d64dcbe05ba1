"""The words of the desk for the values that are stored: one table a set. Never a word of accusation."""

# size: why  one line a word; a table that is split over files is harder to translate and to find a word in
from django.utils.translation import gettext_lazy as _

STATES = {
    "received": _("Received"),
    "queued": _("Queued"),
    "in_review": _("In review"),
    "changes_requested": _("Changes asked for"),
    "awaiting_second": _("Waits for approval"),
    "ready": _("Ready"),
    "closed_published": _("Published"),
    "rejected": _("Rejected"),
    "withdrawn": _("Withdrawn"),
}
STATE_SENTENCES = {
    "queued": _("Nobody works on this text yet."),
    "in_review": _("An editor works on this text."),
    "changes_requested": _("The source was asked for another text."),
    "awaiting_second": _("An editor signed; a second person approves."),
    "ready": _("Signed and approved."),
    "closed_published": _("This text is published."),
    "rejected": _("This text is not to be published."),
    "withdrawn": _("This text was taken back before it was published."),
}
PUBLICATIONS = {"published": _("Published"), "retracted": _("Retracted")}
OUTCOMES = {"approved": _("met"), "pending": _("open"), "skipped": _("later"), "error": _("not measured")}
TEXT_KINDS = {
    "documentation": _("documentation"),
    "analysis": _("analysis"),
    "marketing": _("marketing"),
    "news": _("news"),
    "other": _("other"),
}
KINDS = {
    "machine": _("From the draft"),
    "matched": _("Known AI text"),
    "assisted": _("Written by a tool"),
    "imported": _("Template or import"),
    "pasted": _("Pasted, source not given"),
    "quoted": _("Quoted"),
    "asserted": _("By a person, not recorded"),
    "typed": _("Typed here"),
}
RULES = {
    "coverage.v1": _("Every sentence edited or verified"),
    "all_claims_checked.v1": _("Every claim checked"),
    "declaration_complete.v1": _("Your declaration"),
    "responsible_person_set.v1": _("Somebody answers for it"),
    "attested_fields_complete.v1": _("Title and other fields"),
    "pasted_text_has_source.v1": _("Pasted text has a source"),
    "no_tamper_signals.v1": _("Nothing odd in the text"),
    "hidden_characters_resolved.v1": _("No hidden characters"),
    "minimum_reading_time.v1": _("Time to read"),
    "no_open_threads.v1": _("No open questions"),
    "no_objection.v1": _("No objection"),
    "enforced_checks_clean.v1": _("Checks are clean"),
    "generation_depth_limit.v1": _("Not AI on AI on AI"),
    "not_a_duplicate_of_published.v1": _("Not published already"),
    "required_approvals.v1": _("A second person approves"),
    "signoff_not_older_than.v1": _("Sign-off is recent"),
    "minimum_human_share.v1": _("Words by hand"),
    "minimum_novel_share.v1": _("New words"),
    "maximum_ai_run.v1": _("No long untouched stretch"),
    "substantive_change.v1": _("More than spelling"),
    "maximum_asserted_share.v1": _("Edits with a record"),
}
WAYS_OUT = {
    "editor": _("The editor can clear this."),
    "approver": _("An approver can clear this."),
    "manager": _("A manager can clear this."),
    "source": _("The source can clear this."),
    "wait": _("This clears by itself."),
}
LEVELS = {
    "reviewed": _("Reviewed"),
    "substantially_edited": _("Substantially edited"),
    "human_rewritten": _("Rewritten by a person"),
}
DISCLOSURES = {
    "label_required": _("Readers will see a label that AI was used."),
    "exempt_reviewed": _("No label is required: people edited it substantially and answer for it."),
    "out_of_scope": _("Not a matter of public interest: no label is required."),
}
DISCLOSURE_NAMES = {
    "label_required": _("Label required"),
    "exempt_reviewed": _("Exempt after review"),
    "out_of_scope": _("Out of scope"),
}
ROLES = {
    "editor": _("Editor"),
    "approver": _("Approver"),
    "commenter": _("Commenter"),
    "publisher": _("Publisher"),
    "manager": _("Manager"),
    "auditor": _("Auditor"),
    "data_steward": _("Data steward"),
}
PERMISSIONS = {
    "view": _("see drafts"),
    "claim": _("take drafts to edit"),
    "edit": _("edit drafts"),
    "comment": _("comment"),
    "check_claims": _("check claims"),
    "dismiss_findings": _("dismiss findings"),
    "sign": _("sign off"),
    "approve": _("approve"),
    "send_back": _("send back"),
    "reject": _("reject"),
    "assign": _("assign work"),
    "publish": _("publish"),
    "retract": _("retract"),
    "view_insights": _("see insights"),
    "manage_policies": _("manage policies"),
    "manage_people": _("manage people"),
    "manage_sources": _("manage sources"),
    "view_audit": _("see operations and history"),
    "export_corpus": _("export the corpus"),
}
VIEWS = {
    "mine": _("Mine"),
    "unassigned": _("Unassigned"),
    "due": _("Due soon"),
    "sent_back": _("Sent back"),
    "to_approve": _("To approve"),
    "to_publish": _("To publish"),
    "all": _("All open"),
}
EMPTY_VIEWS = {
    "mine": _("Nothing waits for you."),
    "unassigned": _("No draft waits for an editor."),
    "due": _("Nothing is due soon."),
    "sent_back": _("Nothing was sent back."),
    "to_approve": _("Nothing waits for a second person."),
    "to_publish": _("Nothing waits to be published."),
    "all": _("No draft is open."),
}
PRIORITIES = {"low": _("Low"), "normal": _("Normal"), "high": _("High"), "urgent": _("Urgent")}
SEND_BACK_REASONS = {
    "facts": _("Facts are wrong or unchecked"),
    "sources": _("Sources are missing or weak"),
    "tone": _("Tone does not fit"),
    "structure": _("Structure needs work"),
    "legal": _("A legal question is open"),
    "scope": _("It misses its subject"),
    "other": _("Something else"),
}
REJECT_REASONS = {
    "not_needed": _("Not needed"),
    "wrong": _("Wrong beyond repair"),
    "duplicate": _("We have this already"),
    "quality": _("Too much work to fix"),
    "legal": _("Legal reasons"),
    "other": _("Something else"),
}
RETRACT_REASONS = {
    "error": _("It is wrong"),
    "unreliable_source": _("A source turned out to be unreliable"),
    "rights": _("Rights of others"),
    "legal": _("Legal reasons"),
    "other": _("Something else"),
}
COMPETENCE = {
    "expert": (_("Expert"), _("This is my field.")),
    "practitioner": (_("Practitioner"), _("I work with this.")),
    "informed": (_("Informed"), _("I read up on it for this text.")),
}
USED_FOR = {
    "search": _("Search"),
    "spelling": _("Spelling"),
    "translation": _("Translation"),
    "facts": _("Checking facts"),
    "wrote_text": _("It wrote part of the text"),
    "other": _("Something else"),
}
ANSWERS = {
    "facts_checked": _("Say that you checked the facts."),
    "sources_checked": _("Say that you checked the sources."),
    "competence": _("Say how you know this subject."),
    "competence_note": _("Say in a sentence why you can judge this text."),
    "tools": _("Say which tools you used, or that you used none."),
    "tool_passages": _("Copy the words that the tool wrote, as they stand in the text."),
    "public_interest": _("Say whether the text is about a matter of public interest."),
    "responsible": _("Choose who answers for the text."),
    "reading_note": _("Say in a sentence how you read the text."),
}
PASTE_ORIGINS = {
    "quoted": _("It is a quotation"),
    "own": _("I wrote it elsewhere"),
    "dictated": _("I dictated it"),
}
ORIGINS = {"machine": _("source"), "human": _("person"), "system": _("system")}
PLACEMENTS = {"head": "", "aside": _("offered beside the text"), "branch": _("kept beside the text")}
VOIDS = {
    "substantive": _("The text was changed."),
    "minor": _("A small change was made."),
    "revert": _("An older version was restored."),
    "machine": _("The source sent a new text."),
    "sent_back": _("It was sent back."),
    "changes_requested": _("The source was asked for another text."),
    "actor": _("The person may not sign any more."),
}
SIGN_OFFS = {"editor": _("Editor's sign-off"), "approver": _("Approval")}
JOB_QUEUES = {
    "critical": _("Signing and publishing"),
    "interactive": _("Measuring and judging"),
    "delivery": _("Telling sources"),
    "nlp": _("Reading the language"),
    "bulk": _("Figures and index"),
}
JOB_STATES = {"ready": _("Waiting"), "running": _("Running"), "done": _("Done"), "dead": _("Given up")}
DELIVERIES = {
    "pending": _("Waiting"),
    "delivered": _("Delivered"),
    "failed": _("Tried, will be tried again"),
    "refused": _("Refused by the address"),
    "dead": _("Given up"),
    "skipped": _("Not sent"),
}
AGES = {
    "under_4_hours": _("Under 4 hours"),
    "under_1_day": _("4 to 24 hours"),
    "under_3_days": _("1 to 3 days"),
    "under_7_days": _("3 to 7 days"),
    "older": _("Over 7 days"),
}
ENDINGS = {"published": _("Published"), "rejected": _("Rejected"), "withdrawn": _("Withdrawn")}
METRICS = {
    "human_share.v1": _("Human share"),
    "edit_rate.v1": _("Edit rate"),
    "longest_ai_run.v1": _("Longest untouched stretch"),
    "time_to_sign_off.v1": _("Time to sign-off"),
    "acceptance.v1": _("How cases ended"),
    "disclosure_mix.v1": _("Disclosure"),
    "claim_mix.v1": _("Level attested"),
    "gate_first_pass.v1": _("Gate at the first version"),
    "gate_refusals.v1": _("Rules not met at the first version"),
    "queue_age.v1": _("Waiting cases by age"),
}
SCOPES = {
    "drafts:write": _("post, replace and withdraw drafts"),
    "drafts:read": _("read its drafts and how they stand"),
    "comments:write": _("comment on its drafts"),
    "publications:read": _("read what was published"),
    "publications:write": _("ask for publication"),
    "events:read": _("read its events"),
    "webhooks:manage": _("manage its webhooks"),
    "policies:read": _("read policies"),
    "metrics:read": _("read its figures"),
    "corpus:read": _("read the corpus"),
}
POLICY_STATES = {"draft": _("Draft"), "active": _("In force"), "retired": _("Retired")}
FOUR_EYES = {
    "strict": _("Nobody who worked on the text may approve it"),
    "last_push": _("Whoever changed it last may not approve it"),
    "solo": _("One person is enough, for a time"),
}
PUBLISH = {"when_ready": _("At once, 10 seconds to undo"), "on_request": _("When somebody presses Publish")}

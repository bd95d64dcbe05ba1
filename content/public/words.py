"""Sentences of the public pages, by the codes that statements and verifications use."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The first line of the verify page: color, sign, word, sentence."""

    color: str
    sign: str
    word: Words
    sentence: Words


_RED: Final = {
    "unknown_key": _("The key that signed this is not in our key set: anybody could have made it."),
    "bad_signature": _("The statement or its signature was changed."),
    "bad_statement": _("The signature is right, but the statement breaks its own rules."),
    "not_in_log": _("This statement does not stand in the log it points at."),
    "log_inconsistent": _("The checkpoint of the log cannot be trusted."),
    "key_not_valid": _("The key that signed this was not in use at this place of the log."),
    "key_revoked": _("The key that signed this was revoked from an earlier place of the log on."),
    "test_key": _("This was made in test mode and says nothing about a real text."),
    "content_changed": _("The statement is genuine, but this is not the text that was signed."),
}
VERDICTS: Final = {
    "verified": Verdict(
        color="green", sign="✓", word=_("Valid."), sentence=_("This text is unchanged since it was signed.")
    ),
    "statement_verified": Verdict(
        color="blue", sign="i", word=_("Genuine."), sentence=_("The statement is genuine; no text was compared.")
    ),
    "superseded": Verdict(
        color="amber",
        sign="!",
        word=_("Replaced."),
        sentence=_("This was signed by us and is unchanged, but a newer version exists."),
    ),
    "similar": Verdict(
        color="amber", sign="!", word=_("Similar."), sentence=_("This text is only similar to the signed one.")
    ),
    "revoked": Verdict(color="red", sign="✕", word=_("Taken back."), sentence=_("We took this attestation back.")),
    "pending": Verdict(
        color="grey",
        sign="…",
        word=_("Not decided."),
        sentence=_("This statement is signed and waits for its place in the log. Look again in a moment."),
    ),
    **{
        state: Verdict(color="red", sign="✕", word=_("Not valid."), sentence=sentence)
        for state, sentence in _RED.items()
    },
}
UNDECIDED: Final = Verdict(
    color="grey", sign="?", word=_("Not decided."), sentence=_("This could not be checked here.")
)
CLAIMS: Final = {
    "reviewed": _("Reviewed"),
    "substantially_edited": _("Reviewed and substantially edited"),
    "human_rewritten": _("Reviewed and rewritten by people"),
}
CLAIM_SENTENCES: Final = {
    "reviewed": _(
        "People read this AI draft, checked what it claims, and answer for it. They may have changed little."
    ),
    "substantially_edited": _(
        "People changed a substantial part of this AI draft, checked its claims, and answer for it."
    ),
    "human_rewritten": _("People rewrote most of this AI draft, checked its claims, and answer for it."),
}
DISCLOSURES: Final = {
    "label_required": (
        _("Made with AI, reviewed by people."),
        _("An AI wrote the draft of this text. People read it, checked its claims, and answer for it."),
    ),
    "exempt_reviewed": (
        _("Edited and reviewed by people."),
        _("This text began as an AI draft. People changed it, checked its claims, and answer for it."),
    ),
    "out_of_scope": (
        _("Reviewed by people."),
        _("This text began as an AI draft. People read it, checked its claims, and answer for it."),
    ),
}
KINDS: Final = {
    "typed": _("Typed at the desk"),
    "asserted": _("Edited elsewhere, as the editor says"),
    "pasted": _("Pasted"),
    "quoted": _("Quoted"),
    "imported": _("From templates and imports"),
    "assisted": _("Written with an AI tool"),
    "matched": _("Known machine text"),
    "machine": _("From the AI draft"),
}
LIMITS: Final = {
    "source_declared": _("Which model wrote the draft is what its source says; nobody could check it."),
    "typing_not_authorship": _("Typing a word shows that a person typed it, not that they thought of it."),
    "truth_not_claimed": _("That people checked the claims does not make every sentence true."),
    "solo_review": _("One person alone reviewed and signed this text."),
    "time_self_asserted": _("The times are those of our own clock; no outside witness confirms them."),
    "events_missing": _("Some edits came without a record of typing; they count for less."),
}
FOUR_EYES: Final = {
    "yes": _("Two people signed, one of whom did not edit the text."),
    "with_minor_edits": _("Two people signed; the second made a small correction."),
    "no": _("One person edited and signed alone."),
}
ROLES: Final = {"editor": _("Editor"), "approver": _("Approver")}
AUTH: Final = {
    "password": _("password"),
    "totp": _("password and one-time code"),
    "webauthn": _("passkey"),
    "sso": _("single sign-on"),
}
REASONS: Final = {
    "corrected": _("a corrected version took its place"),
    "retracted": _("the text was retracted"),
    "not_published": _("the text never went out"),
    "evidence_false": _("what it stood on was wrong"),
    "key_compromised": _("the key was not safe any more"),
    "legal": _("for legal reasons"),
}
RETRACTIONS: Final = {
    "error": _("It contains errors."),
    "unreliable_source": _("It relied on a source that does not hold."),
    "rights": _("It touched the rights of others."),
    "legal": _("Legal reasons."),
    "other": _("Other reasons."),
}
BASES: Final = {
    "declared": _("as its source declared"),
    "attested": _("as earlier attestations say"),
    "matched": _("found by comparing with known texts"),
    "unknown": _("not known"),
}

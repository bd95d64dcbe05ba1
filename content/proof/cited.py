"""What an attestation cites, as frozen values: one class for each object of the predicate, field by JSON key.

None is an absent value and becomes an absent key. Nothing here checks anything; `statement.build_statement`
does, by the same rules the verifier has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from content.proof.claims import METHOD as CLAIM_METHOD
from content.proof.claims import ClaimLevel
from content.proof.predicate.attestation import EVIDENCE_TREE, WORD_KINDS


@dataclass(frozen=True, kw_only=True, slots=True)
class Issuer:
    """Who states this: a web address, and a name for people."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicationCited:
    """What the text is; `url` is the draft's canonical address, if it has one."""

    draft_id: str
    revision: int
    language: str
    url: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyCited:
    """The policy the gate went by, with the digest of its canonical text."""

    name: str
    version: int
    digest: str
    url: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class VerdictCited:
    """One rule's answer; `needed` and `measured` are decimal strings, where the rule has a number."""

    rule: str
    outcome: str
    needed: str | None = None
    measured: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ToolUsed:
    """A tool the person declared."""

    name: str
    ai: bool
    used_for: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SignOffCited:
    """One valid sign-off. `person` is a pseudonym; `active_seconds` is cut to whole minutes when written."""

    person: str
    role: str
    statement: str
    content_digest: str
    signed_at: datetime
    auth: str
    active_seconds: int
    contributor: bool
    tools: tuple[ToolUsed, ...] = ()
    carried_to: str | None = None
    carry_method: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OverrideCited:
    """Rules that two people set aside, and the digest of their reason."""

    rules: tuple[str, ...]
    people: int
    reason_digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimCounts:
    """Sentences to check: found, checked, impossible to verify, dismissed with a reason."""

    found: int
    checked: int
    cannot_verify: int
    dismissed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewCited:
    """Claim one: the text was reviewed."""

    policy: PolicyCited
    verdicts: tuple[VerdictCited, ...]
    sign_offs: tuple[SignOffCited, ...]
    four_eyes: str
    claims: ClaimCounts
    last_change_at: datetime
    machine_change_after_sign_off: str = "none_recorded"
    override: OverrideCited | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Counted prose words by kind; the eight kinds sum to `total`."""

    total: int
    typed: int
    asserted: int
    quoted: int
    pasted: int
    imported: int
    assisted: int
    matched: int
    machine: int

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Self:
        """Return the words from counts by kind; an absent kind is 0."""
        found = {kind: counts.get(kind, 0) for kind in WORD_KINDS}
        return cls(total=sum(found.values()), **found)


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockCited:
    """One block of the text: code points `start`..`end`, words in all, on the human side, on the AI side."""

    kind: str
    start: int
    end: int
    words: int
    human: int
    ai: int
    depth: int | None = None
    loose: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AuthorshipCited:
    """Claim two: the text was edited, measured by a named method. Shares in basis points, runs in words."""

    method: str
    words: Words
    human_share_bp: int
    effective_human_share_bp: int
    novel_share_bp: int
    draft_survival_bp: int
    longest_ai_run: int
    longest_unverified_ai_run: int
    substantive_hunks: int
    blocks: tuple[BlockCited, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class GeneratorCited:
    """A model that made the draft, and who said so."""

    provider: str
    model: str
    declared_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkCited:
    """A provider's mark looked for in the draft, and what came of it."""

    kind: str
    result: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftCited:
    """The machine draft the text came from."""

    digest: str
    received_at: datetime
    source: str
    generators: tuple[GeneratorCited, ...] = ()
    marks: tuple[MarkCited, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ParentCited:
    """A text this one stands on."""

    relation: str
    digest: str
    attestation: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LineageCited:
    """How many machine generations lie behind the text, and how that is known."""

    depth_max: int
    basis: str
    parents: tuple[ParentCited, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Responsible:
    """Who answers for the text in public; `contact` is an https page."""

    name: str
    role: str
    contact: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DisclosureCited:
    """Whether the text needs a label; `exemption` is the digest of the written reason, where one made it exempt."""

    outcome: str
    digital_source_type: str
    exemption: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class UsageCited:
    """The preference for training and search: "y" or "n", and the rule that gave it."""

    train_ai: str
    search: str
    rule: str
    licence: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceCited:
    """The salted tree over the evidence: number of leaves, root, and until when the evidence is kept."""

    leaves: int
    root: str
    retain_until: date
    tree: str = EVIDENCE_TREE


@dataclass(frozen=True, kw_only=True, slots=True)
class Attested:
    """The whole predicate, version 1."""

    mode: str
    attestation_id: str
    issued_at: datetime
    issuer: Issuer
    publication: PublicationCited
    content_digest: str
    claim: ClaimLevel
    review: ReviewCited
    authorship: AuthorshipCited
    draft: DraftCited
    lineage: LineageCited
    responsible: Responsible
    disclosure: DisclosureCited
    usage: UsageCited
    evidence: EvidenceCited
    limits: tuple[str, ...]
    supersedes: str | None = None
    claim_method: str = CLAIM_METHOD
    version: int = 1

"""Puts together what a rule may see, from what the earlier parts know. Pure: `queries.evidence` fetches it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from content.authorship.attributed import Attributed
from content.authorship.measures import coverage
from content.lineage.found import LineageFacts, LineageState
from content.policy.body import PolicyBody
from content.policy.evidence import Evidence
from content.review.claim_marks import ClaimMarks
from content.review.declaration import Declaration
from content.review.four_eyes import approvals, may_approve
from content.review.passages import Passage, covering, images_without_alt, passage_of, pasted_passages
from content.review.situation import CaseFacts, SignOffFacts
from content.review.states import SignOffKind
from content.text.hidden import blocking_characters

HIDDEN = frozenset({"bidi_controls", "tag_characters", "invisible_characters"})
"Signals that `hidden_characters_resolved.v1` asks about."
SECONDS_A_DAY = 86_400


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A text as it is judged: everything that is signed, and who wrote it if that is known yet."""

    digest: str
    text: str
    title: str
    summary: str
    language: str
    extras: Mapping[str, str]
    words: int
    attributed: Attributed | None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The pasted stretches of the text."""
        if self.attributed is None:
            return ()
        spans = [(row.start, row.end, row.kind.value) for row in self.attributed.spans]
        return pasted_passages(self.text, spans)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """What people and checks said about a text.

    :param declared: passage hashes whose origin somebody gave.
    :param findings: (check, sentence) of enforced checks that nobody dismissed.
    :param declarations: those of the sign-offs that count, and the one that is being given.
    """

    marks: ClaimMarks
    declared: Collection[str] = ()
    findings: Sequence[tuple[str, str]] = ()
    active_seconds: int = 0
    responsible_valid: bool = False
    declarations: Sequence[Declaration] = ()
    unsaid: tuple[str, ...] | None = None


def assemble(
    *, facts: CaseFacts, body: PolicyBody, reading: Reading, lineage: LineageFacts, answers: Answers, at: datetime
) -> Evidence:
    """Return all that the rules may see about one text at one moment."""
    given = answers.declarations
    evidence = Evidence(
        digest=reading.digest,
        words=reading.words,
        waits_for=_waits_for(reading, lineage),
        **_authorship(reading, answers),
        hidden_characters=_hidden(reading),
        images_without_alt=images_without_alt(reading.text),
        missing_fields=_missing(reading, body),
        enforced_findings=tuple(answers.findings),
        claims_found=answers.marks.found,
        claims_open=answers.marks.open,
        primary_source_named=answers.marks.primary_source_named,
        **_lineage(reading, lineage),
        active_seconds=answers.active_seconds,
        reading_note=any(each.has_reading_note for each in given),
        open_threads=facts.open_threads,
        declaration_missing=answers.unsaid,
        public_interest=_public_interest(given),
        ai_written_passages=sum(each.ai_passages for each in given),
        responsible_valid=answers.responsible_valid,
    )
    return with_people(evidence, facts=facts, body=body, at=at)


def with_people(evidence: Evidence, *, facts: CaseFacts, body: PolicyBody, at: datetime) -> Evidence:
    """Return evidence with what it says about sign-offs and objections taken from `facts`."""
    sign_offs = facts.valid_sign_offs
    return replace(
        evidence,
        open_objections=len(facts.objections),
        four_eyes=facts.four_eyes,
        approvals=approvals(
            sign_offs,
            mode=facts.four_eyes,
            contributed=facts.contributors,
            last_author=facts.last_author,
            solo_until=body.solo_until,
            today=at.date(),
        ),
        refused_as_contributor=_a_contributor_approved(facts, sign_offs),
        sign_off_age_days=_age(sign_offs, at),
    )


def _waits_for(reading: Reading, lineage: LineageFacts) -> tuple[str, ...]:
    waits = (("authorship", reading.attributed is None), ("lineage", lineage.state is LineageState.PENDING))
    return tuple(name for name, waiting in waits if waiting)


def _authorship(reading: Reading, answers: Answers) -> dict[str, Any]:
    attributed = reading.attributed
    if attributed is None:
        return {}
    measures = attributed.measures
    words = int(measures["words"])
    verified = answers.marks.verified
    left = sum(1 for each in attributed.sentences if not each.touched and each.digest not in verified)
    return {
        "effective_human_share": measures["effective_human_share"],
        "novel_share": measures["novel_share"],
        "human_share": measures["human_share"],
        "longest_ai_run": measures["longest_ai_run"],
        "substantive_hunks": measures["substantive_hunks"],
        "asserted_words": round(measures["asserted_share"] * words),
        "human_words": round(measures["human_share"] * words),
        "coverage": coverage(attributed.sentences, verified) if attributed.sentences else 1.0,
        "uncovered_sentences": left,
        "pasted_without_source": len(covering(reading.passages, answers.declared)),
        "tamper_signals": _signals(reading, attributed, answers.declared),
    }


def _signals(reading: Reading, attributed: Attributed, declared: Collection[str]) -> tuple[tuple[str, int], ...]:
    """Return the open signals with their counts; a burst is answered by saying where its passages come from."""
    found = []
    for signal in attributed.signals:
        if signal.severity != "block" or signal.name in HIDDEN:
            continue
        count = signal.count
        if signal.name == "burst":
            passages = [passage_of(reading.text, start, end) for start, end in signal.spans]
            count = sum(each.words for each in covering(passages, declared))
        if count:
            found.append((signal.name, count))
    return tuple(found)


def _lineage(reading: Reading, lineage: LineageFacts) -> dict[str, Any]:
    if lineage.state is LineageState.PENDING:
        return {}
    ai_is_left = reading.attributed is None or reading.attributed.measures["ai_share"] > 0
    parents = {each.digest for each in lineage.ancestry if each.digest} | {each.uri for each in lineage.ancestry}
    published = [each for each in lineage.similar if each.kind == "published"]
    nearest = max(published, key=lambda each: each.share, default=None)
    return {
        "generation_depth": lineage.depth_max if ai_is_left else 0,
        "depth_basis": lineage.depth_basis.value,
        "duplicate_share": lineage.reuse_share,
        "relation_declared": nearest is not None
        and (nearest.digest in parents or any(str(nearest.attestation_id) in each for each in parents)),
    }


def _hidden(reading: Reading) -> int:
    texts = [reading.text, reading.title, reading.summary, *reading.extras.values()]
    runs = [run for text in texts for run in blocking_characters(text, language=reading.language)]
    return sum(run.end - run.start for run in runs)


def _missing(reading: Reading, body: PolicyBody) -> tuple[str, ...]:
    values = {"title": reading.title, "summary": reading.summary, **reading.extras}
    return tuple(name for name in body.attested_fields if not values.get(name, "").strip())


def _public_interest(declarations: Sequence[Declaration]) -> bool | None:
    answers = [each.public_interest for each in declarations if each.public_interest is not None]
    return any(answers) if answers else None


def _a_contributor_approved(facts: CaseFacts, sign_offs: Sequence[SignOffFacts]) -> bool:
    return any(
        not may_approve(
            each.identity_key,
            mode=facts.four_eyes,
            contributed=facts.contributors,
            last_author=facts.last_author,
            sign_offs=sign_offs,
        )
        for each in sign_offs
        if each.kind is SignOffKind.APPROVER
    )


def _age(sign_offs: Sequence[SignOffFacts], at: datetime) -> float | None:
    if not sign_offs:
        return None
    oldest = min(each.at for each in sign_offs)
    return round((at - oldest).total_seconds() / SECONDS_A_DAY, 6)

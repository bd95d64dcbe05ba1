"""The gate on a pair of texts that nobody posted: what a CMS asks before it sends anything. Nothing is stored."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from content.actors import SourceId
from content.authorship.attribute import Attributor, RevisionText
from content.authorship.attributed import attributed
from content.drafts.attested import digest_of_fields, sha256_of
from content.drafts.facts import DraftId, RevisionId
from content.drafts.states import Format
from content.language import queries as language_queries
from content.lineage import queries as lineage_queries
from content.lineage.depth import DepthBasis
from content.lineage.found import LineageFacts, SimilarText
from content.policy import queries as policy_queries
from content.policy.gate import decide
from content.policy.verdict import Stage
from content.review.assembly import Answers, Reading, assemble
from content.review.claim_marks import add_up
from content.review.facts import CaseId
from content.review.queries.evidence import responsible_valid
from content.review.queries.gate import Judgement
from content.review.situation import CaseFacts
from content.review.states import CaseState

if TYPE_CHECKING:
    from content.policy.models import Policy

NOBODY = UUID(int=0)


def dry_run(
    *, policy: "Policy", machine_text: str, text: str, language: str, format_: Format, at: datetime, title: str = "-"
) -> Judgement:
    """Return what the gate would say about `text`, made by a person from `machine_text` outside of the desk.

    What needs a person or an editor's journal stays pending.
    """
    engine = Attributor(language=language)
    engine.add(RevisionText(text=machine_text, author="source:0", machine=True))
    attribution = engine.add(RevisionText(text=text, author="person:0", machine=False))
    found = attributed(attribution, text_sha256=sha256_of(text))
    reading = Reading(
        digest=digest_of_fields(
            text=text, format_=format_, title=title, summary="", language=language, extras={}, canonical_url=""
        ),
        text=text,
        title=title,
        summary="",
        language=language,
        extras={},
        words=int(found.measures["words"]),
        attributed=found,
    )
    evidence = assemble(
        facts=_facts(policy, reading, at),
        body=policy_queries.body_of(policy=policy),
        reading=reading,
        lineage=_lineage(machine_text),
        answers=_answers(reading, at),
        at=at,
    )
    decision = decide(policy_queries.body_of(policy=policy), evidence, Stage.SIGN)
    return Judgement(decision=decision, evidence=evidence, reading=reading)


def _answers(reading: Reading, at: datetime) -> Answers:
    claims = language_queries.claims_in(text=reading.text, language=reading.language)
    findings = language_queries.enforced_findings(text=reading.text, language=reading.language)
    return Answers(
        marks=add_up([claim.sentence_hash for claim in claims], {}),
        findings=[(finding.check, finding.reason) for finding in findings],
        responsible_valid=responsible_valid(party_id=None, at=at),
    )


def _lineage(machine_text: str) -> LineageFacts:
    state, similar = lineage_queries.similar_texts(text=machine_text, draft_id=DraftId(NOBODY))
    return LineageFacts(
        state=state,
        reuse_share=_highest(similar),
        similar=similar,
        depth_max=1,
        depth_mean=1.0,
        depth_basis=DepthBasis.UNKNOWN,
        ancestry=(),
    )


def _highest(similar: Iterable[SimilarText]) -> float:
    return max((each.share for each in similar if each.kind == "published"), default=0.0)


def _facts(policy: "Policy", reading: Reading, at: datetime) -> CaseFacts:
    return CaseFacts(
        case_id=CaseId(NOBODY),
        draft_id=DraftId(NOBODY),
        state=CaseState.IN_REVIEW,
        source_id=SourceId(0),
        kind=policy.kind,
        language=reading.language,
        version=0,
        fence=0,
        opened_at=at,
        head_id=RevisionId(0),
        head_number=2,
        head_digest=reading.digest,
        policy_id=policy.pk,
        policy_version=policy.version,
        four_eyes=policy_queries.body_of(policy=policy).four_eyes,
    )

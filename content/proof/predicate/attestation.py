"""The closed shape of our predicate, version 1: every key, and what it may hold on its own.

What keys must say together is in `rules.py`. Format: in-toto Statement v1 with predicate `attestation/v1`.
"""

from typing import Final

from content.proof.claims import METHOD, ClaimLevel
from content.proof.predicate.fields import (
    basis_points,
    count,
    day,
    decimal,
    digest,
    hex_digest,
    identifier,
    many,
    matching,
    method,
    one_of,
    secure_url,
    shape,
    text,
    time,
    url,
    version_of,
    y_n,
    yes_no,
)

STATEMENT_TYPE: Final = "https://in-toto.io/Statement/v1"
# `reviewdesk.example` is a reserved name: replaced once, before the first real release, and never after.
PREDICATE_TYPE: Final = "https://reviewdesk.example/attestation/v1"
STATUS_TYPE: Final = "https://reviewdesk.example/attestation-status/v1"
EVIDENCE_TREE: Final = "rfc6962-sha256-salted.v1"
WORD_KINDS: Final = ("typed", "asserted", "quoted", "pasted", "imported", "assisted", "matched", "machine")
BLOCK_KINDS: Final = ("heading", "paragraph", "item", "quote", "code", "table", "other")
LIMITS: Final = (
    "source_declared",
    "typing_not_authorship",
    "truth_not_claimed",
    "solo_review",
    "time_self_asserted",
    "events_missing",
)
MAX_BLOCKS: Final = 2_000

PERSON: Final = matching(r"urn:rd:person:[a-z2-7]{26}", what="a pseudonym of a person")
LANGUAGE: Final = matching(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}", what="a language tag")

SUBJECT: Final = shape(name=matching(r"[a-z0-9_.-]{1,80}", what="a file name"), digest=shape(sha256=hex_digest))

TOOL: Final = shape(name=text, ai=yes_no, used_for=identifier)
SIGN_OFF: Final = shape(
    {"carried_to": digest, "carry_method": method},
    person=PERSON,
    role=one_of("editor", "approver"),
    statement=method,
    content_digest=digest,
    signed_at=time,
    auth=one_of("password", "totp", "webauthn", "sso"),
    active_seconds=count(),
    contributor=yes_no,
    tools=many(TOOL, at_most=50),
)
VERDICT: Final = shape({"needed": decimal, "measured": decimal}, rule=method, outcome=one_of("approved", "overridden"))
REVIEW: Final = shape(
    {"override": shape(rules=many(method, at_least=1, at_most=100), people=count(), reason_digest=digest)},
    policy=shape({"url": url}, name=identifier, version=count(at_least=1), digest=digest),
    verdicts=many(VERDICT, at_least=1, at_most=200),
    sign_offs=many(SIGN_OFF, at_least=1, at_most=50),
    four_eyes=one_of("yes", "with_minor_edits", "no"),
    claims=shape(found=count(), checked=count(), cannot_verify=count(), dismissed=count()),
    last_change_at=time,
    machine_change_after_sign_off=one_of("none_recorded"),
)

WORDS: Final = shape(total=count(), **dict.fromkeys(WORD_KINDS, count()))
BLOCK: Final = shape(
    {"depth": count(at_most=100), "loose": matching(r"[0-9a-f]{32}", what="a loose fingerprint")},
    kind=one_of(*BLOCK_KINDS),
    start=count(),
    end=count(),
    words=count(),
    human=count(),
    ai=count(),
)
AUTHORSHIP: Final = shape(
    method=method,
    words=WORDS,
    human_share_bp=basis_points,
    effective_human_share_bp=basis_points,
    novel_share_bp=basis_points,
    draft_survival_bp=basis_points,
    longest_ai_run=count(),
    longest_unverified_ai_run=count(),
    substantive_hunks=count(),
    blocks=many(BLOCK, at_least=1, at_most=MAX_BLOCKS),
)

DRAFT: Final = shape(
    digest=digest,
    received_at=time,
    source=text,
    generators=many(shape(provider=text, model=text, declared_by=identifier), at_most=50),
    marks=many(shape(kind=identifier, result=identifier), at_most=50),
)
LINEAGE: Final = shape(
    depth_max=count(at_most=100),
    basis=one_of("declared", "attested", "matched", "unknown"),
    parents=many(
        shape(
            {"attestation": digest},
            relation=one_of("derived_from", "quotes", "translates", "cites"),
            digest=digest,
        ),
        at_most=200,
    ),
)

PREDICATE: Final = shape(
    {"supersedes": digest},
    version=version_of(1),
    mode=one_of("live", "test"),
    attestation_id=identifier,
    issued_at=time,
    issuer=shape(id=url, name=text),
    publication=shape({"url": url}, draft_id=identifier, revision=count(at_least=1), language=LANGUAGE),
    content_digest=digest,
    claim=one_of(*(level.value for level in ClaimLevel)),
    claim_method=version_of(METHOD),
    review=REVIEW,
    authorship=AUTHORSHIP,
    draft=DRAFT,
    lineage=LINEAGE,
    responsible=shape(name=text, role=text, contact=secure_url),
    disclosure=shape(
        {"exemption": digest},
        outcome=one_of("exempt_reviewed", "label_required", "out_of_scope"),
        digital_source_type=one_of("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"),
    ),
    usage=shape({"licence": url}, train_ai=y_n, search=y_n, rule=method),
    evidence=shape(tree=version_of(EVIDENCE_TREE), leaves=count(), root=digest, retain_until=day),
    limits=many(one_of(*LIMITS), at_least=1, at_most=len(LIMITS)),
)

STATEMENT: Final = shape(
    _type=version_of(STATEMENT_TYPE),
    subject=many(SUBJECT, at_least=1, at_most=16),
    predicateType=version_of(PREDICATE_TYPE),
    predicate=PREDICATE,
)

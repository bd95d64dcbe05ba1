"""What the keys of our predicate must say together: sums, order in time, digests that agree, floors of the claim.

Each rule is one function over a predicate that already has the right shape (`attestation.py`).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, cast

from content.proof.claims import ClaimLevel, Measured, basis_points, reaches
from content.proof.digest import digest_of
from content.proof.predicate.attestation import WORD_KINDS
from content.proof.predicate.fields import BadStatement
from content.proof.strict import Json

Row = Mapping[str, Json]
_HUMAN: Final = ("typed", "asserted")
_AI: Final = ("assisted", "matched", "machine")
_DERIVED: Final = frozenset({"meta.json", "authorship.json", "content.html", "content.txt"})
_SHARE_DIGITS: Final = 6  # as authorship rounds its shares
_MINUTE: Final = 60


def check_rules(statement: Row) -> None:
    """Hold every rule.

    :param statement: an in-toto statement of the right shape.
    :raises BadStatement: at the first rule that is broken.
    """
    _check_subjects(statement)
    for rule in _RULES:
        rule(_row(statement, "predicate"))


def _check_subjects(statement: Row) -> None:
    """Hold that the subjects are the frozen files and their derived ones, and that the content digest is theirs."""
    subjects = _rows(statement, "subject")
    digests = {_text(entry, "name"): _text(_row(entry, "digest"), "sha256") for entry in subjects}
    _require(len(digests) == len(subjects), "two subjects share one name")
    _require(digests.keys() in (_DERIVED, _DERIVED | {"content.md"}), "a subject is missing or foreign")
    frozen = "content.md" if "content.md" in digests else "content.txt"
    manifest = "".join(f"{digests[name]}  {name}\n" for name in (frozen, "meta.json"))
    content = _text(_row(statement, "predicate"), "content_digest")
    _require(digest_of(manifest.encode("ascii")) == content, "the content digest is not the one of its files")


def _check_words(predicate: Row) -> None:
    authorship = _row(predicate, "authorship")
    words = _row(authorship, "words")
    total = _number(words, "total")
    human = sum(_number(words, kind) for kind in _HUMAN)
    _require(sum(_number(words, kind) for kind in WORD_KINDS) == total, "the words do not sum to the total")
    share = basis_points(round(human / total, _SHARE_DIGITS)) if total else 0
    _require(_number(authorship, "human_share_bp") == share, "the human share is not the one of the words")
    raw = _number(authorship, "longest_ai_run")
    unverified = _number(authorship, "longest_unverified_ai_run")
    _require(unverified <= raw <= total, "an AI run is longer than what holds it")


def _check_blocks(predicate: Row) -> None:
    deepest = _number(_row(predicate, "lineage"), "depth_max")
    at = 0
    for block in _rows(_row(predicate, "authorship"), "blocks"):
        start, end = _number(block, "start"), _number(block, "end")
        _require(at <= start < end, "the blocks overlap or are out of order")
        at = end
        sides = _number(block, "human") + _number(block, "ai")
        _require(sides <= _number(block, "words"), "a block has more human and AI words than words")
        if "depth" in block:
            _require(_number(block, "ai") > 0, "a block without AI words has a depth")
            _require(_number(block, "depth") <= deepest, "a block is deeper than the text")


def _check_block_sums(predicate: Row) -> None:
    authorship = _row(predicate, "authorship")
    words, blocks = _row(authorship, "words"), _rows(authorship, "blocks")
    for key, kinds in (("words", WORD_KINDS), ("human", _HUMAN), ("ai", _AI)):
        in_text = sum(_number(words, kind) for kind in kinds)
        in_blocks = sum(_number(block, key) for block in blocks)
        _require(in_text == in_blocks, f"the blocks do not sum to the text ({key})")


def _check_claim(predicate: Row) -> None:
    authorship = _row(predicate, "authorship")
    measured = Measured(
        effective_human_share_bp=_number(authorship, "effective_human_share_bp"),
        novel_share_bp=_number(authorship, "novel_share_bp"),
        longest_ai_run=_number(authorship, "longest_ai_run"),
        substantive_hunks=_number(authorship, "substantive_hunks"),
    )
    claim = ClaimLevel(_text(predicate, "claim"))
    _require(reaches(claim, measured), "the measures are under the floor of the claim")


def _check_sign_offs(predicate: Row) -> None:
    content, issued = predicate["content_digest"], _text(predicate, "issued_at")
    for sign_off in _rows(_row(predicate, "review"), "sign_offs"):
        _require(_text(sign_off, "signed_at") <= issued, "a sign-off is later than the statement")
        is_carried = "carried_to" in sign_off
        _require(is_carried == ("carry_method" in sign_off), "a carried sign-off needs its method")
        bound_to = sign_off["carried_to"] if is_carried else sign_off["content_digest"]
        _require(bound_to == content, "a sign-off names other content")
        _require(_number(sign_off, "active_seconds") % _MINUTE == 0, "an active time is not in whole minutes")


def _check_people(predicate: Row) -> None:
    review = _row(predicate, "review")
    sign_offs = _rows(review, "sign_offs")
    editors = {_text(each, "person") for each in sign_offs if each["role"] == "editor"}
    approvers = {_text(each, "person") for each in sign_offs if each["role"] == "approver"}
    _require(bool(editors), "no editor has signed")
    is_second = bool(approvers) and len(editors | approvers) > 1
    _require(is_second or review["four_eyes"] == "no", "four eyes are claimed without a second person")


def _check_times(predicate: Row) -> None:
    issued = _text(predicate, "issued_at")
    changed = _text(_row(predicate, "review"), "last_change_at")
    _require(changed <= issued, "a change is later than the statement")
    received = _text(_row(predicate, "draft"), "received_at")
    _require(received <= issued, "the draft came after the statement")


def _check_counts(predicate: Row) -> None:
    claims = _row(_row(predicate, "review"), "claims")
    settled = sum(_number(claims, key) for key in ("checked", "cannot_verify", "dismissed"))
    _require(settled <= _number(claims, "found"), "more claims were settled than found")


def _check_override(predicate: Row) -> None:
    review = _row(predicate, "review")
    verdicts = _rows(review, "verdicts")
    _require(len({each["rule"] for each in verdicts}) == len(verdicts), "a rule has two verdicts")
    overridden = {each["rule"] for each in verdicts if each["outcome"] == "overridden"}
    override = cast("Row", review.get("override", {}))
    _require(overridden == set(_texts(override, "rules")), "overridden rules and the override disagree")
    if override:
        _require(predicate["claim"] == ClaimLevel.REVIEWED, "an override cannot raise a claim")


def _check_disclosure(predicate: Row) -> None:
    disclosure = _row(predicate, "disclosure")
    is_exempt = disclosure["outcome"] == "exempt_reviewed"
    needs_reason = is_exempt and predicate["claim"] == ClaimLevel.REVIEWED
    _require(needs_reason == ("exemption" in disclosure), "an exemption and its reason disagree")


def _check_limits(predicate: Row) -> None:
    limits = _texts(predicate, "limits")
    _require(len(set(limits)) == len(limits), "a limit is named twice")
    is_solo = _row(predicate, "review")["four_eyes"] == "no"
    _require(is_solo == ("solo_review" in limits), "a solo review and the limits disagree")


_RULES: Final[Sequence[Callable[[Row], None]]] = (
    _check_words,
    _check_blocks,
    _check_block_sums,
    _check_claim,
    _check_sign_offs,
    _check_people,
    _check_times,
    _check_counts,
    _check_override,
    _check_disclosure,
    _check_limits,
)


def _require(holds: bool, otherwise: str) -> None:  # noqa: FBT001  # an assertion that survives -O
    if not holds:
        raise BadStatement(f"The statement breaks its own rules: {otherwise}.")


# The shape was held before, so these casts are facts.
def _row(parent: Row, key: str) -> Row:
    return cast("Row", parent[key])


def _rows(parent: Row, key: str) -> Sequence[Row]:
    return cast("Sequence[Row]", parent[key])


def _number(parent: Row, key: str) -> int:
    return cast("int", parent[key])


def _text(parent: Row, key: str) -> str:
    return cast("str", parent[key])


def _texts(parent: Row, key: str) -> Sequence[str]:
    return cast("Sequence[str]", parent.get(key, ()))

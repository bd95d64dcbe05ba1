"""The states a verification can end in, from worst known to best, and what is said about each.

The order of `State` is the order of the checks: the first check that fails gives the state. `similar` never
exits with 0 and never turns green, because anyone may keep most of a text and change the sentence that
matters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from content.proof.strict import Json


class State(StrEnum):
    """What came of a verification."""

    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    NO_KEYS = "no_keys"
    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"
    BAD_STATEMENT = "bad_statement"
    NOT_IN_LOG = "not_in_log"
    LOG_INCONSISTENT = "log_inconsistent"
    KEY_NOT_VALID = "key_not_valid"
    KEY_REVOKED = "key_revoked"
    TEST_KEY = "test_key"
    REVOKED = "revoked"
    CONTENT_CHANGED = "content_changed"
    SIMILAR = "similar"
    SUPERSEDED = "superseded"
    STATEMENT_VERIFIED = "statement_verified"
    VERIFIED = "verified"


class Outcome(StrEnum):
    """What came of one check."""

    PASS = "pass"  # noqa: S105  # a word, not a password
    FAIL = "fail"
    SKIPPED = "skipped"


UNDECIDED: Final = frozenset({State.UNREADABLE, State.UNSUPPORTED, State.NO_KEYS})
_COLORS: Final[Mapping[State, str]] = {
    **dict.fromkeys(State, "red"),
    **dict.fromkeys(UNDECIDED, "grey"),
    State.SIMILAR: "amber",
    State.SUPERSEDED: "amber",
    State.STATEMENT_VERIFIED: "blue",
    State.VERIFIED: "green",
}
_SENTENCES: Final[Mapping[State, str]] = {
    State.UNREADABLE: "This could not be checked: it is not a bundle that can be read",
    State.UNSUPPORTED: "This could not be checked: it was made by a version that this program does not know",
    State.NO_KEYS: "This could not be checked: no key set was given",
    State.UNKNOWN_KEY: "Not verified: the key that signed this is not in the key set; anyone could have made it",
    State.BAD_SIGNATURE: "Not verified: the statement or its signature was changed",
    State.BAD_STATEMENT: "Not verified: the signature is right, but the statement breaks its own rules",
    State.NOT_IN_LOG: "Not verified: this statement does not stand in the log it points at",
    State.LOG_INCONSISTENT: "Not verified: the checkpoint of the log cannot be trusted",
    State.KEY_NOT_VALID: "Not verified: the key that signed this was not in use at this place of the log",
    State.KEY_REVOKED: "Not verified: the key that signed this was revoked from an earlier place of the log on",
    State.TEST_KEY: "Not verified: this was made in test mode and says nothing about a real text",
    State.REVOKED: "Withdrawn: {issuer} took this attestation back on {at} (reason: {reason})",
    State.CONTENT_CHANGED: "Not verified: the statement is genuine, but this is not the text that was signed",
    State.SIMILAR: "Not verified: this text is only similar to the signed one; {found} of {of} blocks were found",
    State.SUPERSEDED: "Replaced: this was signed by {issuer} and is unchanged, but a newer version exists",
    State.STATEMENT_VERIFIED: "The statement was signed by {issuer} and stands in the log; no text was compared",
    State.VERIFIED: "Verified: this text was signed by {issuer} and is unchanged since",
}
_WITH_WITHDRAWALS: Final = frozenset({State.SUPERSEDED, State.STATEMENT_VERIFIED, State.VERIFIED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One check: its name, what came of it, and a sentence; `state` is what a failure means for the whole."""

    name: str
    result: Outcome
    detail: str
    state: State | None = None

    def to_value(self) -> dict[str, Json]:
        """Return the JSON object of the check."""
        return {"name": self.name, "result": self.result.value, "detail": self.detail}


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedBlock:
    """A block that differs: `changed`, `missing`, `moved` or `added`.

    `block` counts from 0 in the signed text, for `added` in the given one; so do `start` and `end` (code
    points).
    """

    change: str
    block: int
    kind: str
    start: int
    end: int

    def to_value(self) -> dict[str, Json]:
        """Return the JSON object of the block."""
        return {
            "change": self.change,
            "block": self.block,
            "kind": self.kind,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where the statement stands: the log's origin, the index of the entry, the size of the checkpoint's tree."""

    origin: str
    index: int
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdrawal:
    """What a status statement says: `revoked` or `superseded`, why, when, and by which payload it was replaced."""

    status: str
    reason: str
    at: str
    replaced_by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What is known; nothing from the statement unless its signature was right. None: not known or not asked."""

    attestation: str | None = None
    keyid: str | None = None
    predicate: Mapping[str, Json] = field(default_factory=dict)
    subject: Mapping[str, str] = field(default_factory=dict)
    log: Place | None = None
    withdrawal: Withdrawal | None = None
    status_as_of: int | None = None
    changed_blocks: tuple[ChangedBlock, ...] = ()
    blocks_found: tuple[int, int] | None = None

    def text(self, *path: str) -> str:
        """Return a string inside the predicate, or "" where there is none."""
        value: Json = self.predicate
        for key in path:
            value = value.get(key, "") if isinstance(value, Mapping) else ""
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """The answer: the state, every check in order, the facts."""

    state: State
    checks: Sequence[Check]
    facts: Facts
    accept_superseded: bool = False

    @property
    def exit(self) -> int:
        """0: proved. 1: checked and not proved. 2: could not be checked."""
        if self.state in UNDECIDED:
            return 2
        is_proved = self.state in {State.VERIFIED, State.STATEMENT_VERIFIED}
        return 0 if is_proved or (self.state is State.SUPERSEDED and self.accept_superseded) else 1

    @property
    def color(self) -> str:
        """One of grey, red, amber, blue, green."""
        return _COLORS[self.state]

    @property
    def sentence(self) -> str:
        """One plain sentence for people. Names in it come from the statement and are not escaped."""
        withdrawal, found = self.facts.withdrawal, self.facts.blocks_found or (0, 0)
        said = _SENTENCES[self.state].format(
            issuer=self.facts.text("issuer", "name") or "the issuer",
            at=withdrawal.at if withdrawal else "",
            reason=withdrawal.reason if withdrawal else "",
            found=found[0],
            of=found[1],
        )
        return f"{said}{self._withdrawals_said()}."

    def _withdrawals_said(self) -> str:
        if self.state not in _WITH_WITHDRAWALS or self.facts.status_as_of:
            return ""
        if self.facts.status_as_of is None:
            return "; withdrawals were not checked"
        return "; the list of withdrawals that was given is empty"

    def to_value(self) -> dict[str, Json]:
        """Return the JSON object of the answer; what is not known is an absent key."""
        facts = self.facts
        value: dict[str, Json | None] = {
            "state": self.state.value,
            "exit": self.exit,
            "sentence": self.sentence,
            "checks": [check.to_value() for check in self.checks],
            "claim": facts.text("claim") or None,
            "issuer": facts.text("issuer", "id") or None,
            "attestation": facts.attestation,
            "content": facts.text("content_digest") or None,
            "keyid": facts.keyid,
            "log": _log_value(facts.log),
            "issued_at": _issued_value(facts),
            "withdrawal": _withdrawal_value(facts.withdrawal),
            "status_as_of": facts.status_as_of,
            "changed_blocks": [block.to_value() for block in facts.changed_blocks],
            "limits": facts.predicate.get("limits"),
        }
        return {name: entry for name, entry in value.items() if entry is not None}


def _log_value(place: Place | None) -> dict[str, Json] | None:
    return {"origin": place.origin, "index": place.index, "size": place.size} if place else None


def _issued_value(facts: Facts) -> dict[str, Json] | None:
    issued_at = facts.text("issued_at")
    return {"time": issued_at, "source": "self_asserted"} if issued_at else None


def _withdrawal_value(withdrawal: Withdrawal | None) -> dict[str, Json] | None:
    if withdrawal is None:
        return None
    value: dict[str, Json] = {
        "status": withdrawal.status,
        "reason": withdrawal.reason,
        "at": withdrawal.at,
    }
    if withdrawal.replaced_by:
        value["replaced_by"] = withdrawal.replaced_by
    return value

"""From signed payload bytes to a statement that has the right shape and keeps its own rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from content.proof.predicate.attestation import PREDICATE_TYPE, STATEMENT, STATEMENT_TYPE, STATUS_TYPE
from content.proof.predicate.fields import BadStatement, hold
from content.proof.predicate.rules import check_rules
from content.proof.predicate.status import STATUS, check_status_rules
from content.proof.strict import Json, Unreadable, Unsupported, read_json

MAX_PAYLOAD: Final = 512 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """An in-toto Statement v1: SHA-256 hex by subject name, the type of the predicate, the predicate."""

    subject: Mapping[str, str]
    predicate_type: str
    predicate: Mapping[str, Json]


def read_statement(payload: bytes) -> Statement:
    """Read an attestation's payload: strict JSON, closed shape, every rule.

    :raises Unreadable: if it is not strict JSON of at most 512 KiB.
    :raises Unsupported: if it is of another type or version.
    :raises BadStatement: if it breaks its own rules.
    """
    value = _of_type(payload, PREDICATE_TYPE)
    hold(STATEMENT, value)
    check_rules(value)
    return _statement(value)


def read_status(payload: bytes) -> Statement:
    """Read a status statement's payload, as strictly.

    :raises Unreadable: if it is not strict JSON of at most 512 KiB.
    :raises Unsupported: if it is of another type or version.
    :raises BadStatement: if it breaks its own rules.
    """
    value = _of_type(payload, STATUS_TYPE)
    hold(STATUS, value)
    statement = _statement(value)
    check_status_rules(statement.predicate)
    return statement


def _of_type(payload: bytes, predicate_type: str) -> Mapping[str, Json]:
    value = read_json(payload, max_bytes=MAX_PAYLOAD)
    if not isinstance(value, Mapping):
        raise Unreadable("The signed payload is no JSON object.")
    # Types come first: a statement of another kind is unsupported, whatever shape it has.
    if (value.get("_type"), value.get("predicateType")) != (STATEMENT_TYPE, predicate_type):
        raise Unsupported("The signed payload is a statement of another kind or version.")
    return value


def _statement(value: Mapping[str, Json]) -> Statement:
    subjects = cast("Sequence[Mapping[str, Mapping[str, str]]]", value["subject"])
    return Statement(
        subject={cast("str", entry["name"]): entry["digest"]["sha256"] for entry in subjects},
        predicate_type=cast("str", value["predicateType"]),
        predicate=cast("Mapping[str, Json]", value["predicate"]),
    )


__all__ = ["BadStatement", "Statement", "read_statement", "read_status"]

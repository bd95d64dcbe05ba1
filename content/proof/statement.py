"""Builds the payloads that are signed: the statement about a text, and the status statement about an attestation.

Payload = RFC 8785 bytes of an in-toto Statement v1. What is built is read back by the verifier's own reader
before it is handed out, so nothing is ever signed that would not verify.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from content.proof.cited import Attested, SignOffCited
from content.proof.digest import hex_of, sha256_hex
from content.proof.jcs import jcs
from content.proof.predicate.attestation import PREDICATE_TYPE, STATEMENT_TYPE, STATUS_TYPE
from content.proof.predicate.fields import BadStatement
from content.proof.predicate.reader import Statement, read_statement, read_status
from content.proof.strict import Json

__all__ = [
    "PREDICATE_TYPE",
    "STATEMENT_TYPE",
    "STATUS_TYPE",
    "BadStatement",
    "Statement",
    "build_statement",
    "build_status",
    "read_statement",
    "read_status",
]


def build_statement(*, subjects: Mapping[str, bytes], attested: Attested) -> bytes:
    """Return the payload of an attestation.

    :param subjects: the bytes of every file by name: the frozen ones, `authorship.json`, `content.html`, and
        `content.txt`.
    :raises BadStatement: if the parts disagree, as a verifier would find.
    :raises Unreadable: if it would be larger than 512 KiB.
    """
    value: dict[str, Json] = {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": name, "digest": {"sha256": sha256_hex(body)}} for name, body in subjects.items()],
        "predicateType": PREDICATE_TYPE,
        "predicate": _json(attested),
    }
    payload = jcs(value)
    read_statement(payload)
    return payload


def build_status(
    *, payload_digest: str, status: str, reason: str, at: datetime, replaced_by: str | None = None
) -> bytes:
    """Return the payload of a status statement.

    :param payload_digest: of the attestation it is about, `sha256:<hex>`.
    :param status: `superseded` or `revoked`; `replaced_by` is the new payload's digest, exactly with
    `superseded`.
    :raises NotADigest: if `payload_digest` is misspelled.
    :raises BadStatement: if status, reason and `replaced_by` do not go together.
    """
    predicate: dict[str, Json] = {"version": 1, "status": status, "reason": reason, "at": _time(at)}
    if replaced_by is not None:
        predicate["replaced_by"] = replaced_by
    payload = jcs(
        {
            "_type": STATEMENT_TYPE,
            "subject": [{"name": "attestation", "digest": {"sha256": hex_of(payload_digest)}}],
            "predicateType": STATUS_TYPE,
            "predicate": predicate,
        }
    )
    read_status(payload)
    return payload


def _json(value: Any) -> Json:
    """Return a cited value as JSON: yes and no for booleans, UTC seconds for times, absent keys for None."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return _time(value)
    if isinstance(value, tuple):
        return [_json(entry) for entry in value]
    if is_dataclass(value):
        return _object(value)
    return value.isoformat() if isinstance(value, date) else _scalar(value)


def _scalar(value: Any) -> Json:
    if not isinstance(value, (str, int)):
        raise TypeError(f"A {type(value).__name__} cannot stand in a statement.")
    return value


def _object(value: Any) -> dict[str, Json]:
    found = {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, SignOffCited):
        # Finer times say more about a person than the public needs; they stay in the evidence.
        found["active_seconds"] = value.active_seconds // 60 * 60
    return {name: _json(entry) for name, entry in found.items() if entry is not None}


def _time(at: datetime) -> str:
    """Return RFC 3339 in UTC with whole seconds, fractions cut off."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

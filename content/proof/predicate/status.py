"""The status statement: an attestation was superseded or revoked. Signed, logged and bundled like an attestation."""

from collections.abc import Mapping
from typing import Final

from content.proof.predicate.attestation import STATEMENT_TYPE, STATUS_TYPE
from content.proof.predicate.fields import (
    BadStatement,
    digest,
    hex_digest,
    many,
    one_of,
    shape,
    time,
    version_of,
)
from content.proof.strict import Json

SUPERSEDED: Final = "superseded"
REVOKED: Final = "revoked"
REASONS: Final = (
    "corrected",
    "retracted",
    "not_published",
    "evidence_false",
    "key_compromised",
    "legal",
)

STATUS: Final = shape(
    _type=version_of(STATEMENT_TYPE),
    subject=many(shape(name=one_of("attestation"), digest=shape(sha256=hex_digest)), at_least=1, at_most=1),
    predicateType=version_of(STATUS_TYPE),
    predicate=shape(
        {"replaced_by": digest},
        version=version_of(1),
        status=one_of(SUPERSEDED, REVOKED),
        reason=one_of(*REASONS),
        at=time,
    ),
)


def check_status_rules(predicate: Mapping[str, Json]) -> None:
    """Hold that exactly a superseding statement names what replaces the old one.

    :raises BadStatement: if it does not.
    """
    if (predicate["status"] == SUPERSEDED) != ("replaced_by" in predicate):
        raise BadStatement("Exactly a superseded attestation names the one that replaces it.")

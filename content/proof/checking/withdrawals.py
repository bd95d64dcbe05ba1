"""Whether an attestation was taken back or replaced, as far as the given status bundles reach.

Every status bundle is verified like any other. One that fails is reported and ignored: a stranger must be
able neither to revoke an attestation nor to hide that one was revoked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from content.proof.bundle import Bundle
from content.proof.checking.examine import examine
from content.proof.checking.states import Check, Outcome, Withdrawal
from content.proof.checking.trust import Trust
from content.proof.digest import hex_of
from content.proof.entry import EntryKind
from content.proof.predicate.reader import Statement, read_status
from content.proof.predicate.status import REVOKED, SUPERSEDED
from content.proof.strict import Unreadable, Unsupported

_KINDS: Final = {REVOKED: EntryKind.REVOKE, SUPERSEDED: EntryKind.SUPERSEDE}
MAX_REPORTED: Final = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdrawals:
    """What status data say about one attestation, how far they reach (entries), and which lines were ignored."""

    revoked: Withdrawal | None
    superseded: Withdrawal | None
    as_of: int
    ignored: tuple[Check, ...]


def find_withdrawals(status: Sequence[bytes], trust: Trust, *, attestation: str) -> Withdrawals:
    """Verify every status bundle and keep what is said about one attestation; the first of a kind counts.

    :param status: one bundle each, as in the lines of `status.jsonl`.
    :param attestation: payload digest of the attestation, `sha256:<hex>`.
    """
    found: dict[str, Withdrawal] = {}
    as_of, ignored = 0, []
    for number, line in enumerate(status, start=1):
        read = _read(line, trust)
        if isinstance(read, str):
            ignored.append(
                Check(
                    name="status_line",
                    result=Outcome.SKIPPED,
                    detail=f"Line {number} of the status data was ignored ({read}).",
                )
            )
            continue
        statement, size = read
        as_of = max(as_of, size)
        if statement.subject["attestation"] == hex_of(attestation):
            found.setdefault(*_withdrawal(statement))
    return Withdrawals(
        revoked=found.get(REVOKED),
        superseded=found.get(SUPERSEDED),
        as_of=as_of,
        ignored=tuple(ignored[:MAX_REPORTED]),
    )


def _read(line: bytes, trust: Trust) -> tuple[Statement, int] | str:
    """Return the verified statement and the size of its checkpoint, or the state that stopped it."""
    try:
        bundle = Bundle.from_bytes(line)
    except (Unreadable, Unsupported) as error:
        return error.code
    examined = examine(bundle, trust, read=read_status, kind_of=_kind_of)
    if examined.statement is None or examined.place is None or examined.failed is not None:
        return examined.failed.value if examined.failed else Unreadable.code
    return examined.statement, examined.place.size


def _kind_of(statement: Statement | None) -> EntryKind | None:
    return _KINDS[str(statement.predicate["status"])] if statement else None


def _withdrawal(statement: Statement) -> tuple[str, Withdrawal]:
    said = statement.predicate
    status = str(said["status"])
    replaced_by = said.get("replaced_by")
    return status, Withdrawal(
        status=status,
        reason=str(said["reason"]),
        at=str(said["at"]),
        replaced_by=str(replaced_by) if replaced_by else None,
    )

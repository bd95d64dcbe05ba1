"""The hash of an Event over the one before it, so that no record can be changed, dropped or put in unnoticed."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from content.events.facts import Plain
from content.proof.jcs import jcs

FIRST = "0" * 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """What the digest of one Event covers."""

    chain: str
    seq: int
    fact: str
    at: datetime
    actor_kind: str
    actor: str
    cause: int | None
    payload: dict[str, Plain]
    previous_digest: str

    def digest(self) -> str:
        """Return the SHA-256, in hex, of the RFC 8785 form of all fields."""
        return hashlib.sha256(
            jcs(
                {
                    "chain": self.chain,
                    "seq": self.seq,
                    "fact": self.fact,
                    "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
                    "actor_kind": self.actor_kind,
                    "actor": self.actor,
                    "cause": self.cause,
                    "payload": self.payload,
                    "previous_digest": self.previous_digest,
                },
            ),
        ).hexdigest()

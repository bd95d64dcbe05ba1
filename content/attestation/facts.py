"""What can happen to attestations, keys and the log."""

from dataclasses import dataclass
from typing import ClassVar, NewType
from uuid import UUID

from content.drafts.facts import DraftId
from content.events.facts import FACTS, Fact
from content.review.facts import CaseFact

AttestationId = NewType("AttestationId", UUID)


@FACTS.register("attestation_signed.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class AttestationSigned(CaseFact):
    """A statement about exact bytes was signed; it waits for its place in the log."""

    fact: ClassVar[str] = "attestation_signed.v1"
    attestation_id: AttestationId
    digest: str


@FACTS.register("attestation_issued.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class AttestationIssued(CaseFact):
    """An attestation stands in the log under a signed checkpoint."""

    fact: ClassVar[str] = "attestation_issued.v1"
    wire: ClassVar[str] = "attestation.issued"
    attestation_id: AttestationId
    digest: str
    log_index: int
    claim: str


@FACTS.register("attestation_revoked.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class AttestationRevoked(Fact):
    """An attestation was taken back or replaced; `status` is `revoked` or `superseded`."""

    fact: ClassVar[str] = "attestation_revoked.v1"
    wire: ClassVar[str] = "attestation.revoked"
    draft_id: DraftId
    attestation_id: AttestationId
    status: str
    reason: str


@FACTS.register("log_extended.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class LogExtended(Fact):
    """The log grew by entries that are not attestations (key sets, status statements)."""

    fact: ClassVar[str] = "log_extended.v1"
    size: int


@FACTS.register("log_refused.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class LogRefused(Fact):
    """The log would not extend what was published before; nothing is signed until somebody looks."""

    fact: ClassVar[str] = "log_refused.v1"
    reason: str
    size: int


@FACTS.register("key_registered.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class KeyRegistered(Fact):
    """A public key entered the key set."""

    fact: ClassVar[str] = "key_registered.v1"
    keyid: str
    use: str

"""Closed sets of words that attestations use."""

from enum import StrEnum


class AttestationState(StrEnum):
    """Where an attestation stands; derived from rows that are only ever added."""

    PENDING = "pending"
    ISSUED = "issued"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


class KeyUse(StrEnum):
    """What a key signs; never two things."""

    ATTESTATION = "attestation"
    LOG = "log"


class StatusReason(StrEnum):
    """Why an attestation counts no more."""

    CORRECTED = "corrected"
    RETRACTED = "retracted"
    NOT_PUBLISHED = "not_published"
    EVIDENCE_FALSE = "evidence_false"
    KEY_COMPROMISED = "key_compromised"
    LEGAL = "legal"

"""A whole issuer in memory: keys from fixed seeds, a text with everything that is signed of it, a log, bundles.

Nothing here is random and Ed25519 is deterministic, so every bundle comes out the same each time.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner

from content.proof import cited
from content.proof.bundle import Bundle
from content.proof.citing import cite_blocks, pseudonym
from content.proof.claims import ClaimLevel, basis_points
from content.proof.digest import digest_of
from content.proof.entry import EntryKind, entry_text
from content.proof.envelope import Envelope, sign, ssl_key
from content.proof.freeze import Frozen, authorship_file, freeze
from content.proof.jcs import jcs
from content.proof.keyset import IssuerListed, KeyListed, KeySet, LogListed, list_key
from content.proof.merkle import inclusion_path, leaf_hash, root_of
from content.proof.note import proof_text, sign_checkpoint, vkey_of
from content.proof.statement import build_statement, build_status

ORIGIN = "desk.example.org/log"
ISSUED = datetime(2026, 11, 22, 13, 4, 5, tzinfo=UTC)
SIGNED = datetime(2026, 11, 22, 13, 0, 0, tzinfo=UTC)
DRAFT_ID = "0199a1b2-0000-7000-8000-000000000001"
ATTESTATION_ID = "0199a1b2-0000-7000-8000-00000000000a"
TEXT = """# Setting up single sign-on

Single sign-on lets people reach every tool with one account, and it moves the question of who may come in to one place.

Before you begin, check that your identity provider speaks OpenID Connect. Most of them have done so since 2019.

- Register the desk with the provider and keep the client secret away from chat and tickets.
- Copy the issuer address, not the address of the log-in page: the two differ by one path element.

> Whoever can change the redirect address can read every token that is sent there.

```sh
desk configure --issuer https://id.example.org

desk doctor
```

Then let one person try it before everybody has to. Keep the old way in open for a week, and tell people its last day.
"""
TITLE = "Setting up single sign-on"
HTML = b"<h1>Setting up single sign-on</h1>\n"
PLAIN = b"Setting up single sign-on\n"


def signer_of(seed: int) -> CryptoSigner:
    """Return a signer whose Ed25519 key is one byte, 32 times."""
    private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    return CryptoSigner(private, ssl_key(private.public_key()))


def public_of(seed: int) -> Any:
    return Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32).public_key()


ATTESTATION_SEED, LOG_SEED, TEST_SEED, STRANGER_SEED, C2PA_SEED = 1, 2, 3, 4, 5


def frozen_text(text: str = TEXT, title: str = TITLE) -> Frozen:
    return freeze(
        text=text, media_type="text/markdown", title=title, summary="", language="en", extra={"teaser": "SSO"}
    )


def subjects_of(frozen: Frozen, text: str) -> dict[str, bytes]:
    return {
        **frozen.files,
        "authorship.json": authorship_file(runs=[(0, len(text), "machine")]),
        "content.html": HTML,
        "content.txt": PLAIN,
    }


def words_of(text: str) -> list[tuple[int, str]]:
    """Return every third word as typed, the others as the machine's."""
    starts = [found.start() for found in re.finditer(r"[A-Za-z]+", text)]
    return [(start, "typed" if number % 3 == 0 else "machine") for number, start in enumerate(starts)]


def authorship_of(text: str) -> cited.AuthorshipCited:
    words = words_of(text)
    kinds = [kind for _, kind in words]
    return cited.AuthorshipCited(
        method="authorship.v1",
        words=cited.Words.of({kind: kinds.count(kind) for kind in set(kinds)}),
        human_share_bp=basis_points(round(kinds.count("typed") / len(kinds), 6)),
        effective_human_share_bp=2890,
        novel_share_bp=1040,
        draft_survival_bp=6510,
        longest_ai_run=20,
        longest_unverified_ai_run=18,
        substantive_hunks=5,
        blocks=cite_blocks(text=text, words=words, depth=1),
    )


def sign_off(role: str, content_digest: str) -> cited.SignOffCited:
    return cited.SignOffCited(
        person=pseudonym(salt=role.encode(), draft_id=DRAFT_ID),
        role=role,
        statement=f"{role}.v1",
        content_digest=content_digest,
        signed_at=SIGNED,
        auth="password",
        active_seconds=1279,
        contributor=role == "editor",
        tools=(cited.ToolUsed(name="A search engine", ai=True, used_for="search"),),
    )


def review_of(content_digest: str) -> cited.ReviewCited:
    return cited.ReviewCited(
        policy=cited.PolicyCited(name="documentation", version=3, digest=digest_of(b"policy")),
        verdicts=(
            cited.VerdictCited(rule="coverage.v1", outcome="approved"),
            cited.VerdictCited(rule="minimum_human_share.v1", outcome="approved", needed="0.15", measured="0.289"),
        ),
        sign_offs=(sign_off("editor", content_digest), sign_off("approver", content_digest)),
        four_eyes="yes",
        claims=cited.ClaimCounts(found=9, checked=8, cannot_verify=0, dismissed=1),
        last_change_at=SIGNED,
    )


def attested_of(text: str = TEXT, title: str = TITLE) -> cited.Attested:
    content_digest = frozen_text(text, title).digest
    return cited.Attested(
        mode="live",
        attestation_id=ATTESTATION_ID,
        issued_at=ISSUED,
        issuer=cited.Issuer(id="https://desk.example.org", name="Example News"),
        publication=cited.PublicationCited(draft_id=DRAFT_ID, revision=3, language="en"),
        content_digest=content_digest,
        claim=ClaimLevel.SUBSTANTIALLY_EDITED,
        review=review_of(content_digest),
        authorship=authorship_of(text),
        draft=cited.DraftCited(
            digest=digest_of(b"draft"),
            received_at=SIGNED,
            source="newsroom-cms",
            generators=(cited.GeneratorCited(provider="a", model="m", declared_by="source"),),
            marks=(cited.MarkCited(kind="c2pa", result="not_checked"),),
        ),
        lineage=cited.LineageCited(
            depth_max=1,
            basis="declared",
            parents=(cited.ParentCited(relation="derived_from", digest=digest_of(b"parent")),),
        ),
        responsible=cited.Responsible(
            name="Example News Ltd, editorial desk",
            role="editor-in-chief",
            contact="https://desk.example.org/imprint",
        ),
        disclosure=cited.DisclosureCited(outcome="exempt_reviewed", digital_source_type="trainedAlgorithmicMedia"),
        usage=cited.UsageCited(train_ai="n", search="y", rule="train_ai_floor.v1"),
        evidence=cited.EvidenceCited(leaves=24, root=digest_of(b"evidence"), retain_until=date(2033, 11, 22)),
        limits=("source_declared", "typing_not_authorship", "truth_not_claimed", "time_self_asserted"),
    )


def payload_of(text: str = TEXT, title: str = TITLE, **changes: Any) -> bytes:
    """Return a valid payload; `changes` replace fields of the predicate."""
    attested = replace(attested_of(text, title), **changes)
    return build_statement(subjects=subjects_of(frozen_text(text, title), text), attested=attested)


def altered(payload: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """Return the payload after a change that the builder would refuse to make."""
    value = json.loads(payload)
    change(value)
    return jcs(value)


@dataclass(frozen=True, kw_only=True)
class Logged:
    """A signed payload and its place in the log."""

    envelope: Envelope
    index: int


class World:
    """One log with its entries; bundles carry a checkpoint over all of them."""

    def __init__(self, *, origin: str = ORIGIN, log_seed: int = LOG_SEED) -> None:
        self.origin = origin
        self.log_signer = signer_of(log_seed)
        self.leaves: list[bytes] = []
        self.pad(3)

    def pad(self, count: int) -> None:
        """Append entries of other texts."""
        for _ in range(count):
            digest = digest_of(f"other {len(self.leaves)}".encode())
            keyid = signer_of(ATTESTATION_SEED).public_key.keyid
            self.leaves.append(leaf_hash(entry_text(kind=EntryKind.ATTEST, digest=digest, keyid=keyid)))

    def log(self, payload: bytes, *, seed: int = ATTESTATION_SEED, kind: EntryKind = EntryKind.ATTEST) -> Logged:
        """Sign a payload and append it."""
        envelope = sign(payload=payload, signer=signer_of(seed))
        entry = entry_text(kind=kind, digest=envelope.payload_digest, keyid=envelope.keyid)
        self.leaves.append(leaf_hash(entry))
        return Logged(envelope=envelope, index=len(self.leaves) - 1)

    def withdraw(self, logged: Logged, *, status: str, seed: int = ATTESTATION_SEED, **given: Any) -> Logged:
        """Sign and append a status statement about a logged attestation."""
        is_revoked = status == "revoked"
        payload = build_status(
            payload_digest=logged.envelope.payload_digest,
            status=status,
            reason=given.pop("reason", "retracted" if is_revoked else "corrected"),
            at=ISSUED,
            replaced_by=None if is_revoked else digest_of(b"the newer one"),
        )
        return self.log(payload, seed=seed, kind=EntryKind.REVOKE if is_revoked else EntryKind.SUPERSEDE)

    def checkpoint(self, size: int | None = None) -> str:
        """Return the signed checkpoint over the first entries, all of them by default."""
        leaves = self.leaves[:size]
        return sign_checkpoint(origin=self.origin, size=len(leaves), root=root_of(leaves), signer=self.log_signer)

    def proof(self, index: int) -> str:
        """Return the proof of one entry under the newest checkpoint."""
        path = inclusion_path(leaves=self.leaves, index=index)
        return proof_text(index=index, path=path, checkpoint=self.checkpoint())

    def bundle(self, logged: Logged) -> Bundle:
        return Bundle(envelope=logged.envelope, proof=self.proof(logged.index))

    def keys(self, *more: KeyListed, **changes: Any) -> KeySet:
        """Return the key set; `changes` apply to the attestation key."""
        main = replace(list_key(public_of(ATTESTATION_SEED), use="attestation", mode="live", first_index=0), **changes)
        log = LogListed(
            origin=self.origin,
            vkey=vkey_of(origin=self.origin, public_key=public_of(LOG_SEED)),
            first_index=0,
            status="active",
        )
        return KeySet(
            version=3,
            issuer=IssuerListed(id="https://desk.example.org", name="Example News"),
            logs=(log,),
            keys=(main, *more),
        )


def test_key() -> KeyListed:
    return list_key(public_of(TEST_SEED), use="attestation", mode="test", first_index=0)


test_key.__test__ = False  # type: ignore[attr-defined]  # a key for tests, not a test


def keys_file(keys: KeySet) -> bytes:
    return jcs(keys.to_value())


def statement_value(payload: bytes) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(payload)
    return found

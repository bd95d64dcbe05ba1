"""The key set `reviewdesk-keys/1`: which keys count, from which place of the log on, and whose they are.

Served at `/.well-known/reviewdesk/keys.json`. Validity goes by log index and not by clock: a signature
counts if `first_index` <= index <= `last_index` (if any) and index < `revoked_from_index` (if any). Whoever
verifies pins this file once, from a second place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from securesystemslib.signer import SSlibKey

from content.errors import Invalid
from content.proof.envelope import UnsuitableKey, keyid_of, pem_of, scheme_of, ssl_key
from content.proof.note import LogKey, NoteMalformed, parse_vkey
from content.proof.strict import Json, Unreadable, Unsupported, as_object, as_text, read_json

FORMAT: Final = "reviewdesk-keys/1"
USES: Final = frozenset({"attestation", "log", "c2pa", "test"})
MODES: Final = frozenset({"live", "test"})
LOG_STATES: Final = frozenset({"active", "closed"})
_STATEMENT_USES: Final = frozenset({"attestation", "test"})
_OPTIONAL: Final = frozenset({"last_index", "revoked_from_index"})
_KEYS: Final = frozenset({"format", "version", "issuer", "logs", "keys"})
_ISSUER_KEYS: Final = frozenset({"id", "name"})
_LOG_KEYS: Final = frozenset({"origin", "vkey", "first_index", "status"})


class KeySetUnreadable(Invalid):
    """This is not a key set that can be used, so nothing was decided."""

    code = "keyset_unreadable"


@dataclass(frozen=True, kw_only=True, slots=True)
class IssuerListed:
    """Whose key set this is: an `https` address, and a name for people."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LogListed:
    """A log and one of its keys. The key counts for checkpoints of more than `first_index` entries."""

    origin: str
    vkey: str
    first_index: int
    status: str

    @property
    def key(self) -> LogKey:
        """The log's public key."""
        return parse_vkey(self.vkey)


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyListed:
    """A public key, what it is for, and the log indexes it counts at. `public` is PEM SubjectPublicKeyInfo."""

    keyid: str
    use: str
    scheme: str
    public: str
    mode: str
    first_index: int
    last_index: int | None = None
    revoked_from_index: int | None = None

    @property
    def signs_statements(self) -> bool:
        """Whether the key may sign attestations and status statements at all."""
        return self.use in _STATEMENT_USES

    @property
    def is_test(self) -> bool:
        """Whether what the key signs is never to be taken as real."""
        return self.mode == "test" or self.use == "test"

    def is_revoked_at(self, index: int) -> bool:
        """Tell whether the log index lies in the revoked range."""
        return self.revoked_from_index is not None and index >= self.revoked_from_index

    def is_in_use_at(self, index: int) -> bool:
        """Tell whether the log index lies between the key's first and last one."""
        return self.first_index <= index and (self.last_index is None or index <= self.last_index)

    def ssl_key(self) -> SSlibKey:
        """Return the key in the shape that checks signatures."""
        return ssl_key(_public_key(self.public))

    def to_value(self) -> dict[str, Json]:
        """Return the JSON object of the key; absent bounds are absent keys."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True, kw_only=True, slots=True)
class KeySet:
    """One version of the key set."""

    version: int
    issuer: IssuerListed
    logs: tuple[LogListed, ...]
    keys: tuple[KeyListed, ...]

    def statement_key(self, keyid: str) -> KeyListed | None:
        """Return the key with this id that may sign statements, or None."""
        return next((key for key in self.keys if key.keyid == keyid and key.signs_statements), None)

    def to_value(self) -> dict[str, Json]:
        """Return the JSON object of the file; written as RFC 8785 it is `keys.json`."""
        return {
            "format": FORMAT,
            "version": self.version,
            "issuer": {"id": self.issuer.id, "name": self.issuer.name},
            "logs": [
                {"origin": log.origin, "vkey": log.vkey, "first_index": log.first_index, "status": log.status}
                for log in self.logs
            ],
            "keys": [key.to_value() for key in self.keys],
        }


def list_key(public_key: PublicKeyTypes, *, use: str, mode: str, first_index: int) -> KeyListed:
    """Return the entry of a new key, open at its end.

    :raises UnsuitableKey: if it is neither Ed25519 nor P-256.
    """
    return KeyListed(
        keyid=keyid_of(public_key),
        use=use,
        scheme=scheme_of(public_key),
        public=pem_of(public_key),
        mode=mode,
        first_index=first_index,
    )


def read_keyset(source: bytes) -> KeySet:
    """Read a key set strictly and hold it against itself: ids, schemes and verifier keys belong to their keys.

    :raises KeySetUnreadable: if anything in it is wrong, or of a format we do not know.
    """
    try:
        return _keyset(as_object(read_json(source), keys=_KEYS))
    except (Unreadable, Unsupported, NoteMalformed, UnsuitableKey) as error:
        raise KeySetUnreadable(f"The key set cannot be used: {error.detail}") from error


def _keyset(value: Mapping[str, Json]) -> KeySet:
    if value["format"] != FORMAT:
        raise Unsupported(f"its format is not {FORMAT}.")
    issuer = as_object(value["issuer"], keys=_ISSUER_KEYS)
    keys = tuple(_key(entry) for entry in _rows(value["keys"]))
    if len({key.keyid for key in keys}) != len(keys):
        raise Unreadable("two keys share one id.")
    return KeySet(
        version=_count(value["version"]),
        issuer=IssuerListed(id=as_text(issuer["id"]), name=as_text(issuer["name"])),
        logs=tuple(_log(entry) for entry in _rows(value["logs"])),
        keys=keys,
    )


def _log(value: Json) -> LogListed:
    row = as_object(value, keys=_LOG_KEYS)
    log = LogListed(
        origin=as_text(row["origin"]),
        vkey=as_text(row["vkey"]),
        first_index=_count(row["first_index"]),
        status=_one_of(row["status"], LOG_STATES),
    )
    if log.key.origin != log.origin:
        raise Unreadable("a log's verifier key names another log.")
    return log


def _key(value: Json) -> KeyListed:
    if not isinstance(value, Mapping):
        raise Unreadable("a key is no object.")
    bounds = {name: _count(value[name]) for name in _OPTIONAL & value.keys()}
    row = as_object(
        {name: entry for name, entry in value.items() if name not in bounds},
        keys=frozenset(field.name for field in fields(KeyListed)) - _OPTIONAL,
    )
    key = KeyListed(
        keyid=as_text(row["keyid"]),
        use=_one_of(row["use"], USES),
        scheme=as_text(row["scheme"]),
        public=as_text(row["public"]),
        mode=_one_of(row["mode"], MODES),
        first_index=_count(row["first_index"]),
        last_index=bounds.get("last_index"),
        revoked_from_index=bounds.get("revoked_from_index"),
    )
    public = _public_key(key.public)
    if (keyid_of(public), scheme_of(public)) != (key.keyid, key.scheme):
        raise Unreadable("a key's id or scheme does not belong to it.")
    return key


def _public_key(pem: str) -> PublicKeyTypes:
    try:
        return load_pem_public_key(pem.encode("utf-8"))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Unreadable("a public key is not PEM of a kind we know.") from error


def _rows(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise Unreadable("a list is expected where something else stands.")
    return value


def _count(value: Json) -> int:
    if not isinstance(value, int) or value < 0:
        raise Unreadable("an index or version is not a natural number.")
    return value


def _one_of(value: Json, allowed: frozenset[str]) -> str:
    text = as_text(value)
    if text not in allowed:
        raise Unsupported(f"it holds the unknown word {text[:40]!r}.")
    return text

"""Signed notes, checkpoints and log proofs in the text formats of C2SP.

Sources: c2sp.org/signed-note, c2sp.org/tlog-checkpoint, c2sp.org/tlog-proof@v1. Only Ed25519 (type 0x01).
Signature lines of unknown keys are ignored, which is how witnesses and rotation work; at least one known
key must have signed, and a known key whose signature is wrong spoils the note. Our checkpoints carry no
extension lines.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from securesystemslib.signer import Signer

from content.errors import Invalid
from content.proof.strict import MAX_INTEGER, Unreadable, base64_bytes

PROOF_FORMAT: Final = "c2sp.org/tlog-proof@v1"
MAX_NOTE: Final = 64 * 1024
# An inclusion path of 2^53 leaves has 53 hashes.
MAX_PATH: Final = 64
_ED25519: Final = b"\x01"
_ID_SIZE: Final = 4
_KEY_SIZE: Final = 32
_HASH: Final = r"[A-Za-z0-9+/]{43}="
_NAME: Final = re.compile(r"[^\s+\x00-\x20]+")
_NOTE: Final = re.compile(r"(?P<body>(?:[^\n]*\n)+)\n(?P<signatures>(?:\u2014 [^ \n]+ [A-Za-z0-9+/=]+\n)+)")
_BODY: Final = re.compile(rf"(?P<origin>[^\n]+)\n(?P<size>0|[1-9][0-9]{{0,15}})\n(?P<root>{_HASH})\n")
_PROOF: Final = re.compile(
    rf"{re.escape(PROOF_FORMAT)}\nindex (?P<index>0|[1-9][0-9]{{0,15}})\n"
    rf"(?P<path>(?:{_HASH}\n)*)\n(?P<checkpoint>.*)",
    re.DOTALL,
)
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


class NoteMalformed(Invalid):
    """This is not a checkpoint, a log proof, or a verifier key in the C2SP text formats."""

    code = "note_malformed"


class NoteUntrusted(Invalid):
    """No log key that we were given has signed this checkpoint rightly."""

    code = "note_untrusted"


@dataclass(frozen=True, kw_only=True, slots=True)
class LogKey:
    """The public key of a log: its name (origin), its 4-byte id, its 32 raw bytes."""

    origin: str
    key_id: bytes
    public: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkpoint:
    """A tree head: the log's origin, the number of entries, the 32-byte root."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class LogProof:
    """Where an entry stands, the hashes from leaf to root, and the text of the checkpoint they lead to."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str


def key_id_of(*, origin: str, public: bytes) -> bytes:
    """Return the first 4 bytes of SHA-256(origin || LF || 0x01 || public key)."""
    return sha256(origin.encode("utf-8") + b"\n" + _ED25519 + public).digest()[:_ID_SIZE]


def vkey_of(*, origin: str, public_key: Ed25519PublicKey) -> str:
    """Return the verifier key text of a log key: `<origin>+<key id hex>+<base64(0x01 || key)>`.

    :raises NoteMalformed: if the origin is empty or holds white space or a plus sign.
    """
    if not _NAME.fullmatch(origin):
        raise NoteMalformed("A log's origin holds no white space and no plus sign.")
    public = public_key.public_bytes(encoding=Encoding.Raw, format=PublicFormat.Raw)
    key_id = key_id_of(origin=origin, public=public)
    return f"{origin}+{key_id.hex()}+{base64.b64encode(_ED25519 + public).decode('ascii')}"


def parse_vkey(vkey: str) -> LogKey:
    """Read a verifier key text.

    :raises NoteMalformed: if it is misspelled, not Ed25519, or its id is not the one of its key.
    """
    origin, _, rest = vkey.partition("+")
    hexed, _, encoded = rest.partition("+")
    raw = _decoded(encoded)
    public = raw[1:]
    if not _NAME.fullmatch(origin) or raw[:1] != _ED25519 or len(public) != _KEY_SIZE:
        raise NoteMalformed
    if key_id_of(origin=origin, public=public).hex() != hexed:
        raise NoteMalformed("The verifier key's id does not belong to its key.")
    return LogKey(origin=origin, key_id=bytes.fromhex(hexed), public=public)


def checkpoint_body(*, origin: str, size: int, root: bytes) -> str:
    """Return the three lines that are signed: origin, size in decimal, root in base64."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode('ascii')}\n"


def sign_checkpoint(*, origin: str, size: int, root: bytes, signer: Signer) -> str:
    """Return a signed checkpoint. Ed25519 is deterministic: the same tree gives the same bytes.

    :param signer: a securesystemslib signer with an Ed25519 key.
    :raises NoteMalformed: if the origin cannot name a log, or the key is not Ed25519.
    """
    if signer.public_key.scheme != "ed25519":
        raise NoteMalformed("A log key is an Ed25519 key.")
    public = bytes.fromhex(signer.public_key.keyval["public"])
    parse_vkey(vkey_of(origin=origin, public_key=Ed25519PublicKey.from_public_bytes(public)))
    body = checkpoint_body(origin=origin, size=size, root=root)
    signature = bytes.fromhex(signer.sign(body.encode("utf-8")).signature)
    line = base64.b64encode(key_id_of(origin=origin, public=public) + signature).decode("ascii")
    return f"{body}\n\u2014 {origin} {line}\n"


def read_checkpoint(note: str) -> Checkpoint:
    """Read what a checkpoint says, without looking at who signed it.

    :raises NoteMalformed: if it is not a note with a checkpoint body and at least one signature line.
    """
    body, _ = _split(note)
    found = _BODY.fullmatch(body)
    if found is None or int(found["size"]) > MAX_INTEGER:
        raise NoteMalformed("The checkpoint does not consist of origin, size and root.")
    return Checkpoint(origin=found["origin"], size=int(found["size"]), root=_decoded(found["root"]))


def open_checkpoint(note: str, keys: Sequence[LogKey]) -> tuple[Checkpoint, tuple[LogKey, ...]]:
    """Read a checkpoint and check who signed it; return it with the known keys that signed it rightly.

    :param keys: known log keys; only those whose name is the checkpoint's origin count.
    :raises NoteMalformed: if it is no checkpoint.
    :raises NoteUntrusted: if no known key signed it, or a known key's signature is wrong.
    """
    checkpoint = read_checkpoint(note)
    body, lines = _split(note)
    known = {(key.origin, key.key_id): key for key in keys if key.origin == checkpoint.origin}
    signers = []
    for line in lines:
        name, _, encoded = line.removeprefix("\u2014 ").partition(" ")
        raw = _decoded(encoded)
        key = known.get((name, raw[:_ID_SIZE]))
        if key is None:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(raw[_ID_SIZE:], body.encode("utf-8"))
        except InvalidSignature as error:
            raise NoteUntrusted("The signature of the log's key is wrong.") from error
        signers.append(key)
    if not signers:
        raise NoteUntrusted
    return checkpoint, tuple(signers)


def proof_text(*, index: int, path: Sequence[bytes], checkpoint: str) -> str:
    """Return a proof as text: format line, index, hashes from leaf to root, an empty line, the checkpoint."""
    hashes = "".join(f"{base64.b64encode(value).decode('ascii')}\n" for value in path)
    return f"{PROOF_FORMAT}\nindex {index}\n{hashes}\n{checkpoint}"


def parse_proof(text: str) -> LogProof:
    """Read a proof; the checkpoint inside stays text.

    :raises NoteMalformed: if it is misspelled, or holds the optional `extra` line, which we never write.
    """
    found = _PROOF.fullmatch(text) if len(text) <= MAX_NOTE else None
    if found is None or int(found["index"]) > MAX_INTEGER:
        raise NoteMalformed
    path = tuple(_decoded(line) for line in found["path"].splitlines())
    if len(path) > MAX_PATH:
        raise NoteMalformed
    return LogProof(index=int(found["index"]), path=path, checkpoint=found["checkpoint"])


def _split(note: str) -> tuple[str, list[str]]:
    """Return the signed text of a note and its signature lines."""
    if len(note) > MAX_NOTE or _CONTROL.search(note):
        raise NoteMalformed
    # The last empty line separates text and signatures.
    body, separator, signatures = note.rpartition("\n\n")
    found = _NOTE.fullmatch(f"{body}\n\n{signatures}") if separator else None
    if found is None:
        raise NoteMalformed
    return found["body"], found["signatures"].splitlines()


def _decoded(text: str) -> bytes:
    try:
        return base64_bytes(text)
    except Unreadable as error:
        raise NoteMalformed(error.detail) from error
